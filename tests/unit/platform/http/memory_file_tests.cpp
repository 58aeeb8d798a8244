#include "platform/http/memory_file.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <string>

#include "platform/http/client.hpp"
#include "platform/sandbox/confinement.hpp"
#include "support/certificates.hpp"
#include "support/child.hpp"
#include "support/scratch_folder.hpp"
#include "unit/platform/http/record.hpp"
#include "unit/platform/http/tls_server.hpp"

using namespace std::chrono_literals;
using namespace blindfold::http;
using namespace blindfold::http::test;
using blindfold::support::Certificates;
using blindfold::support::Complaints;
using blindfold::support::contents_of;
using blindfold::support::in_child;
using blindfold::support::in_child_as_nobody;
using blindfold::support::ScratchFolder;

namespace {

/// In a child: a request with a client's certificate, to its end.
void ask(const TlsServer& server, Complaints& complaints) {
  const Certificates& all = Certificates::get();
  const blindfold::base::SystemClock clock;
  blindfold::loop::Loop loop(clock);
  Asking asking(loop, {.url = server.url(),
                       .ca_pem = all.authority.certificate,
                       .certificate_pem = all.client.certificate,
                       .key_pem = secret_of(all.client.key)});
  asking.transfer.start(get("/who"));
  while (!asking.record.ended()) {
    loop.wait_turn();
  }
  complaints.expect(asking.record.succeeded(), asking.record.what());
  complaints.expect(asking.record.body.contains(R"("client": "client")"), "as the client");
}

TlsServer wants_a_certificate() {
  return TlsServer({.client_authority = &Certificates::get().authority});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(memory_file_tests)

BOOST_AUTO_TEST_CASE(empty_is_no_file) {
  BOOST_TEST(MemoryFile().path() == "");
}

BOOST_AUTO_TEST_CASE(it_is_read_from_its_beginning_each_time) {
  const std::string bytes(100'000, 'c');
  const auto file = MemoryFile::with(bytes);
  BOOST_REQUIRE(file.has_value());
  BOOST_TEST(file->path().starts_with("/proc/self/fd/"));
  BOOST_TEST((contents_of(file->path()) == bytes));
  BOOST_TEST((contents_of(file->path()) == bytes));
}

BOOST_AUTO_TEST_CASE(nobody_changes_it_and_no_child_inherits_it) {
  const auto file = MemoryFile::with("certificate");
  BOOST_REQUIRE(file.has_value());
  const blindfold::base::UniqueFd again(::open(file->path().c_str(), O_RDWR | O_CLOEXEC));
  BOOST_REQUIRE(static_cast<bool>(again));
  BOOST_TEST(::write(again.get(), "x", 1) < 0);
  BOOST_TEST(::ftruncate(again.get(), 0) < 0);
  BOOST_TEST(::ftruncate(again.get(), 1000) < 0);
  const int fd = std::stoi(file->path().substr(std::string("/proc/self/fd/").size()));
  BOOST_TEST((::fcntl(fd, F_GETFD) & FD_CLOEXEC) != 0);
  BOOST_TEST(contents_of(file->path()) == "certificate");
}

BOOST_AUTO_TEST_CASE(it_goes_with_its_owner) {
  auto file = MemoryFile::with("certificate");
  BOOST_REQUIRE(file.has_value());
  const std::string path = file->path();
  file = MemoryFile();
  BOOST_TEST(::access(path.c_str(), F_OK) < 0);
}

BOOST_AUTO_TEST_CASE(certificates_are_read_under_landlock) {
  const TlsServer server = wants_a_certificate();
  const ScratchFolder scratch;
  const std::string guarded = scratch.folder("secrets");
  const std::string outside = scratch.write("outside");
  BOOST_TEST(in_child([&](Complaints& complaints) {
               namespace sandbox = blindfold::sandbox;
               const auto confinement =
                   sandbox::confine({sandbox::default_readable(), {}, {guarded}});
               complaints.expect(confinement.has_value() && confinement->holds(), "confined");
               complaints.expect(::open(outside.c_str(), O_RDONLY) < 0, "nothing else is read");
               ask(server, complaints);
             }) == "");
}

BOOST_AUTO_TEST_CASE(certificates_are_read_by_a_user_without_rights_that_cannot_be_dumped) {
  const TlsServer server = wants_a_certificate();
  BOOST_TEST(in_child_as_nobody([&](Complaints& complaints) {
               ::prctl(PR_SET_DUMPABLE, 0);
               ask(server, complaints);
             }) == "");
}

BOOST_AUTO_TEST_SUITE_END()
