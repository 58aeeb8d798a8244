#include "doctor/kubernetes/readers.hpp"

#include <boost/test/unit_test.hpp>
#include <string_view>

#include "platform/json/parser.hpp"

using blindfold::doctor::NothingReader;
using blindfold::doctor::PolicyReader;
using blindfold::doctor::UserReader;
using blindfold::json::Parser;
using blindfold::json::Reader;

namespace {

bool takes(Reader& reader, std::string_view text) {
  Parser parser(reader);
  return parser.feed(text).has_value() && parser.finish().has_value();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(readers_tests)

BOOST_AUTO_TEST_CASE(a_table_is_taken_and_nothing_else) {
  NothingReader reader;
  BOOST_TEST(takes(reader, R"({"kind":"Table","rows":[{"cells":["db",1],"object":null}]})"));
  reader.reset();
  BOOST_TEST(!takes(reader, R"({"kind":"Secret","data":{"password":"cGxhbnRlZA=="}})"));
  reader.reset();
  BOOST_TEST(!takes(reader, R"({"kind":"Table","data":{"password":"cGxhbnRlZA=="}})"));
  reader.reset();
  BOOST_TEST(!takes(reader, R"({"data":{"password":"cGxhbnRlZA=="},"kind":"Table"})"));
}

BOOST_AUTO_TEST_CASE(the_user_and_nothing_of_a_document_before) {
  UserReader reader;
  BOOST_TEST(takes(reader, R"({"kind":"SelfSubjectReview","status":{"userInfo":)"
                           R"({"username":"a","groups":["b"],"extra":{"username":["c"]}}}})"));
  BOOST_TEST(reader.user() == "a");
  reader.reset();
  BOOST_TEST(takes(reader, R"({"kind":"SelfSubjectReview","status":{}})"));
  BOOST_TEST(reader.user().empty());
}

BOOST_AUTO_TEST_CASE(nothing_of_a_policy_that_was_read_before) {
  PolicyReader reader;
  BOOST_TEST(takes(reader, R"({"kind":"ValidatingAdmissionPolicy","spec":{"paramKind":{},)"
                           R"("failurePolicy":"Fail","validations":[{"expression":"a"}]}})"));
  BOOST_TEST(reader.text().narrowed);
  reader.reset();
  BOOST_TEST(takes(reader, R"({"kind":"ValidatingAdmissionPolicy","spec":{}})"));
  BOOST_TEST(!reader.text().narrowed);
  BOOST_TEST(reader.text().failure_policy.empty());
  BOOST_TEST(reader.text().validations.empty());
}

BOOST_AUTO_TEST_CASE(what_stands_elsewhere_is_no_rule) {
  PolicyReader reader;
  BOOST_TEST(takes(reader, R"({"kind":"ValidatingAdmissionPolicy","metadata":{"annotations":)"
                           R"({"spec.failurePolicy":"Fail"}},"spec":{"variables":)"
                           R"([{"expression":"request.dryRun == true"}]}})"));
  BOOST_TEST(reader.text().failure_policy.empty());
  BOOST_TEST(reader.text().validations.empty());
}

BOOST_AUTO_TEST_SUITE_END()
