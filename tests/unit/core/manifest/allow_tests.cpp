#include "core/manifest/allow.hpp"

#include <boost/test/unit_test.hpp>

#include "core/manifest/path.hpp"

using blindfold::manifest::covers;
using blindfold::manifest::matches_pattern;

BOOST_AUTO_TEST_SUITE(allow_tests)

BOOST_AUTO_TEST_CASE(a_star_stands_for_any_text) {
  BOOST_TEST(matches_pattern("prod/*", "prod/a"));
  BOOST_TEST(matches_pattern("prod/*", "prod/a/b"));
  BOOST_TEST(matches_pattern("prod/*", "prod/"));
  BOOST_TEST(matches_pattern("*", ""));
  BOOST_TEST(matches_pattern("**", "abc"));
  BOOST_TEST(matches_pattern("*-key", "a-key-key"));
  BOOST_TEST(matches_pattern("a*b*c", "a/b/b/c"));
  BOOST_TEST(matches_pattern("exact", "exact"));
}

BOOST_AUTO_TEST_CASE(a_pattern_is_the_whole_name) {
  BOOST_TEST(!matches_pattern("prod/*", "prod"));
  BOOST_TEST(!matches_pattern("prod/*", "production"));
  BOOST_TEST(!matches_pattern("prod/*", "/prod/a"));
  BOOST_TEST(!matches_pattern("*-key", "a-key-"));
  BOOST_TEST(!matches_pattern("a*b*c", "acb"));
  BOOST_TEST(!matches_pattern("exact", "exactly"));
  BOOST_TEST(!matches_pattern("", "a"));
  BOOST_TEST(!matches_pattern("prod/*", "PROD/a"));
}

BOOST_AUTO_TEST_CASE(a_folder_covers_itself_and_what_is_beneath) {
  BOOST_TEST(covers("/run/secrets", "/run/secrets"));
  BOOST_TEST(covers("/run/secrets", "/run/secrets/tls"));
  BOOST_TEST(covers("/", "/run"));
  BOOST_TEST(!covers("/run/secrets", "/run/secrets-of-others"));
  BOOST_TEST(!covers("/run/secrets", "/run"));
  BOOST_TEST(!covers("/run/secrets", "/other"));
}

BOOST_AUTO_TEST_SUITE_END()
