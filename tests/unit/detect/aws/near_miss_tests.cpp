#include "detect/aws/near_miss.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "aws_fixture.hpp"
#include "detect/aws/aws_answer.hpp"

namespace {

using namespace blindfold;
using namespace blindfold::detect;

bool proposes(const std::string& name, const std::string& other) {
  const auto names = likely_parameters(name);
  return std::ranges::find(names, other) != names.end();
}

struct Fixture : Inventoried {
  support::ManualClock clock;
  SecretSearch search;
  std::deque<AwsItem> items;

  AwsItem& missing(const std::string& name) {
    AwsItem& added = items.emplace_back(item(require(a_secret(name)), clock.now()));
    BOOST_REQUIRE(added.report(observe_missing(added.place()), clock.now()));
    search.look_for(added);
    return added;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(near_miss_tests, Fixture)

BOOST_AUTO_TEST_CASE(names_that_somebody_may_have_written_instead_are_alike) {
  for (const char* const other : {"Prod/DB", "/prod/db", "prod-db", "prod/db-secret", "prod_db"}) {
    BOOST_TEST(are_alike("prod/db", other));
  }
  for (const char* const other : {"prod/db", "prod/dbx", "test/db", "prod", ""}) {
    BOOST_TEST(!are_alike("prod/db", other));
  }
}

BOOST_AUTO_TEST_CASE(prefixes_cover_case_and_a_leading_slash_and_fit_a_filter) {
  const auto prefixes = likely_prefixes("/prod/db");
  for (const char* const each : {"pro", "/pro", "Pro", "PRO"}) {
    BOOST_TEST((std::ranges::find(prefixes, each) != prefixes.end()));
  }
  for (const char* const name : {"a", "/", "aB/c", "1-x", "MiXed"}) {
    BOOST_TEST(likely_prefixes(name).size() <= 10);
  }
}

BOOST_AUTO_TEST_CASE(parameters_are_proposed_that_parameter_store_takes) {
  BOOST_TEST(proposes("/db", "db"));
  BOOST_TEST(proposes("db", "/db"));
  BOOST_TEST(proposes("/prod/my-db", "/prod/my_db"));
  BOOST_TEST(proposes("/prod/my_db", "/prod/my-db"));
  BOOST_TEST(proposes("/prod/DB", "/prod/db"));
  BOOST_TEST(!proposes("/prod/db", "prod/db"));
  BOOST_TEST(!proposes("/prod/db", "/prod/db"));
  for (const char* const name : {"/a/b-c_d", "a", "/db", "x.y-z_secret"}) {
    BOOST_TEST(likely_parameters(name).size() <= 12);
  }
  for (const std::string& each : likely_parameters("/" + std::string(1010, 'a'))) {
    BOOST_TEST(each.size() <= 1011);
  }
}

BOOST_AUTO_TEST_CASE(what_is_alike_is_noted) {
  missing("prod/db");
  BOOST_REQUIRE(!search.idle());
  BOOST_TEST(search.question().name == "ListSecrets");
  search.on_secret({"prod/other", "", "v1"});
  search.on_secret({"Prod/DB", "", "v1"});
  search.on_page("", clock.now());
  BOOST_TEST(detail<model::AwsMissing>()->near_miss == "Prod/DB");
  BOOST_TEST(search.idle());
}

BOOST_AUTO_TEST_CASE(what_is_being_deleted_is_no_hint) {
  missing("db");
  BOOST_REQUIRE(!search.idle());
  search.on_secret({"DB", "", "v1", true});
  search.on_page("", clock.now());
  BOOST_TEST(detail<model::AwsMissing>()->near_miss.empty());
}

BOOST_AUTO_TEST_CASE(it_ends_after_a_few_pages_or_where_there_is_no_answer) {
  missing("a");
  missing("b");
  missing("c");
  for (int page = 0; page < 3; ++page) {
    BOOST_REQUIRE(!search.idle());
    BOOST_TEST(search.question().body.contains("\"a\""));
    search.on_page("more", clock.now());
  }
  BOOST_REQUIRE(!search.idle());
  BOOST_TEST(search.question().body.contains("\"b\""));
  search.on_page(std::nullopt, clock.now());
  BOOST_REQUIRE(!search.idle());
  BOOST_TEST(search.question().body.contains("\"c\""));
  BOOST_TEST(!search.question().body.contains("NextToken"));
}

BOOST_AUTO_TEST_CASE(what_has_come_meanwhile_is_not_looked_for) {
  AwsItem& item = missing("db");
  BOOST_REQUIRE(item.report(observed(model::Presence::present, "v1"), clock.now()));
  BOOST_TEST(search.idle());
}

BOOST_AUTO_TEST_CASE(only_the_first_few_are_looked_for) {
  for (int each = 0; each < 30; ++each) {
    missing("db" + std::to_string(each));
  }
  int searches = 0;
  while (!search.idle()) {
    ++searches;
    search.on_page("", clock.now());
  }
  BOOST_TEST(searches == 20);
}

BOOST_AUTO_TEST_SUITE_END()
