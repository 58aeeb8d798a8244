#include "clients/aws/sts_body.hpp"

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <string>
#include <string_view>

#include "clients/account/file.hpp"

using namespace blindfold;
using namespace blindfold::aws;

namespace {

RoleRequest role() {
  return {.role_arn = "arn:aws:iam::123456789012:role/agent", .session_name = "blindfold"};
}

constexpr std::string_view rest =
    "&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Fagent"
    "&RoleSessionName=blindfold";

bool holds(const base::Result<secret::SecretBuffer>& buffer, std::string_view expected) {
  return buffer &&
         buffer->with_bytes([expected](std::string_view bytes) { return bytes == expected; });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(sts_body_tests)

BOOST_AUTO_TEST_CASE(a_role_is_asked_for) {
  BOOST_TEST(sts_form(role()) == "Action=AssumeRole" + std::string(rest));
}

BOOST_AUTO_TEST_CASE(external_id_and_duration_are_there_where_they_are_wanted) {
  RoleRequest request = role();
  request.external_id = "a b&c=é";
  request.duration = std::chrono::minutes(15);
  BOOST_TEST(sts_form(request) == "Action=AssumeRole" + std::string(rest) +
                                      "&ExternalId=a%20b%26c%3D%C3%A9&DurationSeconds=900");
}

BOOST_AUTO_TEST_CASE(a_token_stands_in_a_buffer_only) {
  RoleRequest request = role();
  request.web_identity_token = *account::copied("hunter2.a-b_c~/+=\xff");
  BOOST_TEST(sts_form(request) == "Action=AssumeRoleWithWebIdentity" + std::string(rest));
  BOOST_TEST(holds(sts_secret_form(request),
                   sts_form(request) + "&WebIdentityToken=hunter2.a-b_c~%2F%2B%3D%FF"));
}

BOOST_AUTO_TEST_CASE(a_token_of_what_is_all_encoded_fits) {
  RoleRequest request = role();
  request.web_identity_token = *account::copied(std::string(65'536, '/'));
  const auto form = sts_secret_form(request);
  BOOST_REQUIRE(form.has_value());
  BOOST_TEST((form->size() == form->capacity()));
}

BOOST_AUTO_TEST_SUITE_END()
