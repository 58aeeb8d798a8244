// Proxies on the way: what they are told, and what is said where they refuse.
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <string>

#include "platform/http/client.hpp"
#include "support/certificates.hpp"
#include "support/loop_fixture.hpp"
#include "unit/platform/http/record.hpp"
#include "unit/platform/http/scripted_server.hpp"

using namespace blindfold::http;
using namespace blindfold::http::test;
using blindfold::base::ErrorKind;
using blindfold::support::LoopFixture;
using Connection = ScriptedServer::Connection;

BOOST_AUTO_TEST_SUITE(proxy_tests)

BOOST_FIXTURE_TEST_CASE(a_tunnel_is_asked_for_without_the_token, LoopFixture) {
  std::string through;
  ScriptedServer proxy(loop(), [&](Connection& connection) {
    std::string request;
    if (connection.take_request(request)) {
      connection.send("HTTP/1.1 200 Connected\r\nX-Proxy: p\r\n\r\n");
    } else if (!connection.received().empty()) {
      through = connection.received();
      connection.close();
    }
  });
  Asking asking(loop(), {.url = "https://server.invalid:6443",
                         .server_name = "expected.test",
                         .proxy = "http://me:passw0rd@" + proxy.server()});
  asking.transfer.start(get("/"), blindfold::http::bearer(secret_of("t0ken")));
  BOOST_REQUIRE(run_until([&] { return asking.record.ended(); }));
  BOOST_TEST(proxy.requests().at(0).starts_with("CONNECT server.invalid:6443 HTTP/1.1\r\n"));
  BOOST_TEST(proxy.requests().at(0).contains("Proxy-Authorization: Basic bWU6cGFzc3cwcmQ="));
  BOOST_TEST(!proxy.requests().at(0).contains("t0ken"));
  BOOST_TEST(through.starts_with("\x16\x03"));
  BOOST_TEST(through.contains("expected.test"));
  BOOST_TEST(asking.record.heads.empty());
  BOOST_TEST((asking.record.kind() == ErrorKind::unreachable));
}

BOOST_FIXTURE_TEST_CASE(the_environment_makes_no_exception, LoopFixture) {
  ScriptedServer proxy(loop(), reply("through the proxy"));
  Asking asking(loop(), {.url = "http://server.invalid:6443", .proxy = "http://" + proxy.server()});
  ::setenv("no_proxy", "*", 1);
  ::setenv("NO_PROXY", "*", 1);
  asking.transfer.start(get("/"));
  BOOST_REQUIRE(run_until([&] { return asking.record.ended(); }));
  ::unsetenv("no_proxy");
  ::unsetenv("NO_PROXY");
  BOOST_TEST(asking.record.body == "through the proxy", asking.record.what());
}

BOOST_FIXTURE_TEST_CASE(a_proxy_that_refuses_is_named, LoopFixture) {
  for (const std::string status : {"407 Proxy Authentication Required", "403 Forbidden"}) {
    ScriptedServer proxy(loop(), reply("passw0rd", "Connection: close\r\n", status));
    Asking asking(loop(), {.url = "https://server.invalid:6443",
                           .proxy = "http://me:passw0rd@" + proxy.server()});
    asking.transfer.start(get("/"), blindfold::http::bearer(secret_of("t0ken")));
    BOOST_REQUIRE(run_until([&] { return asking.record.ended(); }));
    BOOST_TEST((asking.record.kind() == ErrorKind::unreachable));
    BOOST_TEST(asking.record.what() == "the proxy " + proxy.server() + " answered " +
                                           status.substr(0, 3) +
                                           " and did not connect to server.invalid:6443");
    BOOST_TEST(asking.record.heads.empty());
  }
}

BOOST_FIXTURE_TEST_CASE(a_proxy_that_is_not_there_is_named, LoopFixture) {
  ScriptedServer proxy(loop(), reply("x"));
  proxy.stop_listening();
  Asking asking(loop(), {.url = "https://server.invalid:6443",
                         .proxy = "http://me:passw0rd@" + proxy.server()});
  asking.transfer.start(get("/"));
  BOOST_REQUIRE(run_until([&] { return asking.record.ended(); }));
  BOOST_TEST(asking.record.what() ==
             "cannot connect to the proxy " + proxy.server() + ": Connection refused");
  Asking nameless(loop(), {.url = "https://server.invalid:6443", .proxy = "http://p.invalid:1"});
  nameless.transfer.start(get("/"));
  BOOST_REQUIRE(run_until([&] { return nameless.record.ended(); }));
  BOOST_TEST(nameless.record.what() == "cannot find the address of the proxy p.invalid:1");
}

BOOST_FIXTURE_TEST_CASE(a_socks_proxy_finds_the_address_itself, LoopFixture) {
  std::string asked;
  ScriptedServer proxy(loop(), [&](Connection& connection) {
    if (connection.received().starts_with("\x05\x02") && connection.sent() == 0) {
      connection.send(std::string("\x05\x00", 2));
    } else if (connection.sent() == 2) {
      asked = connection.received();
      connection.send(std::string("\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00", 10));
    } else if (connection.sent() == 12 && connection.received().ends_with("\r\n\r\n")) {
      connection.send(reply("through"));
    }
  });
  Asking asking(loop(),
                {.url = "http://server.invalid:6443", .proxy = "socks5://" + proxy.server()});
  asking.transfer.start(get("/"));
  BOOST_REQUIRE(run_until([&] { return asking.record.ended(); }));
  BOOST_TEST(asking.record.body == "through", asking.record.what());
  BOOST_TEST(asked.contains("server.invalid"));
}

BOOST_FIXTURE_TEST_CASE(a_socks_proxy_that_refuses_is_named, LoopFixture) {
  ScriptedServer proxy(loop(), [&](Connection& connection) {
    if (connection.received().size() > 2) {
      connection.send(connection.sent() == 0 ? std::string("\x05\x00", 2)
                                             : std::string("\x05\x05\x00\x01\0\0\0\0\0\0", 10));
    }
  });
  Asking asking(loop(), {.url = "http://server.invalid:1", .proxy = "socks5://" + proxy.server()});
  asking.transfer.start(get("/"));
  BOOST_REQUIRE(run_until([&] { return asking.record.ended(); }));
  BOOST_TEST((asking.record.kind() == ErrorKind::unreachable));
  BOOST_TEST(asking.record.what() ==
             "the proxy " + proxy.server() + " did not connect to server.invalid:1");
}

BOOST_AUTO_TEST_SUITE_END()
