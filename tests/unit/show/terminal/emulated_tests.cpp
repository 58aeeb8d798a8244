// What Screen writes, as a terminal shows it: pyte, an emulator in Python, is
// fed with the bytes, and its screen is compared with the frame.
#include <boost/test/unit_test.hpp>
#include <sstream>

#include "show/report/display_width.hpp"
#include "show/terminal/screen.hpp"
#include "support/hostile.hpp"
#include "support/run_program.hpp"
#include "support/standings.hpp"

using namespace blindfold;
using model::Presence;
using support::Standings;
using terminal::Size;

namespace {

// Standard input: "COLUMNS ROWS LENGTH\n" and so many bytes, again and again;
// after each the screen is printed, then whether the cursor is hidden.
constexpr const char* emulator = R"(
import sys, pyte
screen = stream = None
for header in iter(sys.stdin.buffer.readline, b''):
    columns, rows, length = map(int, header.split())
    if screen is None:
        screen = pyte.Screen(columns, rows)
        stream = pyte.ByteStream(screen)
    elif (screen.columns, screen.lines) != (columns, rows):
        screen.resize(rows, columns)
    stream.feed(sys.stdin.buffer.read(length))
    for line in screen.display:
        print(line.rstrip())
    print('hidden' if screen.cursor.hidden else 'shown')
)";

bool has_emulator() {
  const bool there = support::run_program({"python3", "-c", "import pyte"}).status == 0;
  if (!there) {
    BOOST_TEST_MESSAGE("skipped: python3 has no pyte (pip install pyte)");
  }
  return there;
}

/// What was written to a terminal, and what it should show after each step.
class Session final {
 public:
  void write(Size size, const std::string& bytes, std::vector<std::string> expected,
             const std::string& cursor) {
    input_ += std::to_string(size.columns) + " " + std::to_string(size.rows) + " " +
              std::to_string(bytes.size()) + "\n" + bytes;
    expected.resize(size.rows);
    expected.push_back(cursor);
    expected_.insert(expected_.end(), expected.begin(), expected.end());
  }

  void check() const {
    const support::Outcome shown =
        support::run_program({"python3", "-X", "utf8", "-c", emulator}, input_);
    BOOST_TEST(shown.err == "");
    std::vector<std::string> lines;
    std::istringstream in(shown.out);
    for (std::string line; std::getline(in, line);) {
      lines.push_back(line);
    }
    BOOST_TEST(lines == expected_, boost::test_tools::per_element());
  }

 private:
  std::string input_;
  std::vector<std::string> expected_;
};

terminal::Frame frame_of(const Standings& standings, Size size, bool color) {
  return terminal::render({"acme-prod", support::at(5), standings.all(), {}}, size, color);
}

Standings many(std::size_t count, Presence of_the_seventh) {
  Standings standings;
  for (std::size_t i = 0; i < count; ++i) {
    standings.add(
        support::in_directory("id" + std::to_string(i), "A title for " + std::to_string(i)),
        i == 7 ? of_the_seventh : Presence::present);
  }
  return standings;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(emulated_tests)

BOOST_AUTO_TEST_CASE(shows_each_frame_at_every_size) {
  if (!has_emulator()) {
    return;
  }
  Session session;
  terminal::Screen screen;
  const std::vector<Size> sizes{{80, 24}, {40, 24}, {200, 50}, {40, 10}, {120, 5}, {80, 24}};
  for (const Size size : sizes) {
    for (const std::size_t count : {3U, 200U, 15U}) {
      for (const Presence presence : {Presence::present, Presence::missing, Presence::denied}) {
        const Standings standings = many(count, presence);
        session.write(size, screen.draw(frame_of(standings, size, true), size),
                      frame_of(standings, size, false), "hidden");
      }
    }
  }
  session.check();
}

BOOST_AUTO_TEST_CASE(begins_below_what_was_there_and_leaves_the_cursor_after_it) {
  if (!has_emulator()) {
    return;
  }
  Session session;
  terminal::Screen screen;
  const Size size{60, 8};
  const Standings standings = many(3, Presence::present);
  const auto frame = frame_of(standings, size, false);
  BOOST_REQUIRE(frame.size() == 4U);
  std::vector<std::string> lines{"$ one", "$ two", "$ agent"};
  session.write(size, "$ one\r\n$ two\r\n$ agent\r\n", lines, "shown");
  lines.insert(lines.end(), frame.begin(), frame.end());
  session.write(size, screen.draw(frame, size), lines, "hidden");
  lines.push_back("$");
  session.write(size, screen.end() + "$ ", lines, "shown");
  session.check();
}

BOOST_AUTO_TEST_CASE(scrolls_where_it_begins_at_the_bottom) {
  if (!has_emulator()) {
    return;
  }
  Session session;
  terminal::Screen screen;
  const Size size{60, 6};
  const auto before = frame_of(many(3, Presence::present), size, false);
  const auto after = frame_of(many(4, Presence::present), size, false);
  session.write(size, "1\r\n2\r\n3\r\n4\r\n$ agent\r\n", {"1", "2", "3", "4", "$ agent"}, "shown");
  std::vector<std::string> lines{"4", "$ agent"};
  lines.insert(lines.end(), before.begin(), before.end());
  session.write(size, screen.draw(before, size), lines, "hidden");
  lines = {"$ agent"};
  lines.insert(lines.end(), after.begin(), after.end());
  session.write(size, screen.draw(after, size), lines, "hidden");
  session.check();
}

BOOST_AUTO_TEST_CASE(hostile_names_stay_in_their_line) {
  if (!has_emulator()) {
    return;
  }
  Session session;
  terminal::Screen screen;
  for (const Size size : {Size{40, 60}, Size{100, 60}}) {
    Standings standings;
    for (const std::string& name : support::hostile_names()) {
      // The emulator's own table is of a later Unicode; it puts combining marks
      // into the character before, as we do, but not after wide ones.
      if (!name.contains("\u0301")) {
        standings.add(support::in_directory(name), Presence::present);
      }
    }
    auto expected = frame_of(standings, size, false);
    session.write(size, screen.draw(frame_of(standings, size, true), size), expected, "hidden");
  }
  session.check();
}

BOOST_AUTO_TEST_SUITE_END()
