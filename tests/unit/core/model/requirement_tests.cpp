#include "core/model/requirement.hpp"

#include <boost/test/unit_test.hpp>

using blindfold::model::Provider;
using blindfold::model::Requirement;

BOOST_AUTO_TEST_SUITE(requirement_tests)

BOOST_AUTO_TEST_CASE(providers_have_words) {
  BOOST_TEST(to_string(Provider::customer) == "customer");
  BOOST_TEST(to_string(Provider::vendor) == "vendor");
  BOOST_TEST(to_string(Provider::generated) == "generated");
}

BOOST_AUTO_TEST_CASE(a_requirement_is_required_until_it_says_otherwise) {
  const Requirement requirement{};
  BOOST_TEST(requirement.required);
  BOOST_TEST(!requirement.skipped);
}

BOOST_AUTO_TEST_SUITE_END()
