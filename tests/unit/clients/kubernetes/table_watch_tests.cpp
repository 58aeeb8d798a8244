// A watch that is alive, and everything that ends one.
#include "clients/kubernetes/table_watch.hpp"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "recorded.hpp"
#include "watch_record.hpp"

using namespace blindfold;
using namespace blindfold::kubernetes;
using namespace std::chrono_literals;
using Lines = std::vector<std::string>;

BOOST_AUTO_TEST_SUITE(table_watch_tests)

BOOST_FIXTURE_TEST_CASE(a_watch_that_ends_in_its_time_goes_on_from_what_it_saw, WatchFixture) {
  come_alive();
  stream(event("ADDED", "b", "101"));
  BOOST_REQUIRE(told(1));
  pass(11s);
  expect_stream("&resourceVersion=101&");
  end_stream();
  BOOST_REQUIRE(told(2));
  const Lines expected = {"added b 2 at 101", "alive"};
  BOOST_TEST(record.lines() == expected, boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(a_bookmark_moves_the_version_on, WatchFixture) {
  come_alive();
  bookmark("150");
  pass(11s);
  expect_stream("&resourceVersion=150&");
  end_stream();
  BOOST_REQUIRE(told(1));
  BOOST_TEST(record.last() == "alive");
}

BOOST_FIXTURE_TEST_CASE(watches_that_end_at_once_back_off, WatchFixture) {
  come_alive();
  end_stream();
  std::chrono::milliseconds limit = 1s;
  for (int i = 0; i < 4; ++i) {
    BOOST_TEST(!comes(asked() + 1, 50ms));
    BOOST_TEST(record.size() == (i == 0 ? 0U : 2U));
    record.forget();
    expect("&resourceVersion=100&", answer(""));
    const std::size_t before = asked();
    pass(limit);
    BOOST_REQUIRE(comes(before + 1));
    BOOST_REQUIRE(told(2));
    BOOST_TEST(record.last() == "failure cut off");
    limit *= 2;
  }
}

BOOST_FIXTURE_TEST_CASE(a_watch_that_lived_for_a_while_ends_the_backoff, WatchFixture) {
  come_alive();
  for (int i = 0; i < 6; ++i) {
    expect("&resourceVersion=100&", answer("", "503 Service Unavailable", ""));
  }
  break_stream();
  for (std::size_t i = 1; i <= 7; ++i) {
    BOOST_REQUIRE(told(i));
    if (i < 7) {
      pass(30s);
    }
  }
  BOOST_TEST(record.lines()[0] == "failure cut off 200");
  BOOST_TEST(record.lines()[6] == "failure 503");
  expect_stream("&resourceVersion=100&");
  pass(30s);
  BOOST_REQUIRE(told(8));
  BOOST_TEST(record.last() == "alive");
  pass(11s);
  break_stream();
  BOOST_REQUIRE(told(9));
  expect_stream("&resourceVersion=100&");
  pass(1s);
  BOOST_REQUIRE(told(10));
}

BOOST_FIXTURE_TEST_CASE(retry_after_is_honoured_up_to_five_minutes, WatchFixture) {
  come_alive();
  expect("&resourceVersion=100&", answer(recorded::too_many_requests, "429 Too Many Requests",
                                         "Content-Type: text/plain\r\nRetry-After: 60\r\n"));
  break_stream();
  BOOST_REQUIRE(told(1));
  pass(1s);
  BOOST_REQUIRE(told(2));
  BOOST_TEST(record.last() == "failure 429");
  BOOST_TEST(quiet_for(59s));
  expect("&resourceVersion=100&", answer(recorded::too_many_requests, "429 Too Many Requests",
                                         "Content-Type: text/plain\r\nRetry-After: 86400\r\n"));
  pass(2s);
  BOOST_REQUIRE(told(3));
  BOOST_TEST(quiet_for(299s));
  expect_stream("&resourceVersion=100&");
  pass(2s);
  BOOST_REQUIRE(told(4));
  BOOST_TEST(record.last() == "alive");
}

BOOST_FIXTURE_TEST_CASE(an_expired_version_lists_again_in_both_shapes, WatchFixture) {
  come_alive();
  pass(11s);
  expect("&limit=4000 ", answer(page({}, "", "300")));
  expect_stream("&resourceVersion=300&");
  stream(recorded::watch_expired);
  BOOST_REQUIRE(told(3));
  const Lines expected = {"begin", "end", "alive"};
  BOOST_TEST(record.lines() == expected, boost::test_tools::per_element());
  record.forget();
  pass(11s);
  end_stream();
  expect("&resourceVersion=300&", answer(recorded::continue_expired, "410 Gone"));
  expect("&limit=4000 ", answer(page({}, "", "400")));
  expect_stream("&resourceVersion=400&");
  BOOST_REQUIRE(told(3));
  BOOST_TEST(record.lines() == expected, boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(versions_that_always_expire_back_off, WatchFixture) {
  come_alive();
  expect("&limit=4000 ", answer(page({}, "", "300")));
  expect("&resourceVersion=300&", answer(recorded::watch_expired));
  stream(error_event(410, "Expired"));
  BOOST_REQUIRE(told(3));
  BOOST_TEST(quiet_for(90ms));
  expect("&limit=4000 ", answer(page({}, "", "301")));
  expect_stream("&resourceVersion=301&");
  pass(1s);
  BOOST_REQUIRE(told(6));
  BOOST_TEST(record.last() == "alive");
}

BOOST_FIXTURE_TEST_CASE(another_error_event_is_a_failure, WatchFixture) {
  come_alive();
  stream(error_event(500, "InternalError") + event("ADDED", "never", "1"));
  BOOST_REQUIRE(told(1));
  BOOST_TEST(record.last() == "failure 500");
  expect_stream("&resourceVersion=100&");
  pass(1s);
  BOOST_REQUIRE(told(2));
  BOOST_TEST(record.last() == "alive");
}

BOOST_FIXTURE_TEST_CASE(rights_that_are_taken_away_and_given_back, WatchFixture) {
  come_alive();
  expect("&resourceVersion=100&", answer(recorded::forbidden, "403 Forbidden"));
  break_stream();
  BOOST_REQUIRE(told(1));
  pass(1s);
  BOOST_REQUIRE(told(2));
  BOOST_TEST(record.last() == "failure 403");
  expect_stream("&resourceVersion=100&");
  pass(2s);
  BOOST_REQUIRE(told(3));
  BOOST_TEST(record.last() == "alive");
}

BOOST_FIXTURE_TEST_CASE(half_an_event_is_not_told, WatchFixture) {
  come_alive();
  const std::string half = event("ADDED", "b", "101");
  stream(half.substr(0, half.size() - 10));
  end_stream();
  BOOST_REQUIRE(told(1));
  BOOST_TEST(record.last() == "failure cut off");
  expect_stream("&resourceVersion=100&");
  pass(1s);
  BOOST_REQUIRE(told(2));
}

BOOST_FIXTURE_TEST_CASE(whole_objects_are_dropped, WatchFixture) {
  come_alive();
  for (const auto text : {recorded::whole_watch, recorded::whole_secret}) {
    record.forget();
    stream(text);
    BOOST_REQUIRE(told(1));
    BOOST_TEST(record.last() == "failure not the form 200");
    expect_stream("&resourceVersion=100&");
    pass(30s);
    BOOST_REQUIRE(told(2));
  }
}

BOOST_FIXTURE_TEST_CASE(an_event_has_a_largest_size, WatchFixture) {
  come_alive();
  stream(event("ADDED", "b", "101"));
  stream(R"({"type":"ADDED","object":{"kind":"Table","metadata":{"x":")" + std::string(70000, 'a') +
         R"("}}})");
  BOOST_REQUIRE(told(2));
  BOOST_TEST(record.lines()[0] == "added b 2 at 101");
  BOOST_TEST(record.lines()[1] == "failure too large 200");
  expect_stream("&resourceVersion=101&");
  pass(1s);
  BOOST_REQUIRE(told(3));
}

BOOST_FIXTURE_TEST_CASE(a_page_of_a_proxy_is_a_failure, WatchFixture) {
  come_alive();
  expect("&resourceVersion=100&",
         answer("<html>hunter2</html>", "200 OK", "Content-Type: text/html\r\n"));
  break_stream();
  BOOST_REQUIRE(told(1));
  pass(1s);
  BOOST_REQUIRE(told(2));
  BOOST_TEST(record.last() == "failure not the form 200");
}

BOOST_FIXTURE_TEST_CASE(silence_where_bookmarks_come_is_a_failure, WatchFixture) {
  come_alive();
  for (const auto* version : {"150", "151", "152"}) {
    bookmark(version);
    pass(89s);
  }
  BOOST_TEST(record.size() == 0U);
  pass(2s);
  BOOST_REQUIRE(record.size() == 1U);
  BOOST_TEST(record.last() == "failure timed out");
  expect_stream("&resourceVersion=152&");
  pass(1s);
  BOOST_REQUIRE(told(2));
}

BOOST_FIXTURE_TEST_CASE(a_server_without_bookmarks_is_followed_for_longer, WatchFixture) {
  come_alive();
  expect_stream("&resourceVersion=100&");
  pass(91s);
  BOOST_REQUIRE(told(1));
  BOOST_TEST(record.last() == "alive");
  BOOST_TEST(quiet_for(309s));
  BOOST_TEST(record.size() == 1U);
  pass(310s);
  BOOST_TEST(record.last() == "failure timed out");
}

BOOST_FIXTURE_TEST_CASE(a_server_that_accepts_and_says_nothing, WatchFixture) {
  come_alive();
  pass(11s);
  expect("&resourceVersion=100&", say_nothing);
  end_stream();
  BOOST_REQUIRE(comes(4));
  pass(29s);
  BOOST_TEST(record.size() == 0U);
  pass(2s);
  BOOST_TEST(record.last() == "failure timed out");
}

BOOST_FIXTURE_TEST_CASE(it_is_tried_now_where_it_waits, WatchFixture) {
  come_alive();
  break_stream();
  BOOST_REQUIRE(told(1));
  expect_stream("&resourceVersion=100&");
  watch->try_now();
  BOOST_REQUIRE(told(2));
  watch->try_now();
  turn(20);
  BOOST_TEST(record.last() == "alive");
}

BOOST_FIXTURE_TEST_CASE(after_an_hour_it_lists_again, WatchFixture) {
  come_alive();
  bookmark("150");
  for (int minute = 0; minute < 59; ++minute) {
    pass(1min);
    bookmark("150");
  }
  expect_stream("&resourceVersion=150&");
  end_stream();
  BOOST_REQUIRE(told(1));
  pass(1min);
  bookmark("151");
  pass(1min);
  expect("&limit=4000 ", answer(page({}, "", "9")));
  expect_stream("&resourceVersion=9&");
  end_stream();
  BOOST_REQUIRE(told(4));
  const Lines expected = {"alive", "begin", "end", "alive"};
  BOOST_TEST(record.lines() == expected, boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(without_a_list_it_watches_from_the_beginning, WatchFixture) {
  make({.collection = {"resourcequotas", "app", "q"}, .columns = {}, .list = false});
  expect_stream(
      "resourcequotas?includeObject=None&fieldSelector=metadata.name%3Dq&watch=1&"
      "resourceVersion=0&",
      event("ADDED", "q", "50"));
  watch->start();
  BOOST_REQUIRE(told(2));
  const Lines expected = {"alive", "added at 50"};
  BOOST_TEST(record.lines() == expected, boost::test_tools::per_element());
  BOOST_TEST(!server.requests().at(0).contains("allowWatchBookmarks"));
  pass(31s);
  expect_stream("&resourceVersion=50&");
  end_stream();
  BOOST_REQUIRE(told(3));
  BOOST_TEST(server.requests().at(1).contains("&allowWatchBookmarks=true "));
  expect_stream("&resourceVersion=0&", event("ADDED", "q", "50"));
  stream(recorded::watch_expired);
  BOOST_REQUIRE(told(5));
}

BOOST_FIXTURE_TEST_CASE(without_a_list_what_broke_early_begins_again, WatchFixture) {
  make({.collection = {"secrets", "app", ""}, .columns = {"Name"}, .list = false});
  expect_stream("&resourceVersion=0&", event("ADDED", "a", "50"));
  watch->start();
  BOOST_REQUIRE(told(2));
  break_stream();
  BOOST_REQUIRE(told(3));
  expect_stream("&resourceVersion=0&");
  pass(1s);
  BOOST_REQUIRE(told(4));
}

BOOST_FIXTURE_TEST_CASE(it_may_be_destroyed_from_a_change_and_a_failure, WatchFixture) {
  for (const std::string end : {"added b 2 at 101", "failure cut off 200"}) {
    make({.collection = {"secrets", "app", ""}, .columns = {"Name", "Data"}});
    come_alive();
    record.on_line = [this, end](const std::string& line) {
      if (line == end) {
        watch.reset();
      }
    };
    stream(event("ADDED", "b", "101") + event("ADDED", "c", "102"));
    if (end.starts_with("failure")) {
      BOOST_REQUIRE(told(2));
      break_stream();
    }
    BOOST_REQUIRE(run_until([this] { return !watch.has_value(); }));
    turn(20);
    BOOST_TEST(record.last() == end);
    record.on_line = nullptr;
    record.forget();
  }
}

BOOST_AUTO_TEST_SUITE_END()
