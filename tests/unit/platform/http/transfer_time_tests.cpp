// How long a request waits: for its answer, for the next byte, for a connection.
#include <arpa/inet.h>
#include <sys/socket.h>

#include <boost/test/unit_test.hpp>
#include <optional>
#include <string>
#include <vector>

#include "platform/base/unique_fd.hpp"
#include "platform/http/client.hpp"
#include "support/loop_fixture.hpp"
#include "unit/platform/http/record.hpp"
#include "unit/platform/http/scripted_server.hpp"

using namespace std::chrono_literals;
using namespace blindfold::http;
using namespace blindfold::http::test;
using blindfold::base::ErrorKind;
using blindfold::support::LoopFixture;
using blindfold::support::ManualLoopFixture;
using Connection = ScriptedServer::Connection;

BOOST_AUTO_TEST_SUITE(transfer_time_tests)

BOOST_FIXTURE_TEST_CASE(the_time_for_an_answer_counts_from_the_start, ManualLoopFixture) {
  ScriptedServer server(loop(), "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
  Asking asking(loop(), {.url = server.url()});
  Request request = get("/");
  request.timeout = 30s;
  asking.transfer.start(std::move(request));
  BOOST_REQUIRE(run_until([&] { return asking.record.heads.size() == 1; }));
  for (int i = 0; i < 29; ++i) {
    clock.advance(1s);
    server.connections().front().send("1\r\nx\r\n");
    BOOST_REQUIRE(run_until([&] { return asking.record.pieces == i + 1; }));
  }
  BOOST_TEST(!asking.record.ended());
  clock.advance(1s);
  turn(2);
  BOOST_REQUIRE(asking.record.ended());
  BOOST_TEST((asking.record.kind() == ErrorKind::unreachable));
  BOOST_TEST(asking.record.what() == "no complete answer from " + server.server() + " within 30s");
  BOOST_REQUIRE(run_until([&] { return server.open_connections() == 0; }));
}

BOOST_FIXTURE_TEST_CASE(silence_counts_from_the_last_byte, ManualLoopFixture) {
  ScriptedServer server(loop(), [](Connection&) {});
  Asking asking(loop(), {.url = server.url()});
  Request request = get("/");
  request.timeout = std::nullopt;
  request.silence = 60s;
  asking.transfer.start(std::move(request));
  BOOST_REQUIRE(run_until([&] {
    return !server.connections().empty() && !server.connections().front().received().empty();
  }));
  clock.advance(59s);
  turn(2);
  BOOST_TEST(!asking.record.ended());
  server.connections().front().send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
  BOOST_REQUIRE(run_until([&] { return asking.record.heads.size() == 1; }));
  for (int i = 0; i < 100; ++i) {
    clock.advance(59s);
    turn(2);
    server.connections().front().send("1\r\nx\r\n");
    BOOST_REQUIRE(run_until([&] { return asking.record.pieces == i + 1; }));
  }
  clock.advance(59'999ms);
  turn(3);
  BOOST_TEST(!asking.record.ended());
  clock.advance(1ms);
  turn(3);
  BOOST_REQUIRE(asking.record.ended());
  BOOST_TEST((asking.record.kind() == ErrorKind::unreachable));
  BOOST_TEST(asking.record.what() == "nothing came from " + server.server() + " for 1m");
}

BOOST_FIXTURE_TEST_CASE(silence_from_the_start, ManualLoopFixture) {
  ScriptedServer server(loop(), [](Connection&) {});
  Asking asking(loop(), {.url = server.url()});
  Request request = get("/");
  request.silence = 5s;
  asking.transfer.start(std::move(request));
  BOOST_REQUIRE(run_until([&] { return server.connections().size() == 1; }));
  clock.advance(5s);
  turn(2);
  BOOST_TEST((asking.record.kind() == ErrorKind::unreachable));
  BOOST_TEST(asking.record.heads.empty());
}

BOOST_FIXTURE_TEST_CASE(a_connection_that_does_not_come_about, LoopFixture) {
  // Nobody accepts, and the queue is full: the kernel drops what asks to connect.
  const blindfold::base::UniqueFd full(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const where = reinterpret_cast<sockaddr*>(&address);
  BOOST_REQUIRE(::bind(full.get(), where, size) == 0);
  BOOST_REQUIRE(::listen(full.get(), 0) == 0);
  BOOST_REQUIRE(::getsockname(full.get(), where, &size) == 0);
  std::vector<blindfold::base::UniqueFd> queue;
  for (int i = 0; i < 3; ++i) {
    queue.emplace_back(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    static_cast<void>(::connect(queue.back().get(), where, size));
  }
  const std::string server = "127.0.0.1:" + std::to_string(ntohs(address.sin_port));
  Asking asking(loop(), {.url = "http://" + server}, {.connect_timeout = 300ms});
  asking.transfer.start(get("/"));
  BOOST_REQUIRE(run_until([&] { return asking.record.ended(); }));
  BOOST_TEST((asking.record.kind() == ErrorKind::unreachable));
  BOOST_TEST(asking.record.what() == "no connection to " + server + " within 300ms");
}

BOOST_AUTO_TEST_SUITE_END()
