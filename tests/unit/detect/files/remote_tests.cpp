#include "detect/files/remote.hpp"

#include <boost/test/unit_test.hpp>
#include <filesystem>

#include "support/scratch_folder.hpp"

using blindfold::detect::has_remote;
using blindfold::detect::is_remote;
using blindfold::detect::remote_on_the_way;
using blindfold::sandbox::MountViews;
using blindfold::support::ScratchFolder;
namespace fs = std::filesystem;

namespace {

using Device = std::optional<std::string>;

// A local root, and a remote file system at the scratch folder's "far".
struct RemoteFixture {
  RemoteFixture() {
    fs::create_directory(scratch / "far");
    fs::create_directory(scratch / "near");
  }
  [[nodiscard]] Device on_the_way(const std::string& path) const {
    return remote_on_the_way(path, mounts);
  }

  ScratchFolder scratch;
  MountViews mounts = MountViews::parse("1 1 0:1 / / rw - ext4 x\n2 1 0:2 / " + (scratch / "far") +
                                        " rw - nfs4 x\n");
};

constexpr const char* remote_root =
    "1 1 0:1 / / rw - fuse.fuse-overlayfs x\n2 1 0:2 / /run rw - tmpfs x\n"
    "3 1 0:3 / /far rw - nfs x\n";

}  // namespace

BOOST_FIXTURE_TEST_SUITE(remote_tests, RemoteFixture)

BOOST_AUTO_TEST_CASE(the_types_that_ask_others) {
  for (const char* const type :
       {"nfs", "nfs4", "cifs", "fuse", "fuse.sshfs", "9p", "virtiofs", "ceph", "autofs"}) {
    BOOST_TEST(is_remote(type), type);
  }
  for (const char* const type :
       {"", "ext4", "tmpfs", "ramfs", "overlay", "xfs", "nfsd", "fusectl"}) {
    BOOST_TEST(!is_remote(type), type);
  }
  BOOST_TEST(has_remote(mounts));
  BOOST_TEST(!has_remote(MountViews::parse("1 1 0:1 / / rw - ext4 x\n")));
}

BOOST_AUTO_TEST_CASE(what_lies_on_it_and_beneath) {
  BOOST_TEST((on_the_way(scratch / "far") == Device("0:2")));
  BOOST_TEST((on_the_way(scratch / "far/a/b") == Device("0:2")));
  BOOST_TEST((on_the_way(scratch / "near/../far") == Device("0:2")));
  BOOST_TEST((on_the_way(scratch / "near/key") == Device()));
  BOOST_TEST((on_the_way(scratch / "farther") == Device()));
  BOOST_TEST((on_the_way("/") == Device()));
}

BOOST_AUTO_TEST_CASE(where_links_lead) {
  fs::create_symlink("../far/x", scratch / "near/relative");
  fs::create_symlink(scratch / "near/relative/y", scratch / "absolute");
  fs::create_symlink("near", scratch / "folder");
  fs::create_symlink("folder/./../absolute", scratch / "back");
  BOOST_TEST((on_the_way(scratch / "near/relative") == Device("0:2")));
  BOOST_TEST((on_the_way(scratch / "absolute/deeper") == Device("0:2")));
  BOOST_TEST((on_the_way(scratch / "folder/relative") == Device("0:2")));
  BOOST_TEST((on_the_way(scratch / "back") == Device("0:2")));
  BOOST_TEST((on_the_way(scratch / "folder") == Device()));
}

BOOST_AUTO_TEST_CASE(links_that_lead_nowhere_or_in_circles) {
  fs::create_symlink("missing/../far", scratch / "dangling");
  fs::create_symlink("b", scratch / "a");
  fs::create_symlink("a", scratch / "b");
  fs::create_symlink("c/c", scratch / "c");
  BOOST_TEST((on_the_way(scratch / "a/x") == Device()));
  BOOST_TEST((on_the_way(scratch / "c") == Device()));
  static_cast<void>(on_the_way(scratch / "dangling"));
}

BOOST_AUTO_TEST_CASE(a_root_that_is_remote_counts_only_for_what_lies_on_it) {
  const MountViews views = MountViews::parse(remote_root);
  BOOST_TEST((remote_on_the_way("/run/secrets", views) == Device()));
  BOOST_TEST((remote_on_the_way("/etc/secrets", views) == Device("0:1")));
  BOOST_TEST((remote_on_the_way("/far/a", views) == Device("0:3")));
}

BOOST_AUTO_TEST_CASE(of_a_requirement_each_key_counts) {
  fs::create_symlink("../far/key", scratch / "near/linked");
  const std::string folder = scratch / "near";
  BOOST_TEST((remote_on_the_way({folder, {"key"}, false}, mounts) == Device()));
  BOOST_TEST((remote_on_the_way({folder, {"key", "linked"}, false}, mounts) == Device("0:2")));
  BOOST_TEST((remote_on_the_way({folder, {}, false}, mounts) == Device("0:2")));
  BOOST_TEST((remote_on_the_way({scratch / "missing", {}, false}, mounts) == Device()));
}

BOOST_AUTO_TEST_SUITE_END()
