#include "clients/kubernetes/status_reader.hpp"

#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>

#include "feed.hpp"
#include "recorded.hpp"

namespace kubernetes = blindfold::kubernetes;
namespace recorded = kubernetes::recorded;
using kubernetes::Status;
using By = kubernetes::Admission::By;

namespace {

/// The Status of a reply, the same wherever it is cut.
Status read(std::string_view text) {
  kubernetes::StatusReader reader;
  BOOST_TEST(kubernetes::feed(reader, text));
  Status whole = reader.status();
  for (std::size_t cut = 1; cut < text.size(); ++cut) {
    reader.reset();
    BOOST_TEST(kubernetes::feed(reader, text, cut));
    const Status status = reader.status();
    BOOST_TEST(status.code == whole.code);
    BOOST_TEST(status.reason == whole.reason);
    BOOST_TEST(status.name == whole.name);
    BOOST_TEST(status.kind == whole.kind);
    BOOST_TEST(status.causes.size() == whole.causes.size());
    BOOST_TEST(status.immutable == whole.immutable);
    BOOST_TEST(status.admission.name == whole.admission.name);
  }
  return whole;
}

void check_cause(const Status& status, std::size_t at, std::string_view reason,
                 std::string_view field) {
  BOOST_REQUIRE(status.causes.size() > at);
  BOOST_TEST(status.causes[at].reason == reason);
  BOOST_TEST(status.causes[at].field == field);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(status_reader_tests)

BOOST_AUTO_TEST_CASE(an_object_that_is_missing_is_told_from_its_namespace) {
  const Status object = read(recorded::probe_missing);
  BOOST_TEST(object.code == 404);
  BOOST_TEST(object.reason == "NotFound");
  BOOST_TEST(object.name == "nothing");
  BOOST_TEST(object.kind == "secrets");
  const Status name_space = read(recorded::namespace_missing);
  BOOST_TEST(name_space.code == 404);
  BOOST_TEST(name_space.name == "nons");
  BOOST_TEST(name_space.kind == "namespaces");
}

BOOST_AUTO_TEST_CASE(an_object_that_is_there) {
  const Status status = read(recorded::probe_exists);
  BOOST_TEST(status.code == 409);
  BOOST_TEST(status.reason == "AlreadyExists");
  BOOST_TEST(status.name == "db");
}

BOOST_AUTO_TEST_CASE(validation_says_which_fields) {
  const Status wrong_type = read(recorded::probe_wrong_type);
  BOOST_TEST(wrong_type.code == 422);
  BOOST_TEST(wrong_type.reason == "Invalid");
  check_cause(wrong_type, 0, "FieldValueInvalid", "type");
  BOOST_TEST(!wrong_type.immutable);
  const Status keys = read(recorded::probe_wants_keys);
  check_cause(keys, 0, "FieldValueRequired", "data[tls.crt]");
  check_cause(keys, 1, "FieldValueRequired", "data[tls.key]");
  const Status annotation = read(recorded::probe_wants_annotation);
  check_cause(annotation, 0, "FieldValueRequired",
              "metadata.annotations[kubernetes.io/service-account.name]");
}

BOOST_AUTO_TEST_CASE(an_immutable_object) {
  const Status status = read(recorded::probe_immutable);
  BOOST_TEST(status.code == 422);
  BOOST_TEST(status.immutable);
  check_cause(status, 1, "FieldValueForbidden", "data");
  BOOST_TEST((status.admission.by == By::none));
}

BOOST_AUTO_TEST_CASE(who_refused_at_admission) {
  const Status policy = read(recorded::policy_denied);
  BOOST_TEST(policy.code == 422);
  BOOST_TEST((policy.admission.by == By::policy));
  BOOST_TEST(policy.admission.name == "blindfold-ask-only");
  const Status quota = read(recorded::quota_exceeded);
  BOOST_TEST(quota.code == 403);
  BOOST_TEST((quota.admission.by == By::quota));
  BOOST_TEST(quota.admission.name == "secrets-quota");
  const Status webhook = read(recorded::webhook_denied);
  BOOST_TEST(webhook.code == 403);
  BOOST_TEST(webhook.reason == "");
  BOOST_TEST((webhook.admission.by == By::webhook));
  BOOST_TEST(webhook.admission.name == "deny.example.com");
  const Status gone = read(recorded::webhook_not_called);
  BOOST_TEST(gone.code == 500);
  BOOST_TEST((gone.admission.by == By::webhook));
  BOOST_TEST(gone.admission.name == "gone.example.com");
}

BOOST_AUTO_TEST_CASE(rights_and_tokens) {
  const Status forbidden = read(recorded::forbidden);
  BOOST_TEST(forbidden.code == 403);
  BOOST_TEST(forbidden.reason == "Forbidden");
  BOOST_TEST((forbidden.admission.by == By::none));
  BOOST_TEST(read(recorded::unauthorized).reason == "Unauthorized");
  BOOST_TEST(read(recorded::not_acceptable).code == 406);
  BOOST_TEST(read(recorded::continue_expired).reason == "Expired");
}

BOOST_AUTO_TEST_CASE(retry_after_in_the_body) {
  const Status status =
      read(R"({"kind":"Status","reason":"Timeout","details":{"retryAfterSeconds":7},"code":504})");
  BOOST_TEST((status.retry_after == std::chrono::seconds(7)));
  BOOST_TEST(!read(R"({"kind":"Status","details":{"retryAfterSeconds":-7}})").retry_after);
  BOOST_TEST((read(R"({"kind":"Status","details":{"retryAfterSeconds":9223372036854775807}})")
                  .retry_after == std::chrono::hours(24)));
}

BOOST_AUTO_TEST_CASE(nothing_of_a_message_is_kept_but_names) {
  const std::string value = "hunter2";
  const Status status =
      read(R"({"kind":"Status","message":"hunter2 exceeded quota: Hunter2, hunter2",)"
           R"("reason":"hunter2!","details":{"name":"Hunter2","kind":"hunter2 ","causes":[)"
           R"({"reason":"hunter2 is","message":"hunter2","field":"data: hunter2"}]},"code":422})");
  BOOST_TEST(status.reason == "");
  BOOST_TEST(status.name == "");
  BOOST_TEST(status.kind == "");
  BOOST_TEST(status.admission.name == "");
  check_cause(status, 0, "", "");
}

BOOST_AUTO_TEST_CASE(what_is_too_long_or_too_much_is_left_out) {
  const std::string lengthy(1000, 'a');
  std::string text = R"({"kind":"Status","message":")" + std::string(50000, 'm') +
                     R"(","reason":")" + lengthy + R"(","details":{"name":")" + lengthy +
                     R"(","causes":[{"field":")" + lengthy + R"("})";
  for (int i = 0; i < 50; ++i) {
    text += R"(,{"reason":"R","field":"f"})";
  }
  text += R"(]},"code":422})";
  kubernetes::StatusReader reader;
  BOOST_TEST(kubernetes::feed(reader, text, 700));
  const Status status = reader.status();
  BOOST_TEST(status.code == 422);
  BOOST_TEST(status.reason == "");
  BOOST_TEST(status.name == "");
  BOOST_TEST(status.causes.size() == 16U);
  check_cause(status, 0, "", "");
  check_cause(status, 1, "R", "f");
}

BOOST_AUTO_TEST_CASE(another_kind_is_not_read) {
  for (const std::string_view text :
       {recorded::whole_secret, recorded::whole_list, recorded::probe_present,
        std::string_view(R"({"message":"m","kind":"Status"})"), std::string_view(R"([])"),
        std::string_view(R"("Status")"), std::string_view(R"({"kind":["Status"]})"),
        std::string_view(R"({"kind":"StatusList"})"), std::string_view("{}")}) {
    kubernetes::StatusReader reader;
    BOOST_TEST(!kubernetes::feed(reader, text));
    BOOST_TEST(reader.status().code == 0);
  }
}

BOOST_AUTO_TEST_CASE(a_code_that_is_none_is_left_out) {
  BOOST_TEST(read(R"({"kind":"Status","code":99})").code == 0);
  BOOST_TEST(read(R"({"kind":"Status","code":600})").code == 0);
  BOOST_TEST(read(R"({"kind":"Status","code":"410"})").code == 0);
}

BOOST_AUTO_TEST_SUITE_END()
