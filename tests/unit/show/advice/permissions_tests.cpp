#include "show/advice/permissions.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>

#include "support/run_program.hpp"
#include "support/scratch_folder.hpp"
#include "support/standings.hpp"

using namespace blindfold;
using advice::file_permissions;
using advice::PermissionOptions;
using Lines = std::vector<std::string>;

namespace {

Lines lines_for(std::vector<model::Requirement> requirements, const PermissionOptions& options) {
  std::vector<const model::Requirement*> pointers;
  for (const model::Requirement& requirement : requirements) {
    pointers.push_back(&requirement);
  }
  const auto lines = file_permissions(pointers, options);
  BOOST_REQUIRE(lines.has_value());
  return *lines;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(permissions_tests)

BOOST_AUTO_TEST_CASE(each_command_has_its_reason) {
  const Lines lines = lines_for({support::in_directory("db")}, {.agent_user = "blindfold"});
  const Lines expected{
      "# db: /var/lib/app/db",
      "# who owns the folder may replace what is in it: the application, never the agent",
      "chown APPLICATION-USER /var/lib/app/db",
      "# the agent sees names and times and is told of changes, 0711 would hide the names and it "
      "looks every few seconds",
      "chmod 0755 /var/lib/app/db",
      "# who owns the file may change its mode: the application, never the agent",
      "chown APPLICATION-USER /var/lib/app/db/password",
      "# nobody but its owner may read it",
      "chmod 0400 /var/lib/app/db/password",
      "# who may write a folder above may replace all of it, this prints those where the agent "
      "may, none where all is right",
      "runuser -u blindfold -- find / /var /var/lib /var/lib/app -maxdepth 0 -writable"};
  BOOST_TEST(lines == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_folder_is_named_once) {
  model::Requirement one = support::in_directory("one");
  model::Requirement two = support::in_directory("two");
  one.locator = model::DirectoryLocator{"/s", {"a"}};
  two.locator = model::DirectoryLocator{"/s", {"b"}};
  const Lines lines = lines_for({one, two}, {.agent_user = "blindfold"});
  BOOST_TEST(std::ranges::count(lines, "chmod 0755 /s") == 1);
  BOOST_TEST(std::ranges::count(lines, "chmod 0400 /s/b") == 1);
}

BOOST_AUTO_TEST_CASE(a_mounted_volume_has_comments_only) {
  model::Requirement mounted = support::in_directory("tls");
  mounted.locator = model::MountLocator{"/run/secrets/tls", {}};
  for (const std::string& line : lines_for({mounted}, {.agent_user = "blindfold"})) {
    BOOST_TEST(line.starts_with("# "));
  }
}

BOOST_AUTO_TEST_CASE(refuses_users_that_cannot_be_right) {
  for (const auto& [agent, application] : std::vector<std::pair<std::string, std::string>>{
           {"app", "app"}, {"", "app"}, {"-x", "app"}, {"agent", "-R"}, {"agent", ""}}) {
    const auto refused =
        file_permissions({}, {.agent_user = agent, .application_user = application});
    BOOST_REQUIRE(!refused.has_value());
    BOOST_TEST((refused.error().kind == base::ErrorKind::usage));
  }
}

BOOST_AUTO_TEST_CASE(as_run_they_keep_the_agent_from_the_value) {
  if (::geteuid() != 0) {
    BOOST_TEST_MESSAGE("skipped: owners can be set by root only");
    return;
  }
  const support::ScratchFolder scratch;
  const auto folder = scratch.path() / "it's a\nfolder";
  std::filesystem::create_directories(folder);
  std::filesystem::permissions(scratch.path(), std::filesystem::perms(0755));
  support::write_file(folder / "$key", "canary");
  model::Requirement requirement = support::in_directory("id");
  requirement.locator = model::DirectoryLocator{folder.string(), {"$key"}};
  std::string script;
  for (const std::string& line :
       lines_for({requirement}, {.agent_user = "nobody", .application_user = "daemon"})) {
    script += line + "\n";
  }
  const support::Outcome run = support::run_program({"bash", "-e"}, script);
  BOOST_TEST(run.err == "");
  BOOST_TEST(run.status == 0);
  // Nothing but where the test itself put it: everybody may write /tmp.
  BOOST_TEST((run.out == "" || run.out == "/tmp\n"), run.out);
  const auto as = [&folder](const char* user) {
    return support::run_program({"runuser", "-u", user, "--", "cat", (folder / "$key").string()});
  };
  BOOST_TEST(as("daemon").out == "canary");
  BOOST_TEST(as("nobody").out == "");
}

BOOST_AUTO_TEST_SUITE_END()
