#include "show/terminal/screen.hpp"

#include <boost/test/unit_test.hpp>

using namespace blindfold::terminal;

BOOST_AUTO_TEST_SUITE(screen_tests)

BOOST_AUTO_TEST_CASE(draws_once_and_then_what_changed) {
  Screen screen;
  BOOST_TEST(screen.draw({"one", "two", "three"}, {80, 24}) ==
             "\x1b[?25l\r\x1b[Kone\r\n\r\x1b[Ktwo\r\n\r\x1b[Kthree");
  BOOST_TEST(screen.draw({"one", "two", "three"}, {80, 24}) == "");
  BOOST_TEST(screen.draw({"one", "2", "three"}, {80, 24}) == "\x1b[1A\r\x1b[K2");
}

BOOST_AUTO_TEST_CASE(clears_what_is_no_longer_there) {
  Screen screen;
  (void)screen.draw({"one", "two", "three"}, {80, 24});
  BOOST_TEST(screen.draw({"one"}, {80, 24}) == "\x1b[1A\r\x1b[J");
  BOOST_TEST(screen.end() == "\x1b[1A\r\n\x1b[?25h");
}

BOOST_AUTO_TEST_CASE(draws_all_anew_after_a_change_of_size) {
  Screen screen;
  (void)screen.draw({"one", "two"}, {80, 24});
  BOOST_TEST(screen.draw({"one", "two"}, {40, 24}) == "\x1b[H\x1b[2J\r\x1b[Kone\r\n\r\x1b[Ktwo");
}

BOOST_AUTO_TEST_CASE(leaves_a_clean_terminal_once) {
  Screen screen;
  BOOST_TEST(screen.end() == "");
  (void)screen.draw({"one", "two"}, {80, 24});
  BOOST_TEST(screen.end() == "\r\n\x1b[?25h");
  BOOST_TEST(screen.end() == "");
}

BOOST_AUTO_TEST_CASE(abilities_follow_the_environment) {
  const auto both = [](bool is_terminal, const char* term, const char* no_color) {
    const Abilities abilities = abilities_of(is_terminal, term, no_color);
    return std::pair(abilities.table, abilities.color);
  };
  BOOST_TEST((both(true, "xterm-256color", "") == std::pair(true, true)));
  BOOST_TEST((both(true, "xterm-256color", "1") == std::pair(true, false)));
  BOOST_TEST((both(true, "dumb", "") == std::pair(false, false)));
  BOOST_TEST((both(true, "", "") == std::pair(false, false)));
  BOOST_TEST((both(false, "xterm", "") == std::pair(false, false)));
}

BOOST_AUTO_TEST_SUITE_END()
