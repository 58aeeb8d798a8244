#include "clients/aws/credential_reader.hpp"

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <string>
#include <string_view>

#include "unit/clients/aws/fetch_fixture.hpp"

using namespace std::chrono_literals;
using namespace blindfold::aws;
using blindfold::aws::test::metadata;
using blindfold::aws::test::said;
using blindfold::aws::test::secret_of;
using blindfold::aws::test::text_of;

namespace {

constexpr auto noon = std::chrono::sys_days(std::chrono::year(2026) / 11 / 23) + 12h;

std::string read(std::string_view document, const CredentialForm& form) {
  const auto credentials = read_credentials(secret_of(document), form);
  return credentials ? said(*credentials) : "nothing";
}

std::string printed(std::string_view members) {
  return R"({"Version":1,"AccessKeyId":"A",)" + std::string(members) + '}';
}

}  // namespace

BOOST_AUTO_TEST_SUITE(credential_reader_tests)

BOOST_AUTO_TEST_CASE(each_form_is_read_by_its_own_names) {
  const auto of_metadata = read_credentials(secret_of(metadata("AKID")), metadata_form);
  BOOST_TEST(said(of_metadata.value()) == "AKID/secret/token");
  BOOST_CHECK(of_metadata->expires.value() == noon + 6h);
  BOOST_TEST(read(printed(R"("SecretAccessKey":"s","SessionToken":"t","AccountId":"1")"),
                  process_form) == "A/s/t");
  const auto of_portal =
      read_credentials(secret_of(R"({"roleCredentials":{"accessKeyId":"A","secretAccessKey":"s",)"
                                 R"("sessionToken":"t","expiration":1795435200000}})"),
                       portal_form);
  BOOST_TEST(said(of_portal.value()) == "A/s/t");
  BOOST_CHECK(of_portal->expires.value() == noon);
}

BOOST_AUTO_TEST_CASE(a_token_and_an_end_may_be_missing) {
  const auto credentials = read_credentials(
      secret_of(printed(R"("SecretAccessKey":"s","SessionToken":null)")), process_form);
  BOOST_TEST(said(credentials.value()) == "A/s/");
  BOOST_TEST(!credentials->expires.has_value());
}

BOOST_AUTO_TEST_CASE(what_is_not_of_the_form_is_nothing) {
  for (const std::string& document :
       {std::string(), std::string("[]"), std::string("{}"), std::string("canary"),
        printed(R"("SecretAccessKey":"")"), printed(R"("SecretAccessKey":1)"),
        printed(R"("SecretAccessKey":"a","SecretAccessKey":"b")"),
        printed(R"("SecretAccessKey":"a b")"), printed(R"("SecretAccessKey":"a\nb")"),
        printed(R"("SecretAccessKey":"s","SessionToken":"a\u0000b")"),
        printed(R"("SecretAccessKey":"s","SessionToken":"a","SessionToken":"b")"),
        printed(R"("SecretAccessKey":"s","Expiration":"soon")"),
        printed(R"("SecretAccessKey":"s","AccessKeyId":"A B")"),
        printed(R"("SecretAccessKey":"s")") + "{}",
        printed(R"("SecretAccessKey":"s")").substr(0, 40), "{\"x\":" + printed("\"x\":1") + '}',
        printed("\"SecretAccessKey\":\"" + std::string(largest_credentials, 'x') + '"')}) {
    BOOST_TEST(read(document, process_form) == "nothing");
  }
}

BOOST_AUTO_TEST_CASE(a_process_says_the_version_that_it_speaks) {
  constexpr std::string_view rest = R"("AccessKeyId":"A","SecretAccessKey":"s"})";
  BOOST_TEST(read("{\"Version\":1," + std::string(rest), process_form) == "A/s/");
  BOOST_TEST(read("{\"Version\":2," + std::string(rest), process_form) == "nothing");
  BOOST_TEST(read("{\"Version\":\"1\"," + std::string(rest), process_form) == "nothing");
  BOOST_TEST(read("{" + std::string(rest), process_form) == "nothing");
}

BOOST_AUTO_TEST_CASE(an_instance_says_whether_it_went_well) {
  constexpr std::string_view rest = R"("AccessKeyId":"A","SecretAccessKey":"s","Token":"t"})";
  BOOST_TEST(read("{" + std::string(rest), metadata_form) == "A/s/t");
  BOOST_TEST(read(R"({"Code":"AssumeRoleUnauthorizedAccess",)" + std::string(rest),
                  metadata_form) == "nothing");
}

BOOST_AUTO_TEST_CASE(a_time_beyond_all_times_is_no_overflow) {
  const auto credentials =
      read_credentials(secret_of(R"({"roleCredentials":{"accessKeyId":"A","secretAccessKey":"s",)"
                                 R"("expiration":9223372036854775807}})"),
                       portal_form);
  BOOST_CHECK(credentials.value().expires.value() > noon);
}

BOOST_AUTO_TEST_CASE(a_sign_ins_token_has_its_end) {
  const auto token = read_sign_in_token(secret_of(
      R"({"startUrl":"x","accessToken":"to.ken","expiresAt":"2026-11-23T12:00:00Z","clientId":"c"})"));
  BOOST_TEST(text_of(token.value().token) == "to.ken");
  BOOST_CHECK(token->expires == noon);
  const auto older =
      read_sign_in_token(secret_of(R"({"accessToken":"t","expiresAt":"2026-11-23T12:00:00UTC"})"));
  BOOST_CHECK(older.value().expires == noon);
  for (const char* const document :
       {R"({"accessToken":"t"})", R"({"expiresAt":"2026-11-23T12:00:00Z"})",
        R"({"accessToken":"t","expiresAt":"later"})", R"({"accessToken":{},"expiresAt":1})", ""}) {
    BOOST_TEST(!read_sign_in_token(secret_of(document)).has_value());
  }
}

BOOST_AUTO_TEST_SUITE_END()
