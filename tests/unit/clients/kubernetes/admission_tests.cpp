#include "clients/kubernetes/admission.hpp"

#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>

using blindfold::kubernetes::Admission;
using blindfold::kubernetes::AdmissionScanner;
using blindfold::kubernetes::is_subdomain;
using By = Admission::By;

namespace {

Admission scan(std::string_view message, std::size_t cut = 0) {
  AdmissionScanner scanner;
  scanner.feed(message.substr(0, cut));
  scanner.feed(message.substr(cut));
  return scanner.admission();
}

bool immutable(std::string_view message) {
  AdmissionScanner scanner;
  scanner.feed(message);
  return scanner.immutable();
}

void check(std::string_view message, By by, std::string_view name) {
  BOOST_TEST_CONTEXT(message) {
    for (std::size_t cut = 0; cut <= message.size(); ++cut) {
      const Admission found = scan(message, cut);
      BOOST_TEST((found.by == by));
      BOOST_TEST(found.name == name);
    }
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(admission_tests)

BOOST_AUTO_TEST_CASE(who_refused_is_found_wherever_the_message_is_cut) {
  check(
      "secrets \"a\" is forbidden: ValidatingAdmissionPolicy 'ask-only.example' with binding "
      "'b' denied request: no values",
      By::policy, "ask-only.example");
  check("admission webhook \"w.example.com\" denied the request: labels", By::webhook,
        "w.example.com");
  check("admission webhook \"w.example.com\" does not support dry run", By::webhook,
        "w.example.com");
  check("failed calling webhook \"w.example.com\": failed to call webhook", By::webhook,
        "w.example.com");
  check("secrets \"a\" is forbidden: exceeded quota: q-1, requested: count/secrets=1", By::quota,
        "q-1");
}

BOOST_AUTO_TEST_CASE(the_first_of_policy_webhook_and_quota_is_taken) {
  check("exceeded quota: q, admission webhook \"w\" denied the request", By::webhook, "w");
}

BOOST_AUTO_TEST_CASE(a_phrase_may_begin_within_its_own_beginning) {
  check("exexceeded quota: q,", By::quota, "q");
  check("admission admission webhook \"w\" denied the request", By::webhook, "w");
  BOOST_TEST(immutable("is is immutable when `immutable` is set"));
  BOOST_TEST(immutable("is immutable when `immutable` is is immutable when `immutable` is set"));
}

BOOST_AUTO_TEST_CASE(what_is_not_the_phrase_is_nobody) {
  for (const auto* message : {"", "ValidatingAdmissionPolicy 'a' with binding 'b' allowed",
                              "exceeded quota: ", "exceeded quota: q", "exceeded quota: ,",
                              "admission webhook \"w\" said",
                              "ValidatingAdmissionPolicy 'a' with binding '' denied request"}) {
    check(message, By::none, "");
  }
}

BOOST_AUTO_TEST_CASE(only_a_dns_name_is_kept) {
  for (const std::string name : {"Hunter2", "hunter 2", "-a", "a-", ".a", "a.", "a..b", "a.-b",
                                 "a-.b", "a_b", "a/b", "\xc3\xa9"}) {
    check("exceeded quota: " + name + ", requested", By::none, "");
  }
  check("exceeded quota: " + std::string(253, 'a') + ",", By::quota, std::string(253, 'a'));
  check("exceeded quota: " + std::string(254, 'a') + ",", By::none, "");
}

BOOST_AUTO_TEST_CASE(a_refused_name_does_not_hide_a_later_one) {
  check("exceeded quota: NO, exceeded quota: yes, ", By::quota, "yes");
}

BOOST_AUTO_TEST_CASE(an_immutable_object_is_told_from_a_type_that_cannot_change) {
  BOOST_TEST(immutable("data: Forbidden: field is immutable when `immutable` is set"));
  BOOST_TEST(!immutable("type: Invalid value: \"Opaque\": field is immutable"));
}

BOOST_AUTO_TEST_CASE(subdomains) {
  BOOST_TEST(is_subdomain("a"));
  BOOST_TEST(is_subdomain("a-1.b2"));
  BOOST_TEST(is_subdomain("0"));
  BOOST_TEST(!is_subdomain(""));
  BOOST_TEST(!is_subdomain(std::string(254, 'a')));
}

BOOST_AUTO_TEST_SUITE_END()
