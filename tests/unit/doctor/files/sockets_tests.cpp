#include "doctor/files/sockets.hpp"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstring>
#include <filesystem>

#include "platform/base/unique_fd.hpp"
#include "support/child.hpp"
#include "support/scratch_folder.hpp"

using blindfold::base::UniqueFd;
using blindfold::doctor::engine_sockets;
using blindfold::doctor::reachable_sockets;
using blindfold::support::Complaints;
using blindfold::support::ScratchFolder;

namespace {

UniqueFd listen_at(const std::string& path, mode_t mode) {
  UniqueFd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
  BOOST_REQUIRE(path.size() < sizeof address.sun_path);
  std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
  BOOST_REQUIRE(::bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  BOOST_REQUIRE(::chmod(path.c_str(), mode) == 0);
  return fd;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(sockets_tests)

BOOST_AUTO_TEST_CASE(those_that_may_be_written_to) {
  const ScratchFolder scratch;
  const std::vector<std::string> paths{scratch / "missing", scratch / "open",
                                       scratch / "closed",  scratch.file("file", 0666),
                                       scratch / "link",    scratch / "hidden/open"};
  scratch.folder("hidden");
  const UniqueFd open = listen_at(paths[1], 0666);
  const UniqueFd closed = listen_at(paths[2], 0660);
  const UniqueFd hidden = listen_at(paths[5], 0666);
  scratch.folder("hidden", 0700);
  std::filesystem::create_symlink("open", paths[4]);
  BOOST_TEST((reachable_sockets(paths) == std::vector<std::size_t>{1, 2, 5}));
  BOOST_TEST(blindfold::support::in_child_as_nobody([&](Complaints& complaints) {
               complaints.expect(reachable_sockets(paths) == std::vector<std::size_t>{1},
                                 "the one whose mode lets nobody in, once");
             }) == "");
}

BOOST_AUTO_TEST_CASE(the_engines_own_places) {
  const std::vector<std::string> paths = engine_sockets(1000);
  for (const char* known : {"/var/run/docker.sock", "/run/containerd/containerd.sock",
                            "/run/podman/podman.sock", "/run/user/1000/podman/podman.sock"}) {
    BOOST_TEST(std::ranges::count(paths, known) == 1, known);
  }
}

BOOST_AUTO_TEST_SUITE_END()
