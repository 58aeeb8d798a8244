// Servers that fail, and what is said of it: never what they sent, nor the token.
#include <zlib.h>

#include <boost/test/unit_test.hpp>
#include <functional>
#include <optional>
#include <string>

#include "platform/http/client.hpp"
#include "support/loop_fixture.hpp"
#include "unit/platform/http/record.hpp"
#include "unit/platform/http/scripted_server.hpp"

using namespace std::chrono_literals;
using namespace blindfold::http;
using namespace blindfold::http::test;
using blindfold::base::ErrorKind;
using blindfold::support::LoopFixture;
using Connection = ScriptedServer::Connection;

namespace {

constexpr std::string_view token = "s3cr3t-t0k3n";

/// What came of one request to a server that does `script` on each request.
struct Outcome {
  template <class Fixture>
  Outcome(Fixture& fixture, std::function<void(Connection&)> script, Request request = get("/"))
      : server(fixture.loop(),
               [script = std::move(script)](Connection& connection) {
                 std::string taken;
                 if (connection.take_request(taken)) {
                   script(connection);
                 }
               }),
        asking(fixture.loop(), {.url = server.url()}) {
    asking.transfer.start(std::move(request), blindfold::http::bearer(secret_of(token)));
    BOOST_REQUIRE(fixture.run_until([&] { return asking.record.ended(); }));
    BOOST_TEST(!what().contains(token));
    if (kind()) {
      BOOST_TEST(what().contains(server.server()), what());
      BOOST_TEST(!asking.record.end->error().hint.contains(token));
    }
  }

  [[nodiscard]] std::optional<ErrorKind> kind() const { return asking.record.kind(); }
  [[nodiscard]] std::string what() const { return asking.record.what(); }
  [[nodiscard]] const Record& record() const { return asking.record; }

  ScriptedServer server;
  Asking asking;
};

std::string gzipped(const std::string& text) {
  std::string out(text.size() / 500 + 1024, '\0');
  z_stream stream{};
  BOOST_REQUIRE(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string in = text;
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  BOOST_REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

Request limited(std::size_t max_body) {
  Request request = get("/");
  request.max_body = max_body;
  return request;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(transfer_fault_tests)

BOOST_FIXTURE_TEST_CASE(nobody_listens, LoopFixture) {
  ScriptedServer server(loop(), reply("x"));
  server.stop_listening();
  Asking asking(loop(), {.url = server.url()});
  asking.transfer.start(get("/"), blindfold::http::bearer(secret_of(token)));
  BOOST_REQUIRE(run_until([&] { return asking.record.ended(); }));
  BOOST_TEST((asking.record.kind() == ErrorKind::unreachable));
  BOOST_TEST(asking.record.what() ==
             "cannot connect to " + server.server() + ": Connection refused");
}

BOOST_FIXTURE_TEST_CASE(a_name_that_is_none, LoopFixture) {
  Asking asking(loop(), {.url = "http://nobody.invalid:1"});
  asking.transfer.start(get("/"), blindfold::http::bearer(secret_of(token)));
  BOOST_REQUIRE(run_until([&] { return asking.record.ended(); }, 60s));
  BOOST_TEST((asking.record.kind() == ErrorKind::unreachable));
  BOOST_TEST(asking.record.what() == "cannot find the address of nobody.invalid:1");
}

BOOST_FIXTURE_TEST_CASE(it_closes_without_a_word, LoopFixture) {
  const Outcome outcome(*this, [](Connection& connection) { connection.close(); });
  BOOST_TEST((outcome.kind() == ErrorKind::unreachable));
  BOOST_TEST(outcome.record().heads.empty());
}

BOOST_FIXTURE_TEST_CASE(it_resets_the_connection, LoopFixture) {
  const Outcome outcome(*this, [](Connection& connection) { connection.reset(); });
  BOOST_TEST((outcome.kind() == ErrorKind::unreachable));
}

BOOST_FIXTURE_TEST_CASE(half_a_head, LoopFixture) {
  const Outcome outcome(*this, [](Connection& connection) {
    connection.send("HTTP/1.1 200 OK\r\nContent-Type: text/pl");
    connection.close();
  });
  BOOST_TEST((outcome.kind() == ErrorKind::unreachable), outcome.what());
  BOOST_TEST(outcome.record().heads.empty());
}

BOOST_FIXTURE_TEST_CASE(half_a_body, LoopFixture) {
  const Outcome outcome(*this, [](Connection& connection) {
    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
    connection.close();
  });
  BOOST_TEST((outcome.kind() == ErrorKind::unreachable));
  BOOST_TEST(outcome.record().body == "half");
}

BOOST_FIXTURE_TEST_CASE(half_a_chunk_and_then_a_reset, LoopFixture) {
  const Outcome outcome(*this, [](Connection& connection) {
    connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab");
    connection.reset();
  });
  BOOST_TEST((outcome.kind() == ErrorKind::unreachable));
}

BOOST_FIXTURE_TEST_CASE(what_is_not_http, LoopFixture) {
  const std::string echoed(token);
  for (const std::string& answer :
       {"SSH-2.0-OpenSSH_9.2 " + echoed + "\r\n", std::string("\x16\x03\x01\x02"),
        "HTTP/1.1 " + echoed + "\r\n\r\n", "HTTP/7.3 200 " + echoed + "\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: " + echoed + "\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + echoed + "\r\n",
        std::string(
            "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd")}) {
    const Outcome outcome(*this, [&](Connection& connection) {
      connection.send(answer);
      connection.close();
    });
    BOOST_TEST_INFO(answer << ": " << outcome.what());
    BOOST_TEST((outcome.kind() == ErrorKind::protocol));
  }
}

BOOST_FIXTURE_TEST_CASE(heads_without_an_end, LoopFixture) {
  for (const std::string& line :
       {std::string("X-Filler: ") + std::string(1000, 'x') + "\r\n", std::string(5000, 'y'),
        std::string("\r\nHTTP/1.1 100 Continue\r\nX: y\r\n")}) {
    const Outcome outcome(*this, [&](Connection& connection) {
      connection.send("HTTP/1.1 100 OK\r\n");
      connection.send_endlessly(line);
    });
    BOOST_TEST((outcome.kind() == ErrorKind::limit), outcome.what());
    BOOST_TEST(outcome.record().heads.empty());
  }
}

BOOST_FIXTURE_TEST_CASE(a_body_without_an_end_is_ended_at_the_limit, LoopFixture) {
  const Outcome outcome(
      *this,
      [](Connection& connection) {
        connection.send("HTTP/1.1 200 OK\r\n\r\n");
        connection.send_endlessly(std::string(1000, 'x'));
      },
      limited(100'000));
  BOOST_TEST((outcome.kind() == ErrorKind::limit));
  BOOST_TEST(outcome.what() ==
             "a reply from " + outcome.server.server() + " is larger than 100000 bytes");
  BOOST_TEST(outcome.record().body.size() <= 100'000U);
  BOOST_TEST(outcome.record().body.size() > 80'000U);
}

BOOST_FIXTURE_TEST_CASE(a_body_of_just_the_limit_is_whole, LoopFixture) {
  const auto send = [](Connection& connection) { connection.send(reply(std::string(5000, 'x'))); };
  const Outcome whole(*this, send, limited(5000));
  BOOST_TEST(whole.record().succeeded(), whole.what());
  BOOST_TEST(whole.record().body.size() == 5000U);
  const Outcome refused(*this, send, limited(4999));
  BOOST_TEST((refused.kind() == ErrorKind::limit));
  const Outcome none(*this, send, limited(0));
  BOOST_TEST((none.kind() == ErrorKind::limit));
  BOOST_TEST(none.record().body == "");
}

BOOST_FIXTURE_TEST_CASE(the_limit_counts_what_is_unpacked, LoopFixture) {
  const std::string large(50'000'000, 'x');
  const std::string packed = gzipped(large);
  BOOST_TEST(packed.size() < 100'000U);
  const auto send = [&](Connection& connection) {
    connection.send(reply(packed, "Content-Encoding: gzip\r\n"));
  };
  const Outcome bomb(*this, send, limited(1'000'000));
  BOOST_TEST((bomb.kind() == ErrorKind::limit));
  BOOST_TEST(bomb.record().body.size() <= 1'000'000U);
  const Outcome whole(*this, send, limited(large.size()));
  BOOST_TEST(whole.record().succeeded(), whole.what());
  BOOST_TEST((whole.record().body == large));
}

BOOST_FIXTURE_TEST_CASE(an_encoding_that_was_not_asked_for_is_not_taken_for_the_body, LoopFixture) {
  const Outcome outcome(*this, [](Connection& connection) {
    connection.send(reply("abcd", "Content-Encoding: x-unknown\r\n"));
  });
  BOOST_TEST((outcome.kind() == ErrorKind::protocol));
  BOOST_TEST(outcome.record().body == "");
}

BOOST_FIXTURE_TEST_CASE(an_answer_before_the_request_is_complete, LoopFixture) {
  ScriptedServer server(loop(), [](Connection& connection) {
    if (connection.received().size() > 1000 && connection.sent() == 0) {
      connection.send(reply("too large", "Connection: close\r\n", "413 Too Large"));
    }
  });
  Asking asking(loop(), {.url = server.url()});
  Request request = get("/");
  request.method = "POST";
  request.body.assign(20UL * 1024 * 1024, 'b');
  asking.transfer.start(std::move(request));
  BOOST_REQUIRE(run_until([&] { return asking.record.ended(); }));
  BOOST_TEST(asking.record.heads.at(0).status == 413);
  BOOST_TEST(asking.record.body == "too large");
}

BOOST_FIXTURE_TEST_CASE(what_is_not_wanted_ends_it, LoopFixture) {
  for (const bool at_head : {true, false}) {
    ScriptedServer server(loop(), [](Connection& connection) {
      connection.send("HTTP/1.1 200 OK\r\n\r\n");
      connection.send_endlessly("body");
    });
    Asking asking(loop(), {.url = server.url()});
    if (at_head) {
      asking.record.at_head = [] { return false; };
    } else {
      asking.record.at_data = [] { return false; };
    }
    asking.transfer.start(get("/"));
    BOOST_REQUIRE(run_until([&] { return asking.record.ended(); }));
    BOOST_TEST((asking.record.kind() == ErrorKind::protocol));
    BOOST_TEST(asking.record.pieces == (at_head ? 0 : 1));
    BOOST_REQUIRE(run_until([&] { return server.open_connections() == 0; }));
  }
}

BOOST_FIXTURE_TEST_CASE(after_each_fault_the_client_goes_on, LoopFixture) {
  int turns = 0;
  ScriptedServer server(loop(), [&](Connection& connection) {
    std::string request;
    if (!connection.take_request(request)) {
      return;
    }
    switch (turns++ % 4) {
      case 0:
        connection.reset();
        break;
      case 1:
        connection.send("garbage\r\n\r\n");
        break;
      case 2:
        connection.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx");
        connection.close();
        break;
      default:
        connection.send(reply("good", "Connection: close\r\n"));
        connection.close();
    }
  });
  Asking asking(loop(), {.url = server.url()});
  for (int i = 0; i < 12; ++i) {
    asking.record.forget();
    asking.transfer.start(get("/"));
    BOOST_REQUIRE(run_until([&] { return asking.record.ended(); }));
    BOOST_TEST(asking.record.succeeded() == (i % 4 == 3), i << ": " << asking.record.what());
  }
}

BOOST_AUTO_TEST_SUITE_END()
