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

BOOST_AUTO_TEST_CASE(what_is_not_known_is_nowhere_else) {
  BOOST_TEST((views.other_paths(99, "/a") == Paths{}));
  BOOST_TEST((views.other_paths(0, "/a") == Paths{}));
  BOOST_TEST((views.other_paths(30, "/not/beneath/it") == Paths{}));
  BOOST_TEST((MountViews().other_paths(22, "/a") == Paths{}));
  BOOST_TEST((MountViews::parse("").other_paths(22, "/a") == Paths{}));
}

BOOST_AUTO_TEST_CASE(this_machines_own_can_be_read) {
  BOOST_TEST(MountViews::read().has_value());
}

BOOST_AUTO_TEST_SUITE_END()
