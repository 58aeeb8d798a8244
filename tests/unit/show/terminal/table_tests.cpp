#include "show/terminal/table.hpp"

#include <boost/test/unit_test.hpp>

#include "show/report/display_width.hpp"
#include "support/hostile.hpp"
#include "support/standings.hpp"

using namespace blindfold;
using model::Presence;
using support::Standings;
using terminal::Frame;

namespace {

Frame render(const Standings& standings, terminal::Size size, bool color = false,
             const std::vector<model::RotationEvent>& events = {}) {
  return terminal::render({"acme-prod", support::at(5), standings.all(), events}, size, color);
}

void check(const Frame& frame, const Frame& expected) {
  BOOST_TEST(frame == expected, boost::test_tools::per_element());
}

model::RotationEvent event(const std::string& id, model::EventKind kind, int seconds) {
  return {.sequence = 1,
          .kind = kind,
          .id = id,
          .provided_by = {},
          .store = {},
          .at = support::at(seconds)};
}

Standings three() {
  Standings standings;
  standings.add(support::in_directory("database", "Database password"), Presence::present)
      .rotated_at = support::at(-86400);
  standings.add(support::in_directory("tls"), Presence::incomplete,
                {model::KeyMissing{"tls.key", "tls.kay"}});
  standings.add(support::in_directory("smtp"), Presence::skipped);
  return standings;
}

/// Two hundred, of which the last three need attention.
Standings two_hundred() {
  Standings standings;
  for (int i = 0; i < 197; ++i) {
    standings.add(support::in_directory("id" + std::to_string(i)), Presence::present);
  }
  model::Requirement optional = support::in_directory("optional");
  optional.required = false;
  standings.add(optional, Presence::missing, {model::KeyMissing{"password", ""}});
  standings.add(support::in_directory("grey"), Presence::unreachable);
  standings.add(support::in_directory("red"), Presence::missing,
                {model::KeyMissing{"password", ""}});
  return standings;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(table_tests)

BOOST_AUTO_TEST_CASE(wide_shows_everything) {
  const std::vector<model::RotationEvent> events{
      event("database", model::EventKind::rotated, -86400),
      event("tls", model::EventKind::disappeared, -2)};
  check(render(three(), {200, 24}, false, events),
        {"not ready: 1 of 2  acme-prod  12:00:05Z",
         "✓ present     Database password (database)  sight kernel  directory "
         "/var/lib/app/database  since 11:59:58Z  rotated 2026-11-22",
         "✗ incomplete  tls                           sight kernel  directory "
         "/var/lib/app/tls       since 11:59:58Z",
         "    \"tls.key\" is missing; did you mean \"tls.kay\"?", "    agent commands tls",
         "– skipped     smtp                          sight kernel  directory "
         "/var/lib/app/smtp      since 11:59:58Z",
         "", "2026-11-22  rotated      database", "11:59:58Z  disappeared  tls"});
}

BOOST_AUTO_TEST_CASE(narrow_keeps_what_counts) {
  check(render(three(), {40, 24}),
        {"not ready: 1 of 2  acme-prod  12:00:05Z", "✓ present     Database password (databa…",
         "✗ incomplete  tls", "    \"tls.key\" is missing; did you mean", "    \"tls.kay\"?",
         "    agent commands tls", "– skipped     smtp"});
}

BOOST_AUTO_TEST_CASE(a_column_is_shown_where_it_fits_to_the_last_character) {
  Standings standings;
  standings.add(support::in_directory("a"), Presence::present);
  BOOST_TEST(render(standings, {27, 24})[1] == "✓ present  a  sight kernel");
  BOOST_TEST(render(standings, {26, 24})[1] == "✓ present  a  sight kernel");
  BOOST_TEST(render(standings, {25, 24})[1] == "✓ present  a");
}

BOOST_AUTO_TEST_CASE(all_present_is_ready) {
  Standings standings;
  standings.add(support::in_directory("a"), Presence::present);
  check(render(standings, {60, 24}), {"ready: 1 of 1  acme-prod  12:00:05Z",
                                      "✓ present  a  sight kernel  directory /var/lib/app/a"});
}

BOOST_AUTO_TEST_CASE(too_many_show_what_needs_attention_first) {
  check(render(two_hundred(), {60, 10}),
        {"not ready: 197 of 199  acme-prod  12:00:05Z", "✗ missing      red       sight kernel",
         "    \"password\" is missing", "    agent commands red",
         "? unreachable  grey      sight kernel", "✗ missing      optional  sight kernel",
         "    \"password\" is missing", "    agent commands optional",
         "✓ present      id0       sight kernel", "and 196 more present"});
}

BOOST_AUTO_TEST_CASE(a_line_for_each_goes_before_what_is_to_be_said) {
  check(render(two_hundred(), {60, 7}),
        {"not ready: 197 of 199  acme-prod  12:00:05Z", "✗ missing      red       sight kernel",
         "    \"password\" is missing", "    agent commands red",
         "? unreachable  grey      sight kernel", "✗ missing      optional  sight kernel",
         "and 197 more present"});
  check(render(two_hundred(), {60, 4}),
        {"not ready: 197 of 199  acme-prod  12:00:05Z", "✗ missing      red       sight kernel",
         "? unreachable  grey      sight kernel", "and 198 more, 1 of them not present"});
}

BOOST_AUTO_TEST_CASE(shows_the_last_events_where_there_is_room) {
  std::vector<model::RotationEvent> events;
  for (int i = 0; i < 5; ++i) {
    events.push_back(event("id" + std::to_string(i), model::EventKind::rotated, i));
  }
  const Frame frame = render(two_hundred(), {60, 12}, false, events);
  BOOST_TEST(frame.size() == 12U);
  check(Frame(frame.end() - 4, frame.end()),
        {"", "12:00:02Z  rotated      id2", "12:00:03Z  rotated      id3",
         "12:00:04Z  rotated      id4"});
  BOOST_TEST(render(two_hundred(), {60, 9}, false, events).back() == "and 197 more present");
}

BOOST_AUTO_TEST_CASE(color_is_added_and_changes_nothing_else) {
  Frame colored = render(three(), {80, 24}, true);
  BOOST_TEST(colored[0].starts_with("\x1b[31mnot ready: 1 of 2\x1b[0m  acme"));
  BOOST_TEST(colored[1].starts_with("\x1b[32m✓ present   \x1b[0m  Database"));
  for (std::string& line : colored) {
    for (std::size_t from = 0; (from = line.find('\x1b')) != std::string::npos;) {
      line.erase(from, line.find('m', from) + 1 - from);
    }
  }
  check(colored, render(three(), {80, 24}));
}

BOOST_AUTO_TEST_CASE(fits_whatever_the_size_and_the_names) {
  Standings standings;
  std::vector<model::RotationEvent> events;
  for (const std::string& name : support::hostile_names()) {
    const Presence presence = events.size() % 3 == 0 ? Presence::present : Presence::missing;
    model::Standing& standing =
        standings.add(support::in_directory(name), presence, {model::KeyMissing{name, name}});
    standing.stale = true;
    events.push_back(event(name, model::EventKind::appeared, 0));
  }
  for (std::size_t columns = 0; columns < 210; columns += columns < 20 ? 1 : 31) {
    for (std::size_t rows = 0; rows < 90; ++rows) {
      const Frame frame = render(standings, {columns, rows}, false, events);
      BOOST_TEST(frame.size() <= rows);
      for (const std::string& line : frame) {
        BOOST_TEST(report::display_width(line) <= columns, columns << ": " << line);
        BOOST_TEST(line.find_first_of("\x1b\r\n\t\x07") == std::string::npos);
        BOOST_TEST(!line.contains("\u202e"));
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
