// Requests as they are sent and replies as they are told, over plain HTTP/1.1.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "platform/http/client.hpp"
#include "support/loop_fixture.hpp"
#include "unit/platform/http/record.hpp"
#include "unit/platform/http/scripted_server.hpp"

using namespace std::chrono_literals;
using namespace blindfold::http;
using namespace blindfold::http::test;
using blindfold::base::ErrorKind;
using blindfold::support::LoopFixture;

BOOST_AUTO_TEST_SUITE(transfer_tests)

BOOST_FIXTURE_TEST_CASE(a_reply_is_told_head_data_end, LoopFixture) {
  ScriptedServer server(loop(), reply("hello", "Content-Type: text/plain\r\n"));
  Asking asking(loop(), {.url = server.url()});
  BOOST_TEST(!asking.transfer.running());
  asking.transfer.start(get("/path?query=1"));
  BOOST_TEST(asking.transfer.running());
  BOOST_TEST(!asking.record.ended());
  BOOST_REQUIRE(run_until([&] { return asking.record.ended(); }));
  BOOST_TEST(asking.record.succeeded(), asking.record.what());
  BOOST_TEST(!asking.transfer.running());
  BOOST_REQUIRE(asking.record.heads.size() == 1U);
  BOOST_TEST(asking.record.heads[0].status == 200);
  BOOST_TEST(asking.record.heads[0].content_type == "text/plain");
  BOOST_TEST(asking.record.body == "hello");
}

BOOST_FIXTURE_TEST_CASE(a_request_says_what_it_was_given_and_nothing_else, LoopFixture) {
  ScriptedServer server(loop(), reply("x"));
  Asking asking(loop(), {.url = server.url() + "/base"}, {.user_agent = "blindfold/1"});
  asking.transfer.start(get("/a/../b%2f?c=d"));
  BOOST_REQUIRE(run_until([&] { return asking.record.ended(); }));
  BOOST_TEST(server.requests().at(0) ==
             "GET /base/a/../b%2f?c=d HTTP/1.1\r\nHost: " + server.server() +
                 "\r\nUser-Agent: blindfold/1\r\nAccept: */*\r\n"
                 "Accept-Encoding: gzip\r\n\r\n");
}

BOOST_FIXTURE_TEST_CASE(headers_and_a_body_are_sent_as_given, LoopFixture) {
  ScriptedServer server(loop(), reply("", "", "201 Created"));
  Asking asking(loop(), {.url = server.url()});
  Request request = get("/things");
  request.method = "PUT";
  request.headers = {{"Accept", "application/json;as=Table"}, {"X-Empty", ""}};
  request.body = std::string("{\"a\":\"\0\"}", 9);
  asking.transfer.start(std::move(request), blindfold::http::bearer(secret_of("t0ken")));
  BOOST_REQUIRE(run_until([&] { return asking.record.ended(); }));
  BOOST_TEST(asking.record.succeeded());
  BOOST_TEST(asking.record.heads.at(0).status == 201);
  BOOST_TEST(server.requests().at(0) ==
             "PUT /things HTTP/1.1\r\nHost: " + server.server() +
                 "\r\nAccept-Encoding: gzip\r\nAccept: application/json;as=Table\r\nX-Empty:\r\n"
                 "Authorization: Bearer t0ken\r\nContent-Length: 9\r\n\r\n{\"a\":\"" +
                 std::string("\0", 1) + "\"}");
}

BOOST_FIXTURE_TEST_CASE(methods, LoopFixture) {
  ScriptedServer server(loop(), "HTTP/1.1 204 No Content\r\n\r\n");
  Asking asking(loop(), {.url = server.url()});
  for (const std::string method : {"GET", "HEAD", "DELETE", "POST", "PATCH", "PUT"}) {
    Request request = get("/");
    request.method = method;
    asking.record.forget();
    asking.transfer.start(std::move(request));
    BOOST_REQUIRE(run_until([&] { return asking.record.ended(); }));
    BOOST_TEST(asking.record.succeeded(), asking.record.what());
    BOOST_TEST(server.requests().back().starts_with(method + " / HTTP/1.1\r\n"));
    const bool writes = method.starts_with('P');
    BOOST_TEST(server.requests().back().contains("Content-Length: 0\r\n") == writes, method);
    BOOST_TEST(!server.requests().back().contains("Content-Type"));
  }
  BOOST_TEST(server.connections().size() == 1U);
}

BOOST_FIXTURE_TEST_CASE(a_large_body_is_sent_without_asking_first, LoopFixture) {
  ScriptedServer server(loop(), reply("done"));
  Asking asking(loop(), {.url = server.url()});
  Request request = get("/");
  request.method = "POST";
  request.body.assign(3UL * 1024 * 1024, 'b');
  asking.transfer.start(std::move(request));
  BOOST_REQUIRE(run_until([&] { return asking.record.ended(); }));
  BOOST_TEST(asking.record.succeeded(), asking.record.what());
  BOOST_TEST(!server.requests().at(0).contains("Expect"));
  BOOST_TEST(server.requests().at(0).ends_with(std::string(3UL * 1024 * 1024, 'b')));
}

BOOST_FIXTURE_TEST_CASE(what_cannot_be_sent_is_refused_later_and_not_repeated, LoopFixture) {
  ScriptedServer server(loop(), reply("x"));
  Asking asking(loop(), {.url = server.url()});
  const auto refused = [&](Request request, std::string_view token) {
    asking.record.forget();
    asking.transfer.start(std::move(request), blindfold::http::bearer(secret_of(token)));
    BOOST_TEST(asking.transfer.running());
    BOOST_TEST(!asking.record.ended());
    BOOST_REQUIRE(run_until([&] { return asking.record.ended(); }));
    return asking.record.kind();
  };
  for (const std::string token : {"se\ncret", "se cret", "secret\r\nX: y", "secret\n",
                                  "s\x80"
                                  "ecret"}) {
    BOOST_TEST((refused(get("/"), token) == ErrorKind::configuration));
    BOOST_TEST(!asking.record.what().contains("cret"));
  }
  BOOST_TEST((refused(get("/"), std::string_view("a\0b", 3)) == ErrorKind::configuration));
  BOOST_TEST((refused(get("/a b"), "") == ErrorKind::internal));
  BOOST_TEST((refused(get("/a\r\nX: y"), "") == ErrorKind::internal));
  BOOST_TEST((refused(get("a"), "") == ErrorKind::internal));
  BOOST_TEST((refused(get(""), "") == ErrorKind::internal));
  BOOST_TEST((refused(get("@elsewhere/"), "") == ErrorKind::internal));
  for (const Header& header :
       {Header{"X", "a\r\nY: b"}, Header{"X: y\r\nZ", "a"}, Header{"", "a"}, Header{"a b", "c"}}) {
    Request request = get("/");
    request.headers = {header};
    BOOST_TEST((refused(std::move(request), "") == ErrorKind::internal));
  }
  Request request = get("/");
  request.method = "GET /x";
  BOOST_TEST((refused(std::move(request), "") == ErrorKind::internal));
  BOOST_TEST(server.requests().empty());
}

BOOST_FIXTURE_TEST_CASE(data_comes_as_it_arrives, LoopFixture) {
  ScriptedServer server(loop(), [](ScriptedServer::Connection& connection) {
    std::string request;
    if (connection.take_request(request)) {
      connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    }
  });
  Asking asking(loop(), {.url = server.url()});
  asking.transfer.start(get("/watch"));
  BOOST_REQUIRE(run_until([&] { return asking.record.heads.size() == 1; }));
  BOOST_TEST(asking.record.body == "");
  for (int i = 1; i <= 5; ++i) {
    server.connections().front().send("3\r\none\r\n");
    BOOST_REQUIRE(run_until([&] { return asking.record.pieces == i; }));
  }
  BOOST_TEST(asking.record.body == "oneoneoneoneone");
  server.connections().front().send("0\r\nX-Trailer: t\r\n\r\n");
  BOOST_REQUIRE(run_until([&] { return asking.record.ended(); }));
  BOOST_TEST(asking.record.succeeded(), asking.record.what());
  BOOST_TEST(asking.record.heads.size() == 1U);
}

BOOST_FIXTURE_TEST_CASE(heads_of_1xx_are_not_told, LoopFixture) {
  ScriptedServer server(loop(), "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + reply("late"));
  Asking asking(loop(), {.url = server.url()});
  asking.transfer.start(get("/"));
  BOOST_REQUIRE(run_until([&] { return asking.record.ended(); }));
  BOOST_TEST(asking.record.heads.size() == 1U);
  BOOST_TEST(asking.record.heads.at(0).status == 200);
  BOOST_TEST(asking.record.body == "late");
}

BOOST_FIXTURE_TEST_CASE(a_redirect_is_a_reply_like_any_other, LoopFixture) {
  ScriptedServer elsewhere(loop(), reply("elsewhere"));
  ScriptedServer server(loop(), reply("", "Location: " + elsewhere.url() + "/\r\n", "302 Found"));
  Asking asking(loop(), {.url = server.url()});
  asking.transfer.start(get("/"), blindfold::http::bearer(secret_of("token")));
  BOOST_REQUIRE(run_until([&] { return asking.record.ended(); }));
  BOOST_TEST(asking.record.heads.at(0).status == 302);
  BOOST_TEST(elsewhere.connections().empty());
}

BOOST_FIXTURE_TEST_CASE(cookies_are_not_kept, LoopFixture) {
  ScriptedServer server(loop(), reply("x", "Set-Cookie: a=b\r\n"));
  Asking asking(loop(), {.url = server.url()});
  for (int i = 0; i < 2; ++i) {
    asking.record.forget();
    asking.transfer.start(get("/"));
    BOOST_REQUIRE(run_until([&] { return asking.record.ended(); }));
  }
  BOOST_TEST(!server.requests().at(1).contains("ookie"));
}

BOOST_FIXTURE_TEST_CASE(the_next_request_may_start_from_within_the_end, LoopFixture) {
  ScriptedServer server(loop(), reply("x"));
  Asking asking(loop(), {.url = server.url()});
  int ends = 0;
  std::function<void()> again = [&] {
    if (++ends < 50) {
      asking.record.forget();
      asking.record.at_end = again;
      asking.transfer.start(get("/" + std::to_string(ends)));
    }
  };
  asking.record.at_end = again;
  asking.transfer.start(get("/0"));
  BOOST_REQUIRE(run_until([&] { return ends == 50; }));
  BOOST_TEST(server.requests().size() == 50U);
  BOOST_TEST(server.connections().size() == 1U);
}

BOOST_FIXTURE_TEST_CASE(a_request_goes_again_where_the_kept_connection_is_closed, LoopFixture) {
  ScriptedServer server(loop(), [](ScriptedServer::Connection& connection) {
    std::string request;
    if (connection.take_request(request)) {
      connection.send(reply("x"));
    }
  });
  Asking asking(loop(), {.url = server.url()});
  asking.transfer.start(get("/1"));
  BOOST_REQUIRE(run_until([&] { return asking.record.ended(); }));
  server.connections().front().close();
  asking.record.forget();
  asking.transfer.start(get("/2"));
  BOOST_REQUIRE(run_until([&] { return asking.record.ended(); }));
  BOOST_TEST(asking.record.succeeded(), asking.record.what());
  BOOST_TEST(server.connections().size() == 2U);
}

BOOST_FIXTURE_TEST_CASE(over_http_1_requests_beyond_the_connections_wait, LoopFixture) {
  ScriptedServer server(loop(), [](ScriptedServer::Connection& connection) {
    std::string request;
    if (connection.take_request(request)) {
      connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    }
  });
  const auto client = client_of(loop(), {.url = server.url()}, {.connections = 3});
  std::list<Record> records(10);
  std::list<Transfer> transfers;
  for (Record& record : records) {
    transfers.emplace_back(*client, record).start(get("/"));
  }
  BOOST_REQUIRE(run_until([&] { return server.requests().size() == 3; }));
  turn(20);
  BOOST_TEST(server.connections().size() == 3U);
  for (auto& connection : server.connections()) {
    connection.send("0\r\n\r\n");
  }
  BOOST_REQUIRE(run_until([&] { return server.requests().size() == 6; }));
  turn(20);
  BOOST_TEST(server.connections().size() == 3U);
  BOOST_TEST(std::ranges::count_if(records, &Record::succeeded) == 3);
}

BOOST_AUTO_TEST_SUITE_END()
