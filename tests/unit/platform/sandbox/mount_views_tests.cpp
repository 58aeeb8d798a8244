#include "platform/sandbox/mount_views.hpp"

#include <boost/test/unit_test.hpp>

using blindfold::sandbox::MountViews;

namespace {

using Paths = std::vector<std::string>;

// The same Secret's volume twice in a container, with a subPath, beside others.
constexpr const char* mountinfo =
    "22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw\n"
    "30 22 0:50 / /run/secrets/tls ro - tmpfs tmpfs ro\n"
    "31 22 0:50 / /etc/app/tls ro - tmpfs tmpfs ro\n"
    "32 22 0:50 /..2026/tls.key /etc/key ro - tmpfs tmpfs ro\n"
    "33 22 0:51 / /run/secrets/other ro - tmpfs tmpfs ro\n"
    "34 22 254:0 /var/lib/app /srv/with\\040space rw - ext4 /dev/vda rw\n"
    "not a line\n"
    "35 x\n"
    "36 22 254:0 /var/lib/application /srv/longer rw - ext4 /dev/vda rw";

const MountViews views = MountViews::parse(mountinfo);

std::string_view type_at(const MountViews& mounts, std::string_view path) {
  const auto found = mounts.filesystem_at(path);
  return found ? found->type : std::string_view();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(mount_views_tests)

BOOST_AUTO_TEST_CASE(a_file_is_seen_wherever_its_part_is_mounted) {
  BOOST_TEST((views.other_paths(30, "/run/secrets/tls/..2026/tls.key") ==
              Paths{"/etc/app/tls/..2026/tls.key", "/etc/key"}));
  BOOST_TEST((views.other_paths(32, "/etc/key") ==
              Paths{"/run/secrets/tls/..2026/tls.key", "/etc/app/tls/..2026/tls.key"}));
  BOOST_TEST((views.other_paths(33, "/run/secrets/other/key") == Paths{}));
}

BOOST_AUTO_TEST_CASE(names_are_compared_whole) {
  BOOST_TEST((views.other_paths(22, "/var/lib/app/key") == Paths{"/srv/with space/key"}));
  BOOST_TEST((views.other_paths(22, "/var/lib/application") == Paths{"/srv/longer"}));
  BOOST_TEST((views.other_paths(34, "/srv/with space/key") == Paths{"/var/lib/app/key"}));
}

BOOST_AUTO_TEST_CASE(parts_of_a_folder_that_are_mounted_elsewhere) {
  BOOST_TEST((views.parts_elsewhere(30, "/run/secrets/tls") == Paths{"/etc/key"}));
  BOOST_TEST((views.parts_elsewhere(22, "/var/lib") == Paths{"/srv/with space", "/srv/longer"}));
  BOOST_TEST((views.parts_elsewhere(22, "/var/lib/app") == Paths{}));
}

BOOST_AUTO_TEST_CASE(the_longest_mount_point_says_the_file_system) {
  constexpr const char* text =
      "22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw\n"
      "30 22 0:40 / /mnt/nfs rw,relatime shared:9 master:2 - nfs4 server:/x rw\n"
      "31 30 0:41 / /mnt/nfs/local rw - tmpfs tmpfs rw\n"
      "32 22 0:42 / /mnt/with\\040space rw - fuse.sshfs host: rw\n";
  const MountViews mounts = MountViews::parse(text);
  BOOST_TEST(type_at(mounts, "/") == "ext4");
  BOOST_TEST(type_at(mounts, "/run/secrets") == "ext4");
  BOOST_TEST(type_at(mounts, "/mnt/nfs") == "nfs4");
  BOOST_TEST(type_at(mounts, "/mnt/nfs/secrets") == "nfs4");
  BOOST_TEST(type_at(mounts, "/mnt/nfsx") == "ext4");
  BOOST_TEST(type_at(mounts, "/mnt/nfs/local/secrets") == "tmpfs");
  BOOST_TEST(type_at(mounts, "/mnt/with space/a") == "fuse.sshfs");
  BOOST_TEST(mounts.filesystem_at("/mnt/nfs/a")->device == "0:40");
  BOOST_TEST((mounts.filesystem_types() ==
              std::set<std::string_view>{"ext4", "fuse.sshfs", "nfs4", "tmpfs"}));
}

BOOST_AUTO_TEST_CASE(what_is_mounted_over_is_covered_whatever_the_numbers) {
  // Numbers are reused: 5 is the latest, 4 is beneath the folder that 5 covers.
  constexpr const char* text =
      "22 1 254:0 / / rw - ext4 /dev/vda rw\n"
      "33 22 0:43 / /mnt/covered rw - cifs //x rw\n"
      "4 33 0:44 / /mnt/covered/beneath rw - nfs x rw\n"
      "5 33 0:45 / /mnt/covered rw - tmpfs tmpfs rw\n";
  const MountViews mounts = MountViews::parse(text);
  BOOST_TEST(type_at(mounts, "/mnt/covered") == "tmpfs");
  BOOST_TEST(type_at(mounts, "/mnt/covered/beneath/a") == "tmpfs");
}

BOOST_AUTO_TEST_CASE(a_root_of_its_own_may_be_no_mount) {
  // As after chroot: what is not seen has no line.
  const MountViews mounts = MountViews::parse("40 22 0:40 / /data rw - nfs4 server:/x rw\n");
  BOOST_TEST(type_at(mounts, "/data/a") == "nfs4");
  BOOST_TEST(!mounts.filesystem_at("/run"));
}

BOOST_AUTO_TEST_CASE(hostile_lines_are_passed_over) {
  for (const char* const text :
       {"", "\n", "x", " - ", "1 2 3 4 /a rw nfs\n", "1 2 3 4\n", "1 2 3 4 /a\\04 - nfs x",
        "1 2 3 4 /\\", "\xff\xff 1 1 1 1 - -", "1 1 0:1 / / rw - ", "-1 1 0:1 / / rw - nfs x",
        "6 5 0:1 / /a rw - nfs x\n5 6 0:1 / /a rw - nfs x\n"}) {
    BOOST_TEST(!MountViews::parse(text).filesystem_at("/a/b"));
  }
  // A number twice, and each on the other: it ends.
  BOOST_TEST(type_at(MountViews::parse("5 1 0:1 / / rw - ext4 x\n6 5 0:1 / / rw - nfs x\n"
                                       "5 6 0:1 / / rw - xfs x\n6 5 0:1 / / rw - cifs x\n"),
                     "/") == "");
}

BOOST_AUTO_TEST_CASE(what_is_not_known_is_nowhere_else) {
  BOOST_TEST((views.other_paths(99, "/a") == Paths{}));
  BOOST_TEST((views.other_paths(0, "/a") == Paths{}));
  BOOST_TEST((views.other_paths(30, "/not/beneath/it") == Paths{}));
  BOOST_TEST((MountViews().other_paths(22, "/a") == Paths{}));
  BOOST_TEST((MountViews::parse("").other_paths(22, "/a") == Paths{}));
}

BOOST_AUTO_TEST_CASE(this_machines_own_can_be_read) {
  const auto read = MountViews::read();
  BOOST_REQUIRE(read.has_value());
  BOOST_TEST(type_at(*read, "/proc/self") == "proc");
}

BOOST_AUTO_TEST_SUITE_END()
