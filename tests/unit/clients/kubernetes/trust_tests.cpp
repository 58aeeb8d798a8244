#include "clients/kubernetes/trust.hpp"

#include <sys/stat.h>

#include <boost/test/unit_test.hpp>
#include <memory>
#include <optional>
#include <string>

#include "api_fixture.hpp"
#include "clients/kubernetes/call.hpp"
#include "clients/kubernetes/readers.hpp"
#include "support/certificates.hpp"
#include "support/scratch_folder.hpp"
#include "unit/platform/http/tls_server.hpp"

using namespace blindfold::kubernetes;
using namespace std::chrono_literals;
using blindfold::http::test::TlsServer;
using blindfold::support::Certificates;
using blindfold::support::ManualLoopFixture;
using blindfold::support::ScratchFolder;

namespace {

// What the server answers there is no JSON: whoever hears that was connected.
constexpr auto connected = "not the form 200";

struct Rotating : ManualLoopFixture {
  std::string ask(const std::string& authority) {
    Account account;
    account.endpoint.url = server.url();
    account.endpoint.ca_pem = authority;
    account.ca_file = folder.write("ca.crt", authority);
    auto made = Connection::make(loop(), std::move(account), nullptr);
    BOOST_REQUIRE(made.has_value());
    connection = *std::move(made);
    return ask();
  }
  std::string ask() {
    std::optional<std::string> outcome;
    Call call(*connection, reader, [&outcome](const std::optional<Failure>& failure) noexcept {
      outcome = failure ? words(*failure) : "done";
    });
    call.start({.target = "/text", .body = {}});
    BOOST_REQUIRE(run_until([&outcome] { return outcome.has_value(); }));
    return *outcome;
  }

  const TlsServer server;
  const ScratchFolder folder;
  const std::string& right = Certificates::get().authority.certificate;
  const std::string& wrong = Certificates::get().other_authority.certificate;
  AccessReader reader;
  std::unique_ptr<Connection> connection;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(trust_tests)

BOOST_AUTO_TEST_CASE(a_file_is_read_whole) {
  const ScratchFolder folder;
  BOOST_TEST((read_certificates(folder.write("ca.crt", "pem\n")) == "pem\n"));
  BOOST_TEST((read_certificates(folder.write("empty", "")) == ""));
  const std::string large(1024UL * 1024, 'a');
  BOOST_TEST((read_certificates(folder.write("large", large)) == large));
}

BOOST_AUTO_TEST_CASE(what_is_no_such_file_is_not_read) {
  const ScratchFolder folder;
  BOOST_TEST(!read_certificates(folder / "absent"));
  BOOST_TEST(!read_certificates(folder.path().string()));
  BOOST_TEST(!read_certificates(folder.write("larger", std::string(1024UL * 1024 + 1, 'a'))));
  BOOST_REQUIRE(::mkfifo((folder / "fifo").c_str(), 0600) == 0);
  BOOST_TEST(!read_certificates(folder / "fifo"));
}

BOOST_FIXTURE_TEST_CASE(a_server_that_is_not_trusted_has_the_file_read_again, Rotating) {
  BOOST_TEST(ask(wrong) == "not trusted");
  folder.write("ca.crt", right);
  BOOST_TEST(ask() == "not trusted");
  clock.advance(1001ms);
  BOOST_TEST(ask() == connected);
}

BOOST_FIXTURE_TEST_CASE(the_file_is_read_again_after_a_minute, Rotating) {
  BOOST_TEST(ask(right) == connected);
  folder.write("ca.crt", wrong);
  clock.advance(59s);
  BOOST_TEST(ask() == connected);
  clock.advance(2s);
  BOOST_TEST(ask() == "not trusted");
}

BOOST_FIXTURE_TEST_CASE(a_file_that_holds_no_certificate_changes_nothing, Rotating) {
  BOOST_TEST(ask(right) == connected);
  for (const auto* text : {"", "nonsense"}) {
    folder.write("ca.crt", text);
    clock.advance(61s);
    BOOST_TEST(ask() == connected);
  }
  folder.write("ca.crt", wrong);
  clock.advance(61s);
  BOOST_TEST(ask() == "not trusted");
}

BOOST_AUTO_TEST_SUITE_END()
