// Names whose servers do not answer: the loop never waits for them.
#include <arpa/inet.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <string>

#include "platform/base/clock.hpp"
#include "platform/base/unique_fd.hpp"
#include "platform/http/client.hpp"
#include "support/loop_fixture.hpp"
#include "support/scratch_folder.hpp"
#include "support/scratch_mount.hpp"
#include "unit/platform/http/record.hpp"

using namespace std::chrono_literals;
using namespace blindfold::http;
using namespace blindfold::http::test;
using blindfold::base::ErrorKind;
using blindfold::base::SystemClock;
using blindfold::base::UniqueFd;
using blindfold::support::LoopFixture;
using blindfold::support::may_mount;
using blindfold::support::open_descriptors;
using blindfold::support::ScratchFolder;
using boost::unit_test::precondition;

namespace {

constexpr const char* url = "http://slow.example:6443";

/// A name server that takes questions and answers none.
struct SilentNames : LoopFixture {
  SilentNames() : socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    // Another loopback address for each process.
    const auto process = static_cast<unsigned>(::getpid());
    const std::string name = "127." + std::to_string(1 + process / 65'536 % 200) + '.' +
                             std::to_string(process / 256 % 256) + '.' +
                             std::to_string(process % 256);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(53);
    ::inet_pton(AF_INET, name.c_str(), &address.sin_addr);
    BOOST_REQUIRE(::bind(socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    const std::string file = folder.write(
        "resolv.conf", "nameserver " + name + "\noptions timeout:1 attempts:2 single-request\n");
    BOOST_REQUIRE(::mount(file.c_str(), "/etc/resolv.conf", nullptr, MS_BIND, nullptr) == 0);
    descriptors = open_descriptors();
  }
  ~SilentNames() {
    ::umount2("/etc/resolv.conf", MNT_DETACH);
    // The resolver's threads end by themselves.
    while (open_descriptors() > descriptors) {
      loop().wait_turn();
    }
  }
  SilentNames(const SilentNames&) = delete;
  SilentNames& operator=(const SilentNames&) = delete;

  bool asked() const {
    char byte = 0;
    return ::recv(socket.get(), &byte, 1, MSG_DONTWAIT) >= 0;
  }

  ScratchFolder folder;
  UniqueFd socket;
  std::size_t descriptors = 0;
  SystemClock time;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(resolver_tests)

BOOST_FIXTURE_TEST_CASE(cancelling_waits_for_no_name, SilentNames, *precondition(may_mount)) {
  {
    Asking asking(loop(), {.url = url});
    asking.transfer.start(get("/"));
    while (!asked()) {
      turn();
    }
    const auto before = time.now().steady;
    asking.transfer.cancel();
    asking.client.reset();
    BOOST_TEST((time.now().steady - before < 500ms));
  }
}

BOOST_FIXTURE_TEST_CASE(a_name_is_not_waited_for_longer_than_for_a_connection, SilentNames,
                        *precondition(may_mount)) {
  Asking asking(loop(), {.url = url}, {.connect_timeout = 200ms});
  const auto before = time.now().steady;
  asking.transfer.start(get("/"));
  BOOST_REQUIRE(run_until([&] { return asking.record.ended(); }));
  BOOST_TEST((time.now().steady - before < 800ms));
  BOOST_TEST(asking.record.what() == "no connection to slow.example:6443 within 200ms");
}

BOOST_FIXTURE_TEST_CASE(a_name_that_nobody_answers_for, SilentNames, *precondition(may_mount)) {
  Asking asking(loop(), {.url = url});
  asking.transfer.start(get("/"));
  int turns = 0;
  BOOST_REQUIRE(run_until([&] {
    ++turns;
    return asking.record.ended();
  }));
  BOOST_TEST((asking.record.kind() == ErrorKind::unreachable));
  BOOST_TEST(asking.record.what() == "cannot find the address of slow.example:6443");
  // Nobody looked again and again whether there is an answer.
  BOOST_TEST(turns < 50);
}

BOOST_AUTO_TEST_SUITE_END()
