#include "show/report/text.hpp"

#include <boost/test/unit_test.hpp>
#include <sstream>

#include "show/report/display_width.hpp"
#include "support/hostile.hpp"
#include "support/standings.hpp"

using namespace blindfold;
using model::Presence;
using support::Standings;

namespace {

std::string text(const Standings& standings, const report::TextOptions& options) {
  return report::to_text({"0.1.0", "acme-prod", support::at(), standings.all()}, options);
}

Standings three() {
  Standings standings;
  standings.add(support::in_directory("database", "Database password"), Presence::present);
  standings.add(support::in_directory("tls"), Presence::incomplete,
                {model::KeyMissing{"tls.key", "tls.kay"}});
  standings.add(support::in_directory("smtp"), Presence::denied,
                {model::FolderDenied{"/var/lib/app", 0700, 5, 6, false}});
  return standings;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(text_tests)

BOOST_AUTO_TEST_CASE(without_a_terminal_each_requirement_is_one_line) {
  BOOST_TEST(text(three(), {}) ==
             "✓ present     Database password (database)  directory /var/lib/app/database  "
             "sight kernel\n"
             "✗ incomplete  tls                           directory /var/lib/app/tls       "
             "sight kernel  \"tls.key\" is missing; did you mean \"tls.kay\"?  agent commands "
             "tls\n"
             "? denied      smtp                          directory /var/lib/app/smtp      "
             "sight kernel  the agent's user may not search folder \"/var/lib/app\" (mode 0700, "
             "owner 5, group 6): allow it with chmod o+x, or with chmod g+x where its user is in "
             "the group\n"
             "1 of 3 required credentials are present, 1 could not be determined\n");
}

BOOST_AUTO_TEST_CASE(what_does_not_fit_goes_beneath) {
  BOOST_TEST(text(three(), {.width = 60}) ==
             "✓ present     Database password (database)\n"
             "    directory /var/lib/app/database\n"
             "    sight kernel\n"
             "✗ incomplete  tls\n"
             "    directory /var/lib/app/tls\n"
             "    sight kernel\n"
             "    \"tls.key\" is missing; did you mean \"tls.kay\"?\n"
             "    agent commands tls\n"
             "? denied      smtp\n"
             "    directory /var/lib/app/smtp\n"
             "    sight kernel\n"
             "    the agent's user may not search folder \"/var/lib/app\"\n"
             "    (mode 0700, owner 5, group 6): allow it with chmod o+x,\n"
             "    or with chmod g+x where its user is in the group\n"
             "1 of 3 required credentials are present, 1 could not be\n"
             "determined\n");
}

BOOST_AUTO_TEST_CASE(color_is_added_and_changes_nothing_else) {
  const std::string plain = text(three(), {.width = 100});
  std::string colored = text(three(), {.color = true, .width = 100});
  BOOST_TEST(colored.starts_with("\x1b[32m✓ present\x1b[0m     Database"));
  for (std::size_t from = 0; (from = colored.find('\x1b')) != std::string::npos;) {
    colored.erase(from, colored.find('m', from) + 1 - from);
  }
  BOOST_TEST(colored == plain);
  BOOST_TEST(!plain.contains('\x1b'));
}

BOOST_AUTO_TEST_CASE(says_that_a_value_can_be_read_and_what_is_stale) {
  Standings standings;
  model::Standing& standing = standings.add(support::in_directory("a"), Presence::present);
  standing.sight = {model::SightLevel::none, model::SightReason::no_landlock, ""};
  standing.stale = true;
  standing.answered_at = support::at(-60);
  const std::string shown = text(standings, {});
  BOOST_TEST(shown.contains("sight none  the agent's account can read the value: this kernel"));
  BOOST_TEST(shown.contains("no answer since 2026-11-23T11:59:00Z"));
}

BOOST_AUTO_TEST_CASE(skipped_has_a_mark_of_its_own) {
  Standings standings;
  standings.add(support::in_directory("a"), Presence::skipped);
  BOOST_TEST(text(standings, {}).starts_with("– skipped  a  "));
}

BOOST_AUTO_TEST_CASE(no_line_is_wider_than_asked_and_no_name_acts) {
  Standings standings;
  for (const std::string& name : support::hostile_names()) {
    standings.add(support::in_directory(name), Presence::missing, {model::KeyMissing{name, name}});
  }
  for (const std::size_t width : {20U, 40U, 80U, 200U}) {
    std::istringstream lines(text(standings, {.width = width}));
    for (std::string line; std::getline(lines, line);) {
      BOOST_TEST(line.find_first_of("\x1b\r\t\x07\x7f") == std::string::npos, line);
      BOOST_TEST(!line.contains("\u202e"));
      BOOST_TEST(report::display_width(line) <= width, line);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
