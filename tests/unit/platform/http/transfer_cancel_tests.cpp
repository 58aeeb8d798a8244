// A transfer may be cancelled or destroyed at every point, by whomever.
#include <boost/test/unit_test.hpp>
#include <functional>
#include <list>
#include <memory>
#include <string>

#include "platform/http/client.hpp"
#include "platform/loop/deferred.hpp"
#include "support/loop_fixture.hpp"
#include "unit/platform/http/record.hpp"
#include "unit/platform/http/scripted_server.hpp"

using namespace std::chrono_literals;
using namespace blindfold::http;
using namespace blindfold::http::test;
using blindfold::support::LoopFixture;
using Connection = ScriptedServer::Connection;

namespace {

/// Sends a piece whenever there is room, without an end.
void stream(Connection& connection) {
  std::string request;
  if (connection.take_request(request)) {
    connection.send("HTTP/1.1 200 OK\r\n\r\n");
    connection.send_endlessly("piece");
  }
}

struct Owner {
  Owner(blindfold::loop::Loop& loop, const std::string& url)
      : client(client_of(loop, {.url = url})),
        transfer(std::make_unique<Transfer>(*client, record)) {}
  std::unique_ptr<Client> client;
  Record record;
  std::unique_ptr<Transfer> transfer;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(transfer_cancel_tests)

BOOST_FIXTURE_TEST_CASE(before_anything_happened, LoopFixture) {
  ScriptedServer server(loop(), reply("x"));
  Owner owner(loop(), server.url());
  owner.transfer->cancel();
  owner.transfer->start(get("/"));
  owner.transfer->cancel();
  BOOST_TEST(!owner.transfer->running());
  owner.transfer->cancel();
  turn(10);
  BOOST_TEST(!owner.record.ended());
  BOOST_TEST(server.connections().empty());

  owner.transfer->start(get("/"));
  BOOST_REQUIRE(run_until([&] { return owner.record.ended(); }));
  BOOST_TEST(owner.record.succeeded());
}

BOOST_FIXTURE_TEST_CASE(after_any_number_of_turns, LoopFixture) {
  ScriptedServer server(loop(), stream);
  for (int turns = 0; turns < 40; ++turns) {
    Owner owner(loop(), server.url());
    Request request = get("/");
    request.max_body = 100'000'000;
    owner.transfer->start(std::move(request));
    turn(turns);
    const int pieces = owner.record.pieces;
    if (turns % 2 == 0) {
      owner.transfer.reset();
    } else {
      owner.transfer->cancel();
    }
    turn(10);
    BOOST_TEST(owner.record.pieces == pieces);
    BOOST_TEST(!owner.record.ended());
  }
}

BOOST_FIXTURE_TEST_CASE(from_within_each_of_its_calls, LoopFixture) {
  enum class Point { head, data, end };
  for (const Point point : {Point::head, Point::data, Point::end}) {
    for (const bool destroyed : {false, true}) {
      for (const bool wanted : {false, true}) {
        ScriptedServer server(loop(), point == Point::end
                                          ? [](Connection& connection) {
                                              std::string request;
                                              if (connection.take_request(request)) {
                                                connection.send(reply("piece"));
                                              }
                                            }
                                          : stream);
        Owner owner(loop(), server.url());
        bool done = false;
        const auto finish = [&] {
          destroyed ? owner.transfer.reset() : owner.transfer->cancel();
          done = true;
          return wanted;
        };
        if (point == Point::head) {
          owner.record.at_head = finish;
        } else if (point == Point::data) {
          owner.record.at_data = finish;
        } else {
          owner.record.at_end = finish;
        }
        owner.transfer->start(get("/"));
        BOOST_REQUIRE(run_until([&] { return done; }));
        turn(10);
        BOOST_TEST(owner.record.heads.size() == 1U);
        BOOST_TEST(owner.record.pieces == (point == Point::head ? 0 : 1));
        BOOST_TEST(owner.record.ended() == (point == Point::end));
        BOOST_TEST(!(owner.transfer && owner.transfer->running()));
        if (point != Point::end) {
          BOOST_REQUIRE(run_until([&] { return server.open_connections() == 0; }));
        }
      }
    }
  }
}

BOOST_FIXTURE_TEST_CASE(started_again_from_within_each_of_its_calls, LoopFixture) {
  ScriptedServer server(loop(), reply("piece"));
  for (const int point : {0, 1, 2}) {
    Owner owner(loop(), server.url());
    bool again = false;
    const auto restart = [&] {
      if (!std::exchange(again, true)) {
        owner.transfer->cancel();
        owner.record.forget();
        owner.transfer->start(get("/again"));
      }
      return true;
    };
    if (point == 0) {
      owner.record.at_head = restart;
    } else if (point == 1) {
      owner.record.at_data = restart;
    } else {
      owner.record.at_end = restart;
    }
    owner.transfer->start(get("/first"));
    BOOST_REQUIRE(run_until([&] { return again && owner.record.ended(); }));
    BOOST_TEST(owner.record.succeeded(), owner.record.what());
    BOOST_TEST(owner.record.body == "piece");
    BOOST_TEST(server.requests().back().starts_with("GET /again"));
  }
}

BOOST_FIXTURE_TEST_CASE(one_from_within_anothers_calls, LoopFixture) {
  ScriptedServer server(loop(), reply("piece"));
  for (const int point : {0, 1, 2}) {
    for (const bool cancelled_is_first : {true, false}) {
      const auto client = client_of(loop(), {.url = server.url()}, {.connections = 2});
      Record first;
      Record second;
      auto one = std::make_unique<Transfer>(*client, first);
      auto two = std::make_unique<Transfer>(*client, second);
      Record& acting = cancelled_is_first ? second : first;
      Record& other = cancelled_is_first ? first : second;
      int other_calls = -1;
      const auto calls = [&] {
        return static_cast<int>(other.heads.size()) + other.pieces + (other.ended() ? 1 : 0);
      };
      const auto end_other = [&] {
        (cancelled_is_first ? one : two).reset();
        other_calls = calls();
        return true;
      };
      if (point == 0) {
        acting.at_head = end_other;
      } else if (point == 1) {
        acting.at_data = end_other;
      } else {
        acting.at_end = end_other;
      }
      one->start(get("/1"));
      two->start(get("/2"));
      BOOST_REQUIRE(run_until([&] { return acting.ended(); }));
      turn(10);
      BOOST_TEST(calls() == other_calls);
      BOOST_TEST(acting.succeeded(), acting.what());
    }
  }
}

BOOST_FIXTURE_TEST_CASE(everything_and_the_client_from_within_an_end, LoopFixture) {
  ScriptedServer server(loop(), reply("piece"));
  for (const int waiting : {0, 1, 20}) {
    auto client = client_of(loop(), {.url = server.url()}, {.connections = 2});
    std::list<Record> records(static_cast<std::size_t>(waiting) + 1);
    std::list<Transfer> transfers;
    for (Record& record : records) {
      transfers.emplace_back(*client, record).start(get("/"));
    }
    bool gone = false;
    records.front().at_end = [&] {
      transfers.clear();
      client.reset();
      gone = true;
    };
    BOOST_REQUIRE(run_until([&] { return gone; }));
    turn(10);
  }
}

BOOST_FIXTURE_TEST_CASE(everything_and_the_client_at_the_deadline, LoopFixture) {
  ScriptedServer server(loop(), [](Connection&) {});
  auto client = client_of(loop(), {.url = server.url()});
  Record record;
  auto transfer = std::make_unique<Transfer>(*client, record);
  record.at_end = [&] {
    transfer.reset();
    client.reset();
  };
  Request request = get("/");
  request.timeout = 20ms;
  transfer->start(std::move(request));
  BOOST_REQUIRE(run_until([&] { return client == nullptr; }));
  turn(5);
}

BOOST_FIXTURE_TEST_CASE(a_client_goes_with_connections_kept, LoopFixture) {
  ScriptedServer server(loop(), reply("x"));
  {
    Owner owner(loop(), server.url());
    owner.transfer->start(get("/"));
    BOOST_REQUIRE(run_until([&] { return owner.record.ended(); }));
    BOOST_TEST(server.open_connections() == 1U);
    owner.transfer.reset();
  }
  BOOST_REQUIRE(run_until([&] { return server.open_connections() == 0; }));
}

BOOST_FIXTURE_TEST_CASE(a_waiting_one_does_not_hold_the_others_up, LoopFixture) {
  ScriptedServer server(loop(), [](Connection& connection) {
    std::string request;
    if (connection.take_request(request) && !request.starts_with("GET /hold")) {
      connection.send(reply("x"));
    }
  });
  const auto client = client_of(loop(), {.url = server.url()});
  Record held;
  Record waiting;
  Record last;
  Transfer holds(*client, held);
  Transfer waits(*client, waiting);
  Transfer goes(*client, last);
  holds.start(get("/hold"));
  waits.start(get("/waits"));
  goes.start(get("/goes"));
  BOOST_REQUIRE(run_until([&] { return server.requests().size() == 1; }));
  turn(5);
  waits.cancel();
  turn(5);
  BOOST_TEST(server.requests().size() == 1U);
  holds.cancel();
  BOOST_REQUIRE(run_until([&] { return last.ended(); }));
  BOOST_TEST(last.succeeded(), last.what());
  BOOST_TEST(server.requests().size() == 2U);
  BOOST_TEST(!waiting.ended());
}

BOOST_FIXTURE_TEST_CASE(two_clients_know_nothing_of_each_other, LoopFixture) {
  ScriptedServer server(loop(), reply("x"));
  auto first = std::make_unique<Owner>(loop(), server.url());
  Owner second(loop(), server.url());
  first->transfer->start(get("/1"));
  second.transfer->start(get("/2"));
  first->transfer.reset();
  first.reset();
  BOOST_REQUIRE(run_until([&] { return second.record.ended(); }));
  BOOST_TEST(second.record.succeeded());
}

BOOST_AUTO_TEST_SUITE_END()
