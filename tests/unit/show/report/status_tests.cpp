#include "show/report/status.hpp"

#include <boost/test/unit_test.hpp>

#include "support/hostile.hpp"
#include "support/run_program.hpp"
#include "support/standings.hpp"

using namespace blindfold;
using model::Presence;
using support::Standings;

namespace {

report::Status status_of(const Standings& standings) {
  return {"0.1.0", "acme-prod", support::at(), standings.all()};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(status_tests)

BOOST_AUTO_TEST_CASE(is_the_document_of_the_design) {
  Standings standings;
  model::Requirement database = support::in_directory("database", "Database password");
  database.locator = model::KubernetesLocator{.name_space = "app", .secret = "db", .keys = {}};
  standings.add(database, Presence::missing).sight.level = model::SightLevel::api_server;
  BOOST_TEST(
      report::to_json(status_of(standings)) ==
      R"({"schema":"blindfold.status/1","agent":"0.1.0","deployment":"acme-prod",)"
      R"("observed_at":"2026-11-23T12:00:00Z",)"
      R"("summary":{"required":1,"present":0,"ready":false},)"
      R"("requirements":[{"id":"database","title":"Database password",)"
      R"("provided_by":"customer","required":true,"store":"kubernetes","presence":"missing",)"
      R"("since":"2026-11-23T11:59:58Z","rotated_at":null,"sight":"api-server","detail":""}]})"
      "\n");
}

BOOST_AUTO_TEST_CASE(has_reason_rotation_and_staleness_where_there_are) {
  Standings standings;
  model::Standing& tls = standings.add(support::in_directory("tls"), Presence::incomplete,
                                       {model::KeyMissing{"tls.key", "tls.kay"}});
  tls.rotated_at = support::at(-60);
  tls.answered_at = support::at(-30);
  tls.stale = true;
  tls.sight = {model::SightLevel::self, model::SightReason::own_file, "/s/tls.crt"};
  const std::string json = report::to_json(status_of(standings));
  BOOST_TEST_INFO(json);
  BOOST_TEST(json.contains(
      R"("rotated_at":"2026-11-23T11:59:00Z","sight":"self","sight_reason":"\"/s/tls.crt\" belongs)"));
  BOOST_TEST(json.contains(R"("detail":"\"tls.key\" is missing; did you mean \"tls.kay\"?",)"
                           R"("answered_at":"2026-11-23T11:59:30Z","stale":true}]})"));
}

BOOST_AUTO_TEST_CASE(is_json_whatever_the_names_hold) {
  Standings standings;
  for (const std::string& name : support::hostile_names()) {
    model::Requirement requirement = support::in_directory(name);
    standings.add(requirement, Presence::missing, {model::KeyMissing{name, name}});
  }
  const support::Outcome parsed = support::run_program(
      {"python3", "-c",
       "import json,sys\n"
       "d=json.loads(sys.stdin.buffer.read().decode('utf-8'))\n"
       "print(len(d['requirements']), d['requirements'][2]['id'].encode('unicode_escape'))"},
      report::to_json(status_of(standings)));
  BOOST_TEST(parsed.out == std::to_string(support::hostile_names().size()) +
                               " b'two\\\\nlines\\\\r\\\\n\\\\ttab'\n",
             parsed.out << parsed.err);
}

BOOST_AUTO_TEST_CASE(only_what_is_required_and_not_skipped_counts) {
  Standings standings;
  model::Requirement optional = support::in_directory("optional");
  optional.required = false;
  standings.add(support::in_directory("a"), Presence::present);
  standings.add(support::in_directory("b"), Presence::wrong_type);
  standings.add(support::in_directory("c"), Presence::denied);
  standings.add(support::in_directory("d"), Presence::skipped);
  standings.add(optional, Presence::missing);
  standings.add(optional, Presence::present);
  const report::Summary summary = report::summarize(standings.all());
  BOOST_TEST((summary == report::Summary{.required = 3, .present = 1, .red = 1, .grey = 1}));
  BOOST_TEST(!summary.ready());
  BOOST_TEST(report::describe(summary) ==
             "1 of 3 required credentials are present, 1 could not be determined");
}

BOOST_AUTO_TEST_CASE(each_presence_has_its_exit_status) {
  const auto status_with = [](Presence presence) {
    Standings standings;
    standings.add(support::in_directory("a"), Presence::present);
    standings.add(support::in_directory("b"), presence);
    return report::exit_status(report::summarize(standings.all()));
  };
  BOOST_TEST(status_with(Presence::present) == 0);
  BOOST_TEST(status_with(Presence::skipped) == 0);
  for (const Presence red : {Presence::missing, Presence::empty, Presence::incomplete,
                             Presence::pending_deletion, Presence::wrong_type}) {
    BOOST_TEST(status_with(red) == 1, to_string(red));
  }
  for (const Presence grey : {Presence::denied, Presence::unreachable, Presence::unknown}) {
    BOOST_TEST(status_with(grey) == 3, to_string(grey));
  }
}

BOOST_AUTO_TEST_CASE(red_goes_before_grey) {
  BOOST_TEST(report::exit_status({.required = 2, .present = 0, .red = 1, .grey = 1}) == 1);
}

BOOST_AUTO_TEST_CASE(nothing_required_is_ready) {
  const report::Summary nothing = report::summarize({});
  BOOST_TEST(nothing.ready());
  BOOST_TEST(report::exit_status(nothing) == 0);
  BOOST_TEST(report::describe(nothing) == "no credential is required");
}

BOOST_AUTO_TEST_SUITE_END()
