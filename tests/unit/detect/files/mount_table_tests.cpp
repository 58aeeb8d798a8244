#include "detect/files/mount_table.hpp"

#include <boost/test/unit_test.hpp>

using blindfold::detect::MountTable;

namespace {

constexpr std::string_view mountinfo =
    "22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw\n"
    "30 22 0:40 / /mnt/nfs rw,relatime shared:9 master:2 - nfs4 server:/x rw\n"
    "31 30 0:41 / /mnt/nfs/local rw - tmpfs tmpfs rw\n"
    "32 22 0:42 / /mnt/with\\040space rw - fuse.sshfs host: rw\n"
    "33 22 0:43 / /mnt/covered rw - cifs //x rw\n"
    "34 33 0:44 / /mnt/covered rw - tmpfs tmpfs rw\n";

}  // namespace

BOOST_AUTO_TEST_SUITE(mount_table_tests)

BOOST_AUTO_TEST_CASE(the_longest_mount_point_decides) {
  const MountTable table = MountTable::parse(mountinfo);
  BOOST_TEST(table.is_remote("/mnt/nfs"));
  BOOST_TEST(table.is_remote("/mnt/nfs/secrets"));
  BOOST_TEST(!table.is_remote("/mnt/nfs/local/secrets"));
  BOOST_TEST(!table.is_remote("/mnt/nfsx"));
  BOOST_TEST(!table.is_remote("/run/secrets"));
}

BOOST_AUTO_TEST_CASE(escapes_are_read) {
  BOOST_TEST(MountTable::parse(mountinfo).is_remote("/mnt/with space/a"));
}

BOOST_AUTO_TEST_CASE(what_is_mounted_over_is_covered) {
  BOOST_TEST(!MountTable::parse(mountinfo).is_remote("/mnt/covered/a"));
}

BOOST_AUTO_TEST_CASE(hostile_lines_are_passed_over) {
  for (const std::string_view text :
       {"", "\n", "x", " - ", "1 2 3 4 /a rw nfs\n", "1 2 3 4\n", "1 2 3 4 /a\\04 - nfs x",
        "1 2 3 4 /\\", "\xff\xff 1 1 1 1 - -"}) {
    BOOST_TEST(!MountTable::parse(text).is_remote("/a/b"));
  }
}

BOOST_AUTO_TEST_CASE(this_machine_has_a_root_that_is_local) {
  BOOST_TEST(!MountTable::read().is_remote("/"));
}

BOOST_AUTO_TEST_SUITE_END()
