#include "detect/aws/secret_sweep.hpp"

#include <boost/test/unit_test.hpp>
#include <deque>

#include "aws_fixture.hpp"

namespace {

using namespace blindfold;
using namespace blindfold::detect;
using Page = SecretSweep::Page;

const std::string arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:";

struct Fixture {
  std::deque<AwsPlace> places;
  SecretSweep sweep;

  void add(const std::string& name) {
    sweep.add(places.emplace_back(place_of(a_secret(name), "eu-west-1")));
  }
  void list(const std::string& name, const std::string& version,
            const std::string& suffix = "AbCdEf") {
    sweep.on_secret({name, arn + name + "-" + suffix, version});
  }
  std::vector<std::string> prefixes() {
    std::vector<const AwsPlace*> pointers;
    for (const AwsPlace& place : places) {
      pointers.push_back(&place);
    }
    return common_prefixes(pointers);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(secret_sweep_tests, Fixture)

BOOST_AUTO_TEST_CASE(names_that_begin_alike_are_told_apart) {
  for (const char* const name : {"db", "db-replica", "db/x"}) {
    add(name);
  }
  static_cast<void>(sweep.question());
  list("db-replica", "v2");
  list("dbx", "v3");
  list("db/x", "v4");
  BOOST_TEST((sweep.on_page("") == Page::last));
  BOOST_TEST((sweep.claim(0) == SecretClaim{}));
  BOOST_TEST((sweep.claim(1) == SecretClaim{true, false, "v2"}));
  BOOST_TEST((sweep.claim(2) == SecretClaim{true, false, "v4"}));
}

BOOST_AUTO_TEST_CASE(arns_are_found_full_or_partial_and_one_secret_may_be_several_requirements) {
  add("db");
  add(arn + "db");
  add(arn + "db-AbCdEf");
  add("db");
  add(arn + "db-XXXXXX");
  static_cast<void>(sweep.question());
  list("db", "v1");
  static_cast<void>(sweep.on_page(""));
  for (std::size_t each = 0; each < 4; ++each) {
    BOOST_TEST(sweep.claim(each).there);
  }
  BOOST_TEST(!sweep.claim(4).there);
}

// The name of the second ends as an ARN of the first does.
BOOST_AUTO_TEST_CASE(a_full_arn_counts_more_than_what_looks_like_a_partial_one) {
  for (const bool other_first : {true, false}) {
    Fixture own;
    own.add(arn + "db-AbCdEf");
    static_cast<void>(own.sweep.question());
    if (other_first) {
      own.list("db-AbCdEf", "other", "GhIjKl");
    }
    own.list("db", "v1");
    if (!other_first) {
      own.list("db-AbCdEf", "other", "GhIjKl");
    }
    static_cast<void>(own.sweep.on_page(""));
    BOOST_TEST(own.sweep.claim(0).version == "v1");
  }
}

BOOST_AUTO_TEST_CASE(pages_are_followed_even_if_they_are_empty_and_what_they_cost_is_known_then) {
  add("db");
  BOOST_TEST(sweep.cost() == 0);
  BOOST_TEST(!sweep.question().body.contains("NextToken"));
  BOOST_TEST((sweep.on_page("a") == Page::more));
  BOOST_TEST(sweep.question().body.contains("\"NextToken\":\"a\""));
  BOOST_TEST((sweep.on_page("b") == Page::more));
  static_cast<void>(sweep.question());
  list("db", "v1");
  BOOST_TEST((sweep.on_page("") == Page::last));
  BOOST_TEST(sweep.claim(0).there);
  BOOST_TEST(sweep.cost() == 3);
  BOOST_TEST(!sweep.question().body.contains("NextToken"));
  BOOST_TEST(!sweep.claim(0).there);
}

BOOST_AUTO_TEST_CASE(pages_without_end_are_bounded) {
  add("db");
  for (std::uint32_t page = 1; page < SecretSweep::most_pages; ++page) {
    static_cast<void>(sweep.question());
    BOOST_REQUIRE((sweep.on_page("more") == Page::more));
  }
  BOOST_TEST((sweep.on_page("more") == Page::endless));
  BOOST_TEST(!sweep.question().body.contains("NextToken"));
}

BOOST_AUTO_TEST_CASE(only_what_begins_like_the_names_is_listed_where_they_share_a_few_folders) {
  add("prod/db");
  add("prod/a/b");
  add(arn + "test/db-AbCdEf");
  BOOST_TEST((prefixes() == std::vector<std::string>{"prod/", "test/"}));
  BOOST_TEST(sweep.question().body.contains(R"("Values":["prod/","test/"])"));
  add("db");
  BOOST_TEST(prefixes().empty());
}

BOOST_AUTO_TEST_CASE(more_folders_than_a_filter_takes_are_no_filter) {
  for (int each = 0; each < 10; ++each) {
    add(std::to_string(each) + "/db");
  }
  BOOST_TEST(prefixes().size() == 10);
  add("more/db");
  BOOST_TEST(prefixes().empty());
}

BOOST_AUTO_TEST_CASE(a_leading_slash_is_no_folder) {
  add("/db");
  BOOST_TEST(prefixes().empty());
  places.clear();
  add("/prod/db");
  BOOST_TEST((prefixes() == std::vector<std::string>{"/prod/"}));
}

BOOST_AUTO_TEST_SUITE_END()
