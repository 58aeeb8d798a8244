#include "platform/http/head_reader.hpp"

#include <boost/test/unit_test.hpp>
#include <initializer_list>
#include <string>
#include <string_view>

using namespace std::chrono_literals;
using blindfold::base::SystemTime;
using blindfold::http::Head;
using blindfold::http::HeadReader;
using Step = HeadReader::Step;

namespace {

// 2026-11-23, noon.
const std::chrono::sys_seconds noon =
    std::chrono::sys_days(std::chrono::year(2026) / 11 / 23) + std::chrono::hours(12);

Head read(std::initializer_list<std::string_view> lines) {
  HeadReader reader;
  for (const std::string_view line : lines) {
    BOOST_REQUIRE((reader.read(std::string(line) + "\r\n") == Step::more));
  }
  BOOST_REQUIRE((reader.read("\r\n") == Step::complete));
  BOOST_TEST(reader.complete());
  return reader.head(noon);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(head_reader_tests)

BOOST_AUTO_TEST_CASE(reads_status_type_and_date) {
  const Head head = read({"HTTP/1.1 200 OK", "Content-Type:  application/json; charset=utf-8 ",
                          "Date: Mon, 23 Nov 2026 12:00:00 GMT"});
  BOOST_TEST(head.status == 200);
  BOOST_TEST(head.content_type == "application/json; charset=utf-8");
  BOOST_TEST((head.date == noon));
  BOOST_TEST(!head.retry_after.has_value());
}

BOOST_AUTO_TEST_CASE(reads_the_form_of_http2) {
  HeadReader reader;
  BOOST_TEST((reader.read("HTTP/2 404 \r\n") == Step::more));
  BOOST_TEST((reader.read("content-type: text/html\r\n") == Step::more));
  BOOST_TEST((reader.read("\r\n") == Step::complete));
  BOOST_TEST(reader.head(noon).status == 404);
  BOOST_TEST(reader.head(noon).content_type == "text/html");
}

BOOST_AUTO_TEST_CASE(what_is_absent_is_empty) {
  const Head head = read({"HTTP/1.0 503 Service Unavailable"});
  BOOST_TEST(head.status == 503);
  BOOST_TEST(head.content_type == "");
  BOOST_TEST(!head.retry_after.has_value());
  BOOST_TEST(!head.date.has_value());
}

BOOST_AUTO_TEST_CASE(retry_after_in_seconds) {
  const auto after = [](std::string_view value) {
    return read({"HTTP/1.1 429 Slow", "Retry-After: " + std::string(value)}).retry_after;
  };
  BOOST_TEST((after("0") == 0s));
  BOOST_TEST((after("17") == 17s));
  BOOST_TEST((after("99999999999999999999999") == 365 * 24h));
  BOOST_TEST((after("9999999999") == 365 * 24h));
  for (const char* const nonsense : {"", "-1", "soon", "1.5", "1 2", "0x10", "+3"}) {
    BOOST_TEST(!after(nonsense).has_value(), nonsense);
  }
}

BOOST_AUTO_TEST_CASE(retry_after_as_a_date_counts_from_the_servers_own_time) {
  const char* const until = "Retry-After: Mon, 23 Nov 2026 12:01:30 GMT";
  BOOST_TEST((read({"HTTP/1.1 503 No", until}).retry_after == 90s));
  BOOST_TEST(
      (read({"HTTP/1.1 503 No", until, "Date: Mon, 23 Nov 2026 12:01:00 GMT"}).retry_after == 30s));
  BOOST_TEST(
      (read({"HTTP/1.1 503 No", until, "Date: Mon, 23 Nov 2026 13:00:00 GMT"}).retry_after == 0s));
  BOOST_TEST((read({"HTTP/1.1 503 No", "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT"}).retry_after ==
              365 * 24h));
}

BOOST_AUTO_TEST_CASE(heads_before_the_replys_own_are_passed_over) {
  HeadReader reader;
  for (const char* const line :
       {"HTTP/1.1 103 Early Hints\r\n", "Content-Type: text/html\r\n", "Retry-After: 5\r\n", "\r\n",
        "HTTP/1.1 100 Continue\r\n", "\r\n", "HTTP/1.1 200 OK\r\n"}) {
    BOOST_TEST((reader.read(line) == Step::more));
    BOOST_TEST(!reader.complete());
  }
  BOOST_TEST((reader.read("\r\n") == Step::complete));
  BOOST_TEST(reader.head(noon).status == 200);
  BOOST_TEST(reader.head(noon).content_type == "");
  BOOST_TEST(!reader.head(noon).retry_after.has_value());
}

BOOST_AUTO_TEST_CASE(trailers_change_nothing) {
  HeadReader reader;
  BOOST_TEST((reader.read("HTTP/1.1 200 OK\r\n") == Step::more));
  BOOST_TEST((reader.read("\r\n") == Step::complete));
  BOOST_TEST((reader.read("Content-Type: text/html\r\n") == Step::more));
  BOOST_TEST((reader.read("\r\n") == Step::more));
  BOOST_TEST(reader.head(noon).content_type == "");
}

BOOST_AUTO_TEST_CASE(the_first_of_two_fields_counts) {
  BOOST_TEST(read({"HTTP/1.1 200 OK", "content-type: application/json", "Content-Type: text/html"})
                 .content_type == "application/json");
  BOOST_TEST(
      read({"HTTP/1.1 200 OK", "content-type:", "Content-Type: application/json"}).content_type ==
      "");
}

BOOST_AUTO_TEST_CASE(lines_that_are_no_fields_are_passed_over) {
  BOOST_TEST(read({"HTTP/1.1 200 OK", "no colon", ": no name", " folded: x", "Content-Type : a/b",
                   "Content-Type: c/d"})
                 .content_type == "c/d");
}

BOOST_AUTO_TEST_CASE(a_status_that_is_none_is_malformed) {
  for (const char* const line :
       {"HTTP/1.1 \r\n", "HTTP/1.1\r\n", "HTTP/1.1 abc\r\n", "HTTP/1.1 99 x\r\n",
        "HTTP/1.1 -20 x\r\n", "HTTP/1.1 600 x\r\n", "HTTP/1.1 000 x\r\n"}) {
    HeadReader reader;
    BOOST_TEST((reader.read(line) == Step::more));
    BOOST_TEST((reader.read("\r\n") == Step::malformed), line);
    BOOST_TEST(!reader.complete());
  }
  HeadReader reader;
  BOOST_TEST((reader.read("\r\n") == Step::malformed));
}

BOOST_AUTO_TEST_CASE(heads_have_a_limit_together) {
  HeadReader reader;
  const std::string hint = "HTTP/1.1 100 Continue\r\n";
  std::size_t bytes = 0;
  while (bytes + hint.size() + 2 <= HeadReader::largest) {
    BOOST_REQUIRE((reader.read(hint) == Step::more));
    BOOST_REQUIRE((reader.read("\r\n") == Step::more));
    bytes += hint.size() + 2;
  }
  BOOST_TEST((reader.read(std::string(HeadReader::largest - bytes, 'x')) == Step::more));
  BOOST_TEST((reader.read("x") == Step::too_large));
}

BOOST_AUTO_TEST_SUITE_END()
