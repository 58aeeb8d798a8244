// Many requests at a time over HTTP/2.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <list>
#include <string>

#include "platform/http/client.hpp"
#include "support/certificates.hpp"
#include "support/loop_fixture.hpp"
#include "unit/platform/http/record.hpp"
#include "unit/platform/http/tls_server.hpp"

using namespace std::chrono_literals;
using namespace blindfold::http;
using namespace blindfold::http::test;
using blindfold::base::ErrorKind;
using blindfold::support::Certificates;
using blindfold::support::LoopFixture;

namespace {

struct Many : LoopFixture {
  explicit Many(TlsServerOptions options = {}) : server(options) {}

  Endpoint endpoint() const {
    return {.url = server.url(), .ca_pem = Certificates::get().authority.certificate};
  }

  /// What the server answers to one who asks over a connection of their own.
  std::string ask(const std::string& target) {
    Asking asking(loop(), endpoint());
    asking.transfer.start(get(target));
    BOOST_REQUIRE(run_until([&] { return asking.record.ended(); }));
    BOOST_REQUIRE_MESSAGE(asking.record.succeeded(), asking.record.what());
    return asking.record.body;
  }

  void hold(Client& client, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      Request request = get("/hold");
      request.timeout = std::nullopt;
      transfers.emplace_back(client, records.emplace_back()).start(std::move(request));
    }
  }
  std::size_t held() const {
    return static_cast<std::size_t>(
        std::ranges::count_if(records, [](const Record& each) { return each.heads.size() == 1; }));
  }
  std::size_t ended() const {
    return static_cast<std::size_t>(std::ranges::count_if(records, &Record::ended));
  }

  TlsServer server;
  std::list<Record> records;
  std::list<Transfer> transfers;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(multiplexing_tests)

BOOST_FIXTURE_TEST_CASE(eighty_requests_share_one_connection, Many) {
  const auto client = client_of(loop(), endpoint(), {.connections = 10});
  hold(*client, 80);
  BOOST_REQUIRE(run_until([&] { return held() == 80; }));
  BOOST_TEST(ask("/stats").starts_with(R"({"connections": 2, "held": [80, 0])"));
  BOOST_TEST(ask("/tell/piece") == "told");
  BOOST_REQUIRE(run_until([&] {
    return std::ranges::all_of(records, [](const Record& each) { return each.body == "piece"; });
  }));
  BOOST_TEST(ask("/close") == "closed");
  BOOST_REQUIRE(run_until([&] { return ended() == 80; }));
  BOOST_TEST(std::ranges::all_of(records, &Record::succeeded));
  transfers.clear();
}

BOOST_FIXTURE_TEST_CASE(what_is_beyond_the_streams_takes_another_connection, Many) {
  const auto client = client_of(loop(), endpoint(), {.streams = 80, .connections = 10});
  hold(*client, 200);
  BOOST_REQUIRE(run_until([&] { return held() == 200; }));
  BOOST_TEST(ask("/stats").starts_with(R"({"connections": 4, "held": [80, 80, 40, 0])"));
  transfers.clear();
}

BOOST_FIXTURE_TEST_CASE(what_is_beyond_the_connections_waits, Many) {
  const auto client = client_of(loop(), endpoint(), {.streams = 30, .connections = 2});
  hold(*client, 100);
  BOOST_REQUIRE(run_until([&] { return held() == 60; }));
  BOOST_TEST(ask("/stats").starts_with(R"({"connections": 3, "held": [30, 30, 0])"));
  BOOST_TEST(held() == 60U);
  for (int i = 0; i < 15; ++i) {
    transfers.pop_front();
  }
  BOOST_REQUIRE(run_until([&] { return held() == 75; }));
  BOOST_TEST(ask("/close") == "closed");
  BOOST_REQUIRE(run_until([&] { return held() == 100 && ended() == 60; }));
  const std::string stats = ask("/stats");
  BOOST_TEST(stats.contains(R"("most": [30, 30,)"), stats);
  transfers.clear();
}

BOOST_FIXTURE_TEST_CASE(a_call_beside_streams_goes_over_their_connection, Many) {
  const auto client = client_of(loop(), endpoint());
  hold(*client, 5);
  BOOST_REQUIRE(run_until([&] { return held() == 5; }));
  Record record;
  Transfer transfer(*client, record);
  for (int i = 0; i < 20; ++i) {
    record.forget();
    transfer.start(get("/size/100000"));
    BOOST_REQUIRE(run_until([&] { return record.ended(); }));
    BOOST_TEST(record.succeeded(), record.what());
    BOOST_TEST(record.body.size() == 100'000U);
  }
  BOOST_TEST(ask("/stats").starts_with(R"({"connections": 2, "held": [5, 0])"));
  transfers.clear();
}

BOOST_AUTO_TEST_CASE(fewer_streams_where_the_server_says_so) {
  Many many({.streams = 10});
  const auto client = client_of(many.loop(), many.endpoint(), {.connections = 10});
  many.hold(*client, 30);
  BOOST_REQUIRE(many.run_until([&] { return many.held() == 30; }));
  BOOST_TEST(many.ask("/stats").starts_with(R"({"connections": 4, "held": [10, 10, 10, 0])"));
  many.transfers.clear();
}

BOOST_AUTO_TEST_CASE(without_http2_each_takes_a_connection) {
  Many many({.http2 = false});
  const auto client = client_of(many.loop(), many.endpoint(), {.connections = 5});
  many.hold(*client, 8);
  BOOST_REQUIRE(many.run_until([&] { return many.held() == 5; }));
  BOOST_TEST(many.ask("/stats").starts_with(R"({"connections": 6, "held": [1, 1, 1, 1, 1, 0])"));
  many.transfers.pop_front();
  BOOST_REQUIRE(many.run_until([&] { return many.held() == 6; }));
  many.transfers.clear();
}

BOOST_FIXTURE_TEST_CASE(one_stream_that_fails_leaves_the_others_alone, Many) {
  const auto client = client_of(loop(), endpoint());
  hold(*client, 10);
  BOOST_REQUIRE(run_until([&] { return held() == 10; }));
  Record record;
  Transfer transfer(*client, record);
  transfer.start(get("/reset"));
  BOOST_REQUIRE(run_until([&] { return record.ended(); }));
  BOOST_TEST((record.kind() == ErrorKind::unreachable), record.what());
  record.forget();
  Request request = get("/size/1000000");
  request.max_body = 1000;
  transfer.start(std::move(request));
  BOOST_REQUIRE(run_until([&] { return record.ended(); }));
  BOOST_TEST((record.kind() == ErrorKind::limit), record.what());
  record.forget();
  transfer.start(get("/size/1000000"));
  BOOST_REQUIRE(run_until([&] { return !record.body.empty() || record.ended(); }));
  transfer.cancel();
  turn(5);
  BOOST_TEST(ended() == 0U);
  BOOST_TEST(ask("/tell/still") == "told");
  BOOST_REQUIRE(run_until([&] {
    return std::ranges::all_of(records, [](const Record& each) { return each.body == "still"; });
  }));
  transfers.clear();
}

BOOST_FIXTURE_TEST_CASE(a_head_beyond_all_limits_ends_its_request, Many) {
  const auto client = client_of(loop(), endpoint());
  Record record;
  Transfer transfer(*client, record);
  transfer.start(get("/huge"));
  BOOST_REQUIRE(run_until([&] { return record.ended(); }));
  BOOST_TEST(!record.succeeded());
  BOOST_TEST(record.heads.empty());
  record.forget();
  transfer.start(get("/text"));
  BOOST_REQUIRE(run_until([&] { return record.ended(); }));
  BOOST_TEST(record.body == "hello");
}

BOOST_FIXTURE_TEST_CASE(all_streams_of_a_connection_that_breaks_end, Many) {
  const auto client = client_of(loop(), endpoint());
  for (const char* const how : {"/drop", "/goaway"}) {
    records.clear();
    hold(*client, 20);
    BOOST_REQUIRE(run_until([&] { return held() == 20; }));
    Record record;
    Transfer transfer(*client, record);
    Request request = get(how);
    request.timeout = 1s;
    transfer.start(std::move(request));
    BOOST_REQUIRE(run_until([&] { return ended() == 20; }));
    BOOST_TEST(std::ranges::all_of(
        records, [](const Record& each) { return each.kind() == ErrorKind::unreachable; }));
    transfer.cancel();
    transfers.clear();
  }
  BOOST_TEST(ask("/text") == "hello");
}

BOOST_FIXTURE_TEST_CASE(a_server_that_is_killed_ends_all_and_another_try_says_so, Many) {
  const auto client = client_of(loop(), endpoint());
  hold(*client, 80);
  BOOST_REQUIRE(run_until([&] { return held() == 80; }));
  server.kill();
  BOOST_REQUIRE(run_until([&] { return ended() == 80; }));
  BOOST_TEST(std::ranges::all_of(
      records, [](const Record& each) { return each.kind() == ErrorKind::unreachable; }));
  Record record;
  Transfer transfer(*client, record);
  transfer.start(get("/text"));
  BOOST_REQUIRE(run_until([&] { return record.ended(); }));
  BOOST_TEST(record.what() == "cannot connect to " + server.server() + ": Connection refused");
  transfers.clear();
}

BOOST_FIXTURE_TEST_CASE(cancelled_in_any_order_from_within_each_others_data, Many) {
  const auto client = client_of(loop(), endpoint());
  hold(*client, 60);
  BOOST_REQUIRE(run_until([&] { return held() == 60; }));
  std::size_t seed = 1;
  int told = 0;
  for (Record& record : records) {
    record.at_data = [&] {
      ++told;
      for (int i = 0; i < 3 && !transfers.empty(); ++i) {
        seed = seed * 7919 % 104'729;
        transfers.erase(
            std::next(transfers.begin(), static_cast<std::ptrdiff_t>(seed % transfers.size())));
      }
      return true;
    };
  }
  // Whom the others cancelled first is told nothing, so that once is not enough.
  while (!transfers.empty()) {
    const int before = told;
    BOOST_TEST(ask("/tell/piece") == "told");
    BOOST_REQUIRE(run_until([&] { return told > before || transfers.empty(); }));
  }
  BOOST_TEST(told == 20);
  Record record;
  Transfer transfer(*client, record);
  transfer.start(get("/text"));
  BOOST_REQUIRE(run_until([&] { return record.ended(); }));
  BOOST_TEST(record.body == "hello");
}

BOOST_AUTO_TEST_SUITE_END()
