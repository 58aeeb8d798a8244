// How a watch begins: the list, the versions of what was listed, and then what
// changes; and what goes wrong with lists.
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "recorded.hpp"
#include "watch_record.hpp"

using namespace blindfold;
using namespace blindfold::kubernetes;
using namespace std::chrono_literals;
using Lines = std::vector<std::string>;

BOOST_AUTO_TEST_SUITE(table_watch_list_tests)

BOOST_FIXTURE_TEST_CASE(a_list_then_versions_then_a_watch_from_the_list, WatchFixture) {
  expect("GET /api/v1/namespaces/app/secrets?includeObject=None&limit=4000 HTTP/1.1\r\n",
         answer(page({"a", "b"})));
  expect_stream("secrets?includeObject=None&watch=1&resourceVersion=0&timeoutSeconds=30 ",
                event("ADDED", "a", "41") + event("ADDED", "b", "42"));
  expect_stream("secrets?includeObject=None&watch=1&resourceVersion=100&timeoutSeconds=");
  watch->start();
  BOOST_TEST(record.size() == 0U);
  BOOST_REQUIRE(told(6));
  BOOST_TEST(asked() == 2U);
  pass(251ms);
  BOOST_REQUIRE(told(7));
  const Lines expected = {"begin",           "listed a 2",      "listed b 2", "end",
                          "added a 2 at 41", "added b 2 at 42", "alive"};
  BOOST_TEST(record.lines() == expected, boost::test_tools::per_element());
  BOOST_TEST(server.requests().at(2).contains("&allowWatchBookmarks=true "));
  BOOST_TEST(!server.requests().at(1).contains("allowWatchBookmarks"));
  for (const auto& request : server.requests()) {
    BOOST_TEST(request.contains("\r\nAccept: application/json;as=Table;g=meta.k8s.io;v=v1\r\n"));
  }
  stream(event("MODIFIED", "b", "101"));
  stream(event("DELETED", "a", "102"));
  BOOST_REQUIRE(told(9));
  BOOST_TEST(record.lines()[7] == "modified b 2 at 101");
  BOOST_TEST(record.lines()[8] == "deleted a 2 at 102");
}

BOOST_FIXTURE_TEST_CASE(the_servers_timeout_is_random_within_its_bounds, WatchFixture) {
  expect("&limit=4000 ", answer(page({})));
  expect_stream("&resourceVersion=100&");
  watch->start();
  BOOST_REQUIRE(comes(2));
  std::string last;
  bool differs = false;
  for (std::size_t round = 0; round < 10; ++round) {
    const std::string& request = server.requests().back();
    const auto at = request.find("&timeoutSeconds=") + 16;
    const std::string seconds = request.substr(at, request.find('&', at) - at);
    BOOST_TEST(std::stoi(seconds) >= 300);
    BOOST_TEST(std::stoi(seconds) <= 600);
    differs = differs || (round > 0 && seconds != last);
    last = seconds;
    BOOST_REQUIRE(told(record.size()));
    pass(20s);
    expect_stream("&resourceVersion=100&");
    end_stream();
    BOOST_REQUIRE(comes(3 + round));
  }
  BOOST_TEST(differs);
  BOOST_REQUIRE(told(13));
}

BOOST_FIXTURE_TEST_CASE(pages_follow_one_another, WatchFixture) {
  expect("&limit=4000 ", answer(page({"a"}, "n/1")));
  expect("&limit=4000&continue=n%2F1 ", answer(page({"b"}, "n2", "100")));
  expect("&limit=4000&continue=n2 ", answer(page({}, "", "100")));
  expect_stream("&resourceVersion=0&");
  watch->start();
  BOOST_REQUIRE(told(4));
  const Lines expected = {"begin", "listed a 2", "listed b 2", "end"};
  BOOST_TEST(record.lines() == expected, boost::test_tools::per_element());
  BOOST_REQUIRE(comes(4));
}

BOOST_FIXTURE_TEST_CASE(an_empty_list_has_no_versions, WatchFixture) {
  expect("&limit=4000 ", answer(page({})));
  expect_stream("&resourceVersion=100&");
  watch->start();
  BOOST_REQUIRE(told(3));
  const Lines expected = {"begin", "end", "alive"};
  BOOST_TEST(record.lines() == expected, boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(one_object_is_selected_by_its_name, WatchFixture) {
  make({.collection = {"secrets", "app", "db"}, .columns = {"Name"}});
  expect("?includeObject=None&fieldSelector=metadata.name%3Ddb&limit=4000 ", answer(page({})));
  expect_stream("?includeObject=None&fieldSelector=metadata.name%3Ddb&watch=1&");
  watch->start();
  BOOST_REQUIRE(told(3));
}

BOOST_FIXTURE_TEST_CASE(the_version_of_one_object_is_not_waited_for, WatchFixture) {
  make({.collection = {"secrets", "app", "db"}, .columns = {"Name"}});
  expect("&limit=4000 ", answer(page({"db"})));
  expect_stream("&resourceVersion=0&", event("ADDED", "db", "41"));
  expect_stream("&resourceVersion=100&");
  watch->start();
  BOOST_REQUIRE(told(5));
  const Lines expected = {"begin", "listed db", "end", "added db at 41", "alive"};
  BOOST_TEST(record.lines() == expected, boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(versions_that_do_not_all_come_are_not_waited_for, WatchFixture) {
  expect("&limit=4000 ", answer(page({"a", "b"})));
  expect_stream("&resourceVersion=0&", event("ADDED", "a", "41"));
  expect_stream("&resourceVersion=100&");
  watch->start();
  BOOST_REQUIRE(told(5));
  pass(1999ms);
  BOOST_TEST(asked() == 2U);
  pass(2ms);
  BOOST_REQUIRE(told(6));
  BOOST_TEST(record.last() == "alive");
}

BOOST_FIXTURE_TEST_CASE(versions_that_are_refused_are_passed_over, WatchFixture) {
  for (const auto& refusal : {answer(recorded::forbidden, "403 Forbidden"),
                              answer(recorded::watch_expired), answer(recorded::whole_watch)}) {
    expect("&limit=4000 ", answer(page({"a"})));
    expect("&resourceVersion=0&", refusal);
    expect_stream("&resourceVersion=100&");
    record.forget();
    make({.collection = {"secrets", "app", ""}, .columns = {"Name"}});
    watch->start();
    BOOST_REQUIRE(told(4));
    BOOST_TEST(record.last() == "alive");
  }
}

BOOST_FIXTURE_TEST_CASE(a_list_that_expires_between_pages_begins_again, WatchFixture) {
  expect("&limit=4000 ", answer(page({"a"}, "n1")));
  expect("&continue=n1 ", answer(recorded::continue_expired, "410 Gone"));
  expect("&limit=4000 ", answer(page({"a"}, "n2", "200")));
  expect("&continue=n2 ", answer(page({"b"}, "", "200")));
  expect_stream("&resourceVersion=0&");
  watch->start();
  BOOST_REQUIRE(told(6));
  const Lines expected = {"begin", "listed a 2", "begin", "listed a 2", "listed b 2", "end"};
  BOOST_TEST(record.lines() == expected, boost::test_tools::per_element());
  BOOST_REQUIRE(comes(5));
}

BOOST_FIXTURE_TEST_CASE(a_list_that_always_expires_backs_off, WatchFixture) {
  for (int i = 0; i < 2; ++i) {
    expect("&limit=4000 ", answer(page({"a"}, "n1")));
    expect("&continue=n1 ", answer(recorded::continue_expired, "410 Gone"));
  }
  watch->start();
  BOOST_REQUIRE(told(5));
  BOOST_TEST(record.last() == "failure 410");
  BOOST_TEST(quiet_for(90ms));
  expect("&limit=4000 ", say_nothing);
  pass(1s);
  BOOST_REQUIRE(comes(5));
}

BOOST_FIXTURE_TEST_CASE(a_list_that_fails_is_tried_again, WatchFixture) {
  for (const auto& [given, line] :
       {std::pair(answer(recorded::forbidden, "403 Forbidden"), "failure 403"),
        std::pair(answer(recorded::namespace_missing, "404 Not Found"), "failure 404"),
        std::pair(answer("x", "503 Service Unavailable", ""), "failure 503"),
        std::pair(answer("<html>", "200 OK", "Content-Type: text/html\r\n"),
                  "failure not the form 200"),
        std::pair(answer(recorded::whole_list), "failure not the form 200"),
        std::pair(answer(recorded::whole_rows), "failure not the form 200"),
        std::pair(answer(page({"a"}).substr(0, 100)), "failure cut off"),
        std::pair(answer(""), "failure not the form")}) {
    expect("&limit=4000 ", given);
    record.forget();
    make({.collection = {"secrets", "app", ""}, .columns = {"Name"}});
    watch->start();
    BOOST_REQUIRE(run_until([this] { return record.last().starts_with("failure"); }));
    BOOST_TEST(record.last() == line);
    expect("&limit=4000 ", answer(page({})));
    expect_stream("&resourceVersion=100&");
    pass(1s);
    BOOST_REQUIRE(run_until([this] { return record.last() == "alive"; }));
    watch.reset();
  }
}

BOOST_FIXTURE_TEST_CASE(a_list_that_says_nothing_is_given_up, WatchFixture) {
  expect("&limit=4000 ", say_nothing);
  watch->start();
  BOOST_REQUIRE(comes(1));
  pass(59s);
  BOOST_TEST(record.size() == 0U);
  pass(2s);
  BOOST_TEST(record.last() == "failure timed out");
}

BOOST_FIXTURE_TEST_CASE(a_page_has_a_largest_size, WatchFixture) {
  expect("&limit=4000 ", answer(R"({"kind":"Table","metadata":{"x":")" +
                                std::string(4UL * 1024 * 1024, 'a') + "\"}}"));
  watch->start();
  BOOST_REQUIRE(told(2));
  BOOST_TEST(record.last() == "failure too large 200");
}

BOOST_FIXTURE_TEST_CASE(ten_thousand_rows_come_in_short_stretches, WatchFixture) {
  std::vector<std::string> names;
  for (int i = 0; i < 10000; ++i) {
    names.push_back("name-" + std::to_string(i));
  }
  std::size_t most = 0;
  std::size_t in_turn = 0;
  std::size_t listed = 0;
  record.on_line = [&](const std::string& line) {
    in_turn += line.starts_with("listed") ? 1U : 0U;
    listed += line.starts_with("listed") ? 1U : 0U;
  };
  expect("&limit=4000 ", answer(page(names)));
  expect_stream("&resourceVersion=0&");
  watch->start();
  BOOST_REQUIRE(run_until([&] {
    most = std::max(most, std::exchange(in_turn, 0));
    return listed == names.size() && asked() == 2;
  }));
  BOOST_TEST(record.lines()[10000] == "listed name-9999 2");
}

BOOST_FIXTURE_TEST_CASE(it_may_be_destroyed_from_each_call, WatchFixture) {
  const std::vector<std::string> ends = {"begin", "listed a 2", "end", "added a 2 at 41", "alive"};
  for (const auto& end : ends) {
    record.forget();
    make({.collection = {"secrets", "app", ""}, .columns = {"Name", "Data"}});
    record.on_line = [this, end](const std::string& line) {
      if (line == end) {
        watch.reset();
      }
    };
    expect("&limit=4000 ", answer(page({"a", "b"})));
    if (end == "added a 2 at 41" || end == "alive") {
      expect_stream("&resourceVersion=0&", event("ADDED", "a", "41") + event("ADDED", "b", "42"));
    }
    if (end == "alive") {
      expect_stream("&resourceVersion=100&");
    }
    watch->start();
    if (end == "alive") {
      BOOST_REQUIRE(told(6));
      pass(300ms);
    }
    BOOST_REQUIRE(run_until([this, &end] { return record.last() == end; }));
    turn(20);
    BOOST_TEST(record.last() == end);
    BOOST_TEST(!watch.has_value());
  }
}

BOOST_AUTO_TEST_SUITE_END()
