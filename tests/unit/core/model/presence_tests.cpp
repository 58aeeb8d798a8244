#include "core/model/presence.hpp"

#include <array>
#include <boost/test/unit_test.hpp>
#include <string_view>

using blindfold::model::Color;
using blindfold::model::color_of;
using blindfold::model::Presence;

namespace {

struct Row {
  Presence presence;
  std::string_view word;
  Color color;
};

constexpr std::array table{
    Row{Presence::present, "present", Color::green},
    Row{Presence::missing, "missing", Color::red},
    Row{Presence::empty, "empty", Color::red},
    Row{Presence::incomplete, "incomplete", Color::red},
    Row{Presence::pending_deletion, "pending-deletion", Color::red},
    Row{Presence::wrong_type, "wrong-type", Color::red},
    Row{Presence::denied, "denied", Color::grey},
    Row{Presence::unreachable, "unreachable", Color::grey},
    Row{Presence::unknown, "unknown", Color::grey},
    Row{Presence::skipped, "skipped", Color::none},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(presence_tests)

BOOST_AUTO_TEST_CASE(each_has_its_word_and_color) {
  for (const Row& row : table) {
    BOOST_TEST(to_string(row.presence) == row.word);
    BOOST_CHECK(color_of(row.presence) == row.color);
  }
}

BOOST_AUTO_TEST_CASE(what_is_none_of_them_is_never_a_checkmark) {
  BOOST_CHECK(color_of(static_cast<Presence>(table.size())) == Color::grey);
}

BOOST_AUTO_TEST_SUITE_END()
