#include "platform/helper/executable.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>

#include "support/child.hpp"
#include "support/scratch_folder.hpp"

using blindfold::base::ErrorKind;
using blindfold::support::Complaints;
using blindfold::support::in_child_as_nobody;
using blindfold::support::ScratchFolder;
using namespace blindfold::helper;
namespace fs = std::filesystem;

namespace {

constexpr uid_t nobody = 65534;

std::string program(const ScratchFolder& scratch, std::string_view name, mode_t mode = 0755) {
  return scratch.file(name, mode);
}

bool refused(const std::string& path, const Writable& writable) {
  const auto allowed = check_not_writable(path, writable);
  return !allowed && allowed.error().kind == ErrorKind::denied;
}

bool allowed(const std::string& path, const Writable& writable) {
  return check_not_writable(path, writable).has_value();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(executable_tests)

BOOST_AUTO_TEST_CASE(a_command_without_a_slash_is_looked_up_in_path) {
  const ScratchFolder scratch;
  program(scratch, "a/plugin", 0644);
  const std::string wanted = program(scratch, "b/plugin");
  program(scratch, "c/plugin");
  scratch.folder("a0/plugin");
  const std::string path = ":relative:" + scratch / "none" + ':' + scratch / "a0" + ':' +
                           scratch / "a" + ':' + scratch / "b" + ':' + scratch / "c";
  BOOST_TEST(find_executable("plugin", path).value() == wanted);
  const auto missing = find_executable("other", path);
  BOOST_REQUIRE(!missing.has_value());
  BOOST_CHECK(missing.error().kind == ErrorKind::missing);
  BOOST_TEST(missing.error().what == "there is no command \"other\" in PATH");
  BOOST_TEST(!find_executable("", path).has_value());
}

BOOST_AUTO_TEST_CASE(a_command_with_a_slash_is_a_path) {
  BOOST_TEST(find_executable("/a/plugin", "/b").value() == "/a/plugin");
  BOOST_TEST(find_executable("./plugin", "/b").value() == fs::current_path() / "./plugin");
}

BOOST_AUTO_TEST_CASE(with_landlock_nothing_below_a_kept_folder_is_run) {
  const ScratchFolder scratch;
  const Writable writable{true, {scratch.folder("kept"), scratch / "not there yet"}};
  BOOST_TEST(refused(program(scratch, "kept/plugin"), writable));
  BOOST_TEST(refused(program(scratch, "kept/deep/down/plugin"), writable));
  BOOST_TEST(allowed(program(scratch, "other/plugin"), writable));
  BOOST_TEST(allowed("/bin/sh", writable));
  BOOST_TEST(refused(program(scratch, "not there yet/plugin"), writable));
  BOOST_TEST(refused("/bin/sh", {true, {"/"}}));
}

BOOST_AUTO_TEST_CASE(with_landlock_no_link_of_a_kept_folder_is_on_the_way) {
  const ScratchFolder scratch;
  const Writable writable{true, {scratch.folder("kept")}};
  program(scratch, "other/plugin");
  fs::create_symlink("../other", scratch / "kept/link");
  BOOST_TEST(refused(scratch / "kept/link/plugin", writable));
  fs::create_symlink(scratch / "kept/link/plugin", scratch / "absolute");
  BOOST_TEST(refused(scratch / "absolute", writable));
  fs::create_symlink("other/plugin", scratch / "harmless");
  BOOST_TEST(allowed(scratch / "harmless", writable));
}

BOOST_AUTO_TEST_CASE(with_landlock_a_kept_file_is_not_run) {
  const ScratchFolder scratch;
  const std::string kept = program(scratch, "plugin");
  BOOST_TEST(refused(kept, {true, {kept}}));
  BOOST_TEST(allowed(program(scratch, "other"), {true, {kept}}));
}

BOOST_AUTO_TEST_CASE(a_path_that_leads_nowhere_is_missing_or_goes_round) {
  const ScratchFolder scratch;
  fs::create_symlink("b", scratch / "a");
  fs::create_symlink("a", scratch / "b");
  const auto round = check_not_writable(scratch / "a", {true, {}});
  BOOST_REQUIRE(!round.has_value());
  BOOST_TEST(round.error().what.starts_with(scratch / "a"));
  const auto missing = check_not_writable(scratch / "none/plugin", {true, {}});
  BOOST_REQUIRE(!missing.has_value());
  BOOST_CHECK(missing.error().kind == ErrorKind::missing);
}

// Root's own files count as writable by root: these are another user's tests.
BOOST_AUTO_TEST_CASE(without_landlock_rights_decide,
                     *boost::unit_test::precondition([](boost::unit_test::test_unit_id) {
                       return ::geteuid() == 0;
                     })) {
  const ScratchFolder scratch;
  const std::string roots = program(scratch, "roots/plugin");
  const std::string theirs = program(scratch, "theirs/plugin", 0555);
  BOOST_REQUIRE(::chown(theirs.c_str(), nobody, 0) == 0);
  const std::string groups = program(scratch, "groups/plugin", 0775);
  BOOST_REQUIRE(::chown(groups.c_str(), 0, nobody) == 0);
  const std::string others = program(scratch, "others/plugin", 0757);
  const std::string open = program(scratch, "open/deep/plugin");
  BOOST_REQUIRE(::chmod((scratch / "open").c_str(), 0777) == 0);
  const std::string sticky = program(scratch, "sticky/deep/plugin");
  BOOST_REQUIRE(::chmod((scratch / "sticky").c_str(), 01777) == 0);
  const std::string own = program(scratch, "sticky/plugin");
  BOOST_REQUIRE(::chown(own.c_str(), nobody, 0) == 0);
  fs::create_symlink(roots, scratch / "open/link");

  BOOST_TEST(in_child_as_nobody([&](Complaints& complaints) {
               const Writable writable{false, {}};
               complaints.expect(allowed(roots, writable), "root's in root's folder is run");
               complaints.expect(refused(theirs, writable), "its own is refused");
               complaints.expect(refused(groups, writable), "its group's is refused");
               complaints.expect(refused(others, writable), "everybody's is refused");
               complaints.expect(refused(open, writable), "a folder above can be replaced");
               complaints.expect(allowed(sticky, writable), "not in a sticky folder");
               complaints.expect(refused(own, writable), "but what is its own there");
               complaints.expect(refused(scratch / "open/link", writable), "a link, too");
             }) == "");
  BOOST_TEST(refused(roots, {false, {}}), "root may write root's");
}

BOOST_AUTO_TEST_SUITE_END()
