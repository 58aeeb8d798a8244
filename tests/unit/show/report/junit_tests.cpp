#include "show/report/junit.hpp"

#include <boost/test/unit_test.hpp>

#include "support/hostile.hpp"
#include "support/run_program.hpp"
#include "support/standings.hpp"

using namespace blindfold;
using model::Presence;
using support::Standings;

namespace {

// Prints what a reader of JUnit's XML sees, by a parser that is strict.
constexpr const char* reader =
    "import sys, xml.etree.ElementTree as e\n"
    "suite = e.fromstring(sys.stdin.buffer.read())[0]\n"
    "print(*(suite.get(n) for n in ('tests', 'failures', 'errors', 'skipped')))\n"
    "for case in suite:\n"
    "    print(case.get('name'), *(child.tag for child in case))\n";

support::Outcome read_back(const Standings& standings, const std::string& deployment) {
  return support::run_program(
      {"python3", "-X", "utf8", "-c", reader},
      report::to_junit({"0.1.0", deployment, support::at(), standings.all()}));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(junit_tests)

BOOST_AUTO_TEST_CASE(each_color_has_its_outcome) {
  Standings standings;
  model::Requirement optional = support::in_directory("optional");
  optional.required = false;
  standings.add(support::in_directory("a", "Title"), Presence::present);
  standings.add(support::in_directory("b"), Presence::missing);
  standings.add(support::in_directory("c"), Presence::denied);
  standings.add(support::in_directory("d"), Presence::skipped);
  standings.add(optional, Presence::missing);
  standings.add(optional, Presence::unknown);
  standings.add(optional, Presence::present);
  const support::Outcome read = read_back(standings, "acme");
  BOOST_TEST(read.out ==
                 "7 1 1 3\nTitle (a)\nb failure\nc error\nd skipped\noptional skipped\n"
                 "optional skipped\noptional\n",
             read.out << read.err);
}

BOOST_AUTO_TEST_CASE(says_what_is_wrong) {
  Standings standings;
  standings.add(support::in_directory("b"), Presence::incomplete,
                {model::KeyMissing{"tls.key", "tls.kay"}});
  BOOST_TEST(
      report::to_junit({"0.1.0", "acme", support::at(), standings.all()}) ==
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<testsuites>\n"
      "  <testsuite name=\"blindfold\" timestamp=\"2026-11-23T12:00:00\" tests=\"1\" "
      "failures=\"1\" errors=\"0\" skipped=\"0\" time=\"0\">\n"
      "    <testcase classname=\"acme\" name=\"b\" time=\"0\">\n"
      "      <failure type=\"incomplete\" message=\"incomplete: &quot;tls.key&quot; is missing; "
      "did you mean &quot;tls.kay&quot;?: agent commands b\"/>\n"
      "    </testcase>\n"
      "  </testsuite>\n"
      "</testsuites>\n");
}

BOOST_AUTO_TEST_CASE(is_well_formed_whatever_the_names_hold) {
  for (const std::string& name : support::hostile_names()) {
    Standings standings;
    model::Requirement requirement = support::in_directory("id", "x" + name);
    standings.add(requirement, Presence::missing, {model::KeyMissing{name, name}});
    const support::Outcome read = read_back(standings, name);
    BOOST_TEST(read.status == 0, read.err);
    BOOST_TEST(read.out.starts_with("1 1 0 0\n"), read.out);
  }
}

BOOST_AUTO_TEST_SUITE_END()
