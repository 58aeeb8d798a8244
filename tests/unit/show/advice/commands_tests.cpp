#include "show/advice/commands.hpp"

#include <boost/test/unit_test.hpp>

#include "support/standings.hpp"

using namespace blindfold;
using advice::CommandOptions;
using advice::Shell;
using model::Presence;
using Lines = std::vector<std::string>;

namespace {

Lines advice_for(const model::Requirement& requirement, Presence presence,
                 model::Details details = {}, const CommandOptions& options = {}) {
  support::Standings standings;
  const auto lines =
      advice::commands(standings.add(requirement, presence, std::move(details)), options);
  return lines;
}

void check(const Lines& lines, const Lines& expected) {
  BOOST_TEST(lines == expected, boost::test_tools::per_element());
}

const model::Requirement db = support::in_directory("db");
const model::Requirement tls = support::in_directory("tls", "", {"tls.crt", "tls.key"});
const model::Requirement login = support::in_directory("login", "", {"username", "password"});

const std::string make_folder = "[ -d /var/lib/app/db ] || install -d -m 0755 /var/lib/app/db";

}  // namespace

BOOST_AUTO_TEST_SUITE(commands_tests)

BOOST_AUTO_TEST_CASE(creates_as_the_design_says) {
  check(advice_for(db, Presence::missing, {model::KeyMissing{"password", ""}}),
        {"# type password, Enter: nothing is shown",
         R"(unset V; IFS= read -rs V; printf %s "$V" | install -m 0400 /dev/stdin )"
         R"(/var/lib/app/db/password; unset V)"});
}

BOOST_AUTO_TEST_CASE(creates_the_folder_where_it_may_be_missing) {
  const Lines created = advice_for(db, Presence::missing, {model::FolderMissing{"/var/lib/app"}});
  BOOST_TEST(created.at(0) == make_folder);
  BOOST_TEST(created.size() == 3U);
  check(advice_for(db, Presence::missing), created);
}

BOOST_AUTO_TEST_CASE(completes_with_the_missing_and_the_empty_keys_only) {
  check(advice_for(login, Presence::incomplete, {model::KeyMissing{"password", ""}}),
        {"# type password, Enter: nothing is shown",
         R"(unset V; IFS= read -rs V; printf %s "$V" | install -m 0400 /dev/stdin )"
         R"(/var/lib/app/login/password; unset V)"});
  check(advice_for(login, Presence::empty, {model::KeyEmpty{"username"}}),
        {"# type username, Enter: nothing is shown",
         R"(unset V; IFS= read -rs V; printf %s "$V" | install -m 0400 /dev/stdin )"
         R"(/var/lib/app/login/username; unset V)"});
}

BOOST_AUTO_TEST_CASE(rotates_all_keys_together) {
  check(advice_for(login, Presence::present),
        {"# type username, Enter, then password, Enter: nothing is shown",
         R"(unset V; IFS= read -rs V; printf %s "$V" | install -m 0400 /dev/stdin )"
         R"(/var/lib/app/login/username.new && { IFS= read -rs V; printf %s "$V" | )"
         R"(install -m 0400 /dev/stdin /var/lib/app/login/password.new; } && )"
         R"(mv -f /var/lib/app/login/username.new /var/lib/app/login/username && )"
         R"(mv -f /var/lib/app/login/password.new /var/lib/app/login/password; unset V)"});
}

BOOST_AUTO_TEST_CASE(says_when_a_rotation_takes_effect) {
  model::Requirement late = db;
  late.takes_effect = model::TakesEffect::after_restart;
  BOOST_TEST(advice_for(late, Presence::present).at(0) ==
             "# a rotation takes effect after a restart of the application");
  late.takes_effect = model::TakesEffect::at_once;
  BOOST_TEST(advice_for(late, Presence::present).at(0) == "# a rotation takes effect at once");
  BOOST_TEST(advice_for(late, Presence::missing).at(0) == make_folder);
}

BOOST_AUTO_TEST_CASE(takes_what_has_several_lines_from_a_file) {
  check(advice_for(tls, Presence::incomplete, {model::KeyMissing{"tls.key", "tls.kay"}}),
        {"# there is tls.kay, if that is it: mv /var/lib/app/tls/tls.kay /var/lib/app/tls/tls.key",
         "# put in the path of your file for tls.key",
         "install -m 0400 /path/to/your/tls.key /var/lib/app/tls/tls.key"});
}

BOOST_AUTO_TEST_CASE(has_a_form_for_every_shell) {
  check(advice_for(db, Presence::empty, {model::KeyEmpty{"password"}}, {.shell = Shell::sh}),
        {"# type password, Enter: nothing is shown",
         R"(( trap 'stty echo 2>/dev/null' EXIT; trap 'exit 130' HUP INT TERM; )"
         R"(stty -echo 2>/dev/null; unset V; IFS= read -r V; printf %s "$V" | )"
         R"(install -m 0400 /dev/stdin /var/lib/app/db/password ))"});
}

BOOST_AUTO_TEST_CASE(gives_it_to_an_owner) {
  const Lines lines = advice_for(db, Presence::missing, {}, {.owner = "the app"});
  BOOST_TEST(lines.at(0) ==
             "[ -d /var/lib/app/db ] || install -d -m 0755 -o 'the app' /var/lib/app/db");
  BOOST_TEST(lines.at(2).contains("install -m 0400 -o 'the app' /dev/stdin "));
}

BOOST_AUTO_TEST_CASE(gives_no_command_where_none_is_right) {
  check(advice_for(db, Presence::denied, {model::KeyDenied{"password"}}),
        {"# it is not known whether it is there",
         "# 'the agent’s user may not look at what \"password\" points to: let it search the "
         "folders on the way'"});
  check(advice_for(db, Presence::missing, {model::NotAFolder{"/var/lib/app"}}),
        {"# '\"/var/lib/app\" is not a folder: move it away and create a folder there'"});
  check(advice_for(db, Presence::missing, {model::KeyNotAFile{"password"}}),
        {"# '\"password\" is not a file: move it away'"});
  check(advice_for(db, Presence::skipped), {"# skipped, nothing is to be done"});
}

BOOST_AUTO_TEST_CASE(leaves_what_is_not_the_customers_to_provision) {
  model::Requirement licence = db;
  licence.provided_by = model::Provider::vendor;
  check(advice_for(licence, Presence::missing),
        {"# provided by agent provision, nothing is to be typed"});
}

BOOST_AUTO_TEST_CASE(leaves_a_mounted_volume_to_the_cluster) {
  model::Requirement mounted = tls;
  mounted.locator = model::MountLocator{"/run/secrets/tls", {"tls.crt", "tls.key"}};
  check(advice_for(mounted, Presence::missing),
        {"# kubelet writes /run/secrets/tls, mount a Secret there with the keys tls.crt, tls.key"});
  check(advice_for(mounted, Presence::present, {model::NeverUpdated{"tls.crt"}}),
        {"# kubelet writes /run/secrets/tls, to rotate it change the Secret that is mounted there",
         "# '\"tls.crt\" is mounted by subPath, which kubelet never updates: a rotation needs a "
         "restart of the pod'"});
}

BOOST_AUTO_TEST_CASE(the_vendors_words_are_comments_line_by_line) {
  model::Requirement requirement = db;
  requirement.title = "Database password";
  requirement.purpose = "First line.\n\n$(rm -rf ~)\x1b[2J";
  requirement.help = "https://vendor.example/docs";
  check(advice::introduction(requirement),
        {"# Database password", "# First line.", R"(# '$(rm -rf ~)\x1b[2J')",
         "# https://vendor.example/docs"});
}

BOOST_AUTO_TEST_SUITE_END()
