#include "detect/files/settling.hpp"

#include <boost/test/unit_test.hpp>
#include <chrono>

using namespace std::chrono_literals;
using blindfold::base::SteadyTime;
using blindfold::detect::Settling;

namespace {

constexpr SteadyTime start{1000s};

}  // namespace

BOOST_AUTO_TEST_SUITE(settling_tests)

BOOST_AUTO_TEST_CASE(nothing_changed_has_settled) {
  BOOST_TEST(!Settling().deadline().has_value());
}

BOOST_AUTO_TEST_CASE(a_complete_key_takes_100_ms_of_quiet) {
  Settling settling;
  settling.on_complete("a", start);
  BOOST_TEST((settling.deadline() == start + 100ms));
  settling.on_complete("b", start + 60ms);
  BOOST_TEST((settling.deadline() == start + 160ms));
}

BOOST_AUTO_TEST_CASE(a_key_written_to_and_not_closed_takes_200_ms) {
  Settling settling;
  settling.on_write("a", start);
  BOOST_TEST((settling.deadline() == start + 200ms));
  settling.on_write("a", start + 150ms);
  BOOST_TEST((settling.deadline() == start + 350ms));
  settling.on_complete("a", start + 160ms);
  BOOST_TEST((settling.deadline() == start + 260ms));
}

BOOST_AUTO_TEST_CASE(another_key_does_not_close_an_open_one) {
  Settling settling;
  settling.on_write("a", start);
  settling.on_complete("b", start + 10ms);
  BOOST_TEST((settling.deadline() == start + 200ms));
}

BOOST_AUTO_TEST_CASE(a_removed_key_is_not_waited_for) {
  Settling settling;
  settling.on_write("a", start);
  settling.forget("a");
  BOOST_TEST((settling.deadline() == start + 100ms));
}

BOOST_AUTO_TEST_CASE(two_seconds_at_most) {
  Settling settling;
  for (auto now = start; now < start + 1990ms; now += 50ms) {
    settling.on_write("a", now);
  }
  BOOST_TEST((settling.deadline() == start + 2s));
}

BOOST_AUTO_TEST_CASE(cleared_it_begins_anew) {
  Settling settling;
  settling.on_write("a", start);
  settling.clear();
  BOOST_TEST(!settling.deadline().has_value());
  settling.on_complete("b", start + 5s);
  BOOST_TEST((settling.deadline() == start + 5s + 100ms));
}

BOOST_AUTO_TEST_SUITE_END()
