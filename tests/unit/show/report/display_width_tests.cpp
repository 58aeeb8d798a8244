#include "show/report/display_width.hpp"

#include <boost/test/unit_test.hpp>
#include <sstream>

#include "support/run_program.hpp"

using namespace blindfold::report;
using blindfold::support::run_program;

namespace {

std::string utf8(std::uint32_t point) {
  const auto tail = [point](unsigned shift) {
    return static_cast<char>(0x80U | ((point >> shift) & 0x3fU));
  };
  if (point < 0x80) {
    return {static_cast<char>(point)};
  }
  if (point < 0x800) {
    return {static_cast<char>(0xc0U | (point >> 6U)), tail(0)};
  }
  if (point < 0x10000) {
    return {static_cast<char>(0xe0U | (point >> 12U)), tail(6), tail(0)};
  }
  return {static_cast<char>(0xf0U | (point >> 18U)), tail(12), tail(6), tail(0)};
}

// Every assigned code point that is not a control, a surrogate or a Jamo.
constexpr const char* database =
    "import unicodedata as u\n"
    "print(u.unidata_version)\n"
    "for p in range(0x20, 0x110000):\n"
    "    c = chr(p); k = u.category(c)\n"
    "    if k in ('Cc', 'Cs', 'Cn') or 0x1160 <= p <= 0x11ff: continue\n"
    "    print(p, 0 if k in ('Mn', 'Me') else 2 if u.east_asian_width(c) in 'WF' else 1)\n";

}  // namespace

BOOST_AUTO_TEST_SUITE(display_width_tests)

BOOST_AUTO_TEST_CASE(knows_narrow_wide_and_combining) {
  BOOST_TEST(display_width("") == 0U);
  BOOST_TEST(display_width("abc") == 3U);
  BOOST_TEST(display_width("✓✗–…") == 4U);
  BOOST_TEST(display_width("漢字") == 4U);
  BOOST_TEST(display_width("e\u0301") == 1U);
  BOOST_TEST(display_width("\U0001f511") == 2U);
}

BOOST_AUTO_TEST_CASE(agrees_with_the_unicode_database) {
  std::istringstream lines(run_program({"python3", "-c", database}).out);
  std::string version;
  lines >> version;
  if (version != "14.0.0") {
    BOOST_TEST_MESSAGE("skipped: python3's Unicode is " << version << ", the table's is 14.0.0");
    return;
  }
  std::size_t compared = 0;
  std::size_t wrong = 0;
  for (std::uint32_t point = 0, columns = 0; lines >> point >> columns; ++compared) {
    wrong += display_width(utf8(point)) == columns ? 0U : 1U;
  }
  BOOST_TEST(compared > 100000U);
  BOOST_TEST(wrong == 0U);
}

BOOST_AUTO_TEST_CASE(cuts_with_an_ellipsis_between_characters) {
  BOOST_TEST(cut("abcdef", 6) == "abcdef");
  BOOST_TEST(cut("abcdef", 5) == "abcd…");
  BOOST_TEST(cut("漢字漢字", 6) == "漢字…");
  BOOST_TEST(cut("e\u0301e\u0301e\u0301", 2) == "e\u0301…");
  BOOST_TEST(cut("abc", 1) == "…");
  BOOST_TEST(cut("abc", 0) == "");
}

BOOST_AUTO_TEST_CASE(pads_to_the_column) {
  std::string out;
  append_padded(out, "漢", 4);
  append_padded(out, "abcdef", 3);
  BOOST_TEST(out == "漢  ab…");
}

BOOST_AUTO_TEST_CASE(wraps_at_spaces_and_within_what_is_too_long) {
  BOOST_TEST(wrap("one two three", 7) == (std::vector<std::string>{"one two", "three"}),
             boost::test_tools::per_element());
  BOOST_TEST(wrap("abcdefgh i", 4) == (std::vector<std::string>{"abcd", "efgh", "i"}),
             boost::test_tools::per_element());
  BOOST_TEST(wrap("漢字漢", 5) == (std::vector<std::string>{"漢字", "漢"}),
             boost::test_tools::per_element());
  BOOST_TEST(wrap("", 5).size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
