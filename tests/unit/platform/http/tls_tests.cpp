// Whom a client trusts, who it says it is, and what is said where either fails.
#include <fcntl.h>
#include <sys/mount.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <string>

#include "platform/http/client.hpp"
#include "support/certificates.hpp"
#include "support/loop_fixture.hpp"
#include "support/scratch_folder.hpp"
#include "support/scratch_mount.hpp"
#include "unit/platform/http/record.hpp"
#include "unit/platform/http/scripted_server.hpp"
#include "unit/platform/http/tls_server.hpp"

using namespace std::chrono_literals;
using namespace blindfold::http;
using namespace blindfold::http::test;
using blindfold::base::ErrorKind;
using blindfold::support::Certificates;
using blindfold::support::Identity;
using blindfold::support::LoopFixture;
using blindfold::support::may_mount;
using blindfold::support::ScratchFolder;
using boost::unit_test::precondition;

namespace {

const Certificates& certificates() {
  return Certificates::get();
}

Endpoint endpoint_of(const TlsServer& server) {
  return {.url = server.url(), .ca_pem = certificates().authority.certificate};
}

struct Tls : LoopFixture {
  /// Asks for `target`, and what came of it.
  Record ask(Endpoint endpoint, const std::string& target = "/text") {
    Asking asking(loop(), std::move(endpoint));
    asking.transfer.start(get(target), blindfold::http::bearer(secret_of("s3cr3t")));
    BOOST_REQUIRE(run_until([&] { return asking.record.ended(); }));
    BOOST_TEST(!asking.record.what().contains("s3cr3t"));
    return asking.record;
  }
};

void refused(const Record& record, const std::string& what) {
  BOOST_TEST((record.kind() == ErrorKind::denied));
  BOOST_TEST(record.what() == what);
  BOOST_TEST(record.heads.empty());
  BOOST_TEST(record.end->error().hint != "");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(tls_tests)

BOOST_FIXTURE_TEST_CASE(a_server_that_is_vouched_for_is_spoken_to, Tls) {
  for (const char* const version : {"TLSv1_2", "TLSv1_3"}) {
    for (const bool http2 : {true, false}) {
      const TlsServer server({.http2 = http2, .tls = version});
      const Record record = ask(endpoint_of(server), "/who");
      BOOST_TEST(record.succeeded(), record.what());
      BOOST_TEST(record.body.contains(http2 ? R"("protocol": "h2")" : R"("protocol": "http/1.1")"));
    }
  }
}

BOOST_FIXTURE_TEST_CASE(an_old_version_of_tls_is_refused, Tls) {
  const TlsServer server({.tls = "TLSv1_1"});
  refused(ask(endpoint_of(server)), "no TLS with " + server.server());
}

BOOST_FIXTURE_TEST_CASE(a_server_that_is_not_vouched_for_is_told_nothing, Tls) {
  const TlsServer server;
  const std::string certificate = "the certificate of " + server.server();
  refused(ask({.url = server.url(), .ca_pem = certificates().other_authority.certificate}),
          certificate + " is not vouched for by the certificates that are trusted for it");
  refused(ask({.url = server.url()}),
          certificate + " is not vouched for by the certificates that are trusted for it");
}

BOOST_FIXTURE_TEST_CASE(each_other_reason_is_told_apart, Tls) {
  const TlsServer elsewhere({.identity = &certificates().elsewhere});
  refused(ask(endpoint_of(elsewhere)),
          "the certificate of " + elsewhere.server() + " is for another name");
  const TlsServer expired({.identity = &certificates().expired});
  refused(ask(endpoint_of(expired)), "the certificate of " + expired.server() + " has expired");
  const TlsServer to_come({.identity = &certificates().not_yet_valid});
  refused(ask(endpoint_of(to_come)),
          "the certificate of " + to_come.server() + " is not valid yet");
}

BOOST_FIXTURE_TEST_CASE(without_verification_all_of_them_are_spoken_to, Tls) {
  for (const Identity* const identity :
       {&certificates().elsewhere, &certificates().expired, &certificates().not_yet_valid}) {
    const TlsServer server({.identity = identity});
    const Record record = ask({.url = server.url(), .verify = false});
    BOOST_TEST(record.succeeded(), record.what());
  }
}

BOOST_FIXTURE_TEST_CASE(another_name_may_be_expected, Tls) {
  const TlsServer elsewhere({.identity = &certificates().elsewhere});
  Endpoint endpoint = endpoint_of(elsewhere);
  endpoint.server_name = "elsewhere.test";
  const Record record = ask(std::move(endpoint), "/who");
  BOOST_TEST(record.succeeded(), record.what());
  BOOST_TEST(record.body.contains(R"("sni": "elsewhere.test")"), record.body);
  BOOST_TEST(record.body.contains(R"(":authority": ")" + elsewhere.server() + '"'), record.body);

  const TlsServer http1({.identity = &certificates().elsewhere, .http2 = false});
  endpoint = endpoint_of(http1);
  endpoint.server_name = "elsewhere.test";
  const Record plain = ask(std::move(endpoint), "/who");
  BOOST_TEST(plain.body.contains(R"("Host": ")" + http1.server() + '"'), plain.body);

  const TlsServer server;
  endpoint = endpoint_of(server);
  endpoint.server_name = "elsewhere.test";
  refused(ask(std::move(endpoint)),
          "the certificate of " + server.server() + " is for another name");
}

BOOST_FIXTURE_TEST_CASE(a_client_certificate_says_who_asks, Tls) {
  for (const char* const version : {"TLSv1_2", "TLSv1_3"}) {
    const TlsServer server({.client_authority = &certificates().authority, .tls = version});
    Endpoint endpoint = endpoint_of(server);
    endpoint.certificate_pem = certificates().client.certificate;
    endpoint.key_pem = secret_of(certificates().client.key);
    const Record record = ask(std::move(endpoint), "/who");
    BOOST_TEST(record.succeeded(), record.what());
    BOOST_TEST(record.body.contains(R"("client": "client")"), record.body);

    const Record without = ask(endpoint_of(server));
    BOOST_TEST((without.kind() == ErrorKind::denied), version << ": " << without.what());
    BOOST_TEST(without.what() == server.server() + " refused the connection in TLS");

    endpoint = endpoint_of(server);
    endpoint.certificate_pem = certificates().other_client.certificate;
    endpoint.key_pem = secret_of(certificates().other_client.key);
    const Record other = ask(std::move(endpoint));
    BOOST_TEST((other.kind() == ErrorKind::denied), version << ": " << other.what());
  }
}

BOOST_FIXTURE_TEST_CASE(who_does_not_speak_tls, Tls) {
  for (const char* const words : {"HTTP/1.1 400 Bad Request\r\n\r\n", ""}) {
    ScriptedServer server(loop(), [&](ScriptedServer::Connection& connection) {
      if (!connection.received().empty()) {
        connection.send(words);
        connection.close();
      }
    });
    const Record record =
        ask({.url = "https://" + server.server(), .ca_pem = certificates().authority.certificate});
    const bool silent = std::string_view(words).empty();
    BOOST_TEST((record.kind() == (silent ? ErrorKind::unreachable : ErrorKind::denied)),
               record.what());
    BOOST_TEST(record.what().contains(server.server()));
  }
}

BOOST_FIXTURE_TEST_CASE(a_handshake_that_does_not_go_on_ends_in_time, Tls) {
  ScriptedServer server(loop(), [](ScriptedServer::Connection&) {});
  Asking asking(
      loop(), {.url = "https://" + server.server(), .ca_pem = certificates().authority.certificate},
      {.connect_timeout = 200ms});
  asking.transfer.start(get("/"));
  BOOST_REQUIRE(run_until([&] { return asking.record.ended(); }));
  BOOST_TEST(asking.record.what() == "no connection to " + server.server() + " within 200ms");
}

BOOST_FIXTURE_TEST_CASE(other_certificates_from_now_on, Tls) {
  const TlsServer server;
  const Certificates& all = certificates();
  Asking asking(loop(), endpoint_of(server));
  Record before;
  Transfer running(*asking.client, before);
  running.start(get("/hold"));
  BOOST_REQUIRE(run_until([&] { return before.heads.size() == 1; }));

  const auto ask_again = [&](const char* target) {
    asking.record.forget();
    asking.transfer.start(get(target));
    BOOST_REQUIRE(run_until([&] { return asking.record.ended(); }));
    return asking.record.succeeded();
  };
  BOOST_TEST(ask_again("/text"));
  for (int i = 0; i < 3; ++i) {
    BOOST_REQUIRE(asking.client->trust(all.other_authority.certificate).has_value());
    BOOST_TEST(!ask_again("/text"));
    BOOST_TEST((asking.record.kind() == ErrorKind::denied));
    BOOST_REQUIRE(asking.client->trust(all.other_authority.certificate + all.authority.certificate)
                      .has_value());
    BOOST_TEST(ask_again("/text"));
  }
  BOOST_TEST(ask_again("/tell/piece"));
  BOOST_REQUIRE(run_until([&] { return before.body == "piece"; }));
  BOOST_TEST(ask_again("/close"));
  BOOST_REQUIRE(run_until([&] { return before.ended(); }));
  BOOST_TEST(before.succeeded(), before.what());
}

BOOST_FIXTURE_TEST_CASE(what_is_no_certificate_is_refused_and_those_before_stay, Tls) {
  const TlsServer server;
  Asking asking(loop(), endpoint_of(server));
  for (const std::string& pem :
       {std::string("x"), certificates().authority.certificate.substr(0, 200)}) {
    const auto refused = asking.client->trust(pem);
    BOOST_REQUIRE(!refused.has_value());
    BOOST_TEST((refused.error().kind == ErrorKind::configuration));
    BOOST_TEST(!Client::make(loop(), {.url = server.url(), .ca_pem = pem}, {}).has_value());
  }
  asking.transfer.start(get("/text"));
  BOOST_REQUIRE(run_until([&] { return asking.record.ended(); }));
  BOOST_TEST(asking.record.succeeded(), asking.record.what());

  Endpoint endpoint = endpoint_of(server);
  endpoint.certificate_pem = certificates().client.certificate;
  endpoint.key_pem = secret_of(certificates().other_client.key);
  const auto other_key = Client::make(loop(), std::move(endpoint), {});
  BOOST_REQUIRE(!other_key.has_value());
  BOOST_TEST((other_key.error().kind == ErrorKind::configuration));
}

BOOST_FIXTURE_TEST_CASE(connections_that_trusted_others_close_with_their_last_request, Tls) {
  const TlsServer server;
  Asking asking(loop(), endpoint_of(server));
  Record before;
  Transfer running(*asking.client, before);
  running.start(get("/hold"));
  BOOST_REQUIRE(run_until([&] { return before.heads.size() == 1; }));
  const std::size_t open = blindfold::support::open_descriptors();
  for (int i = 0; i < 50; ++i) {
    BOOST_REQUIRE(asking.client->trust(certificates().authority.certificate).has_value());
    turn(3);
  }
  // One more set of certificates, and what curl keeps for it.
  BOOST_TEST(blindfold::support::open_descriptors() <= open + 5);
  running.cancel();
  turn(3);
  BOOST_TEST(blindfold::support::open_descriptors() <= open);
}

BOOST_FIXTURE_TEST_CASE(the_systems_certificates_are_trusted_where_none_are_named, Tls,
                        *precondition(may_mount)) {
  const char* const bundle = "/etc/ssl/certs/ca-certificates.crt";
  BOOST_REQUIRE(::mount(certificates().authority.certificate_file.c_str(), bundle, nullptr, MS_BIND,
                        nullptr) == 0);
  const TlsServer server;
  const Record trusting = ask({.url = server.url()});
  const Record naming =
      ask({.url = server.url(), .ca_pem = certificates().other_authority.certificate});
  ::umount2(bundle, MNT_DETACH);
  BOOST_TEST(trusting.succeeded(), trusting.what());
  BOOST_TEST((naming.kind() == ErrorKind::denied));
}

BOOST_FIXTURE_TEST_CASE(the_systems_folder_of_certificates_is_not_trusted_beside_those_named, Tls,
                        *precondition(may_mount)) {
  const ScratchFolder folder;
  folder.write("authority.crt", certificates().authority.certificate);
  BOOST_REQUIRE(::mount(folder.path().c_str(), "/etc/ssl/certs", nullptr, MS_BIND, nullptr) == 0);
  const TlsServer server;
  const Record naming =
      ask({.url = server.url(), .ca_pem = certificates().other_authority.certificate});
  ::umount2("/etc/ssl/certs", MNT_DETACH);
  BOOST_TEST((naming.kind() == ErrorKind::denied));
}

BOOST_FIXTURE_TEST_CASE(the_environment_changes_nothing, Tls) {
  const TlsServer server;
  for (const char* const name : {"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy",
                                 "ALL_PROXY", "SSL_CERT_FILE", "CURL_CA_BUNDLE"}) {
    ::setenv(name, "http://127.0.0.1:1", 1);
  }
  const Record record = ask(endpoint_of(server));
  for (const char* const name : {"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy",
                                 "ALL_PROXY", "SSL_CERT_FILE", "CURL_CA_BUNDLE"}) {
    ::unsetenv(name);
  }
  BOOST_TEST(record.succeeded(), record.what());
}

BOOST_AUTO_TEST_SUITE_END()
