#include "core/inventory/evidence.hpp"

#include <boost/test/unit_test.hpp>
#include <map>
#include <sstream>
#include <string>

using namespace std::chrono_literals;
using blindfold::base::SteadyTime;
using blindfold::inventory::Evidence;
using blindfold::model::EventKind;
using blindfold::model::Observation;
using blindfold::model::Presence;

namespace {

Observation look(const std::string& word) {
  static const std::map<std::string, Presence> presences{
      {"missing", Presence::missing},    {"empty", Presence::empty},
      {"denied", Presence::denied},      {"unknown", Presence::unknown},
      {"failed", Presence::unreachable},
  };
  Observation observation;
  const auto found = presences.find(word);
  observation.presence = found == presences.end() ? Presence::present : found->second;
  if (found == presences.end() && word != "?") {
    observation.version.token = word;
  }
  return observation;
}

// Reads looks, and seconds to wait as "+9"; a version stands for `present`, "?"
// for `present` without one. Returns the events, each with the second of it.
std::string events_of(const std::string& story) {
  Evidence evidence(10s);
  SteadyTime now;
  std::string events;
  const auto note = [&events, &now](std::optional<EventKind> event) {
    if (event) {
      events += events.empty() ? "" : " ";
      events += std::string(to_string(*event)) + "@" + std::to_string(now.time_since_epoch() / 1s);
    }
  };
  std::istringstream words(story);
  for (std::string word; words >> word;) {
    if (word.front() == '+') {
      for (int seconds = std::stoi(word); seconds > 0; --seconds) {
        now += 1s;
        note(evidence.expire(now));
      }
    } else {
      note(evidence.take(look(word), now));
    }
  }
  return events;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(evidence_tests)

BOOST_AUTO_TEST_CASE(law_5_the_first_green_or_red_answer_is_the_baseline) {
  BOOST_TEST(events_of("v1").empty());
  BOOST_TEST(events_of("?").empty());
  BOOST_TEST(events_of("missing +30").empty());
  BOOST_TEST(events_of("denied v1").empty());
  BOOST_TEST(events_of("unknown failed denied missing +30").empty());
  BOOST_TEST(events_of("failed +100 v1").empty());
}

BOOST_AUTO_TEST_CASE(law_6_each_new_version_is_rotated_at_once) {
  BOOST_TEST(events_of("v1 +1 v2 v3 +1 v3 v1") == "rotated@1 rotated@1 rotated@2");
  BOOST_TEST(events_of("v1 v1 v1").empty());
}

BOOST_AUTO_TEST_CASE(law_6_an_answer_without_a_version_proves_nothing) {
  BOOST_TEST(events_of("? ? v1 ? v1").empty());
  BOOST_TEST(events_of("v1 ? v2") == "rotated@0");
}

BOOST_AUTO_TEST_CASE(law_7_nothing_moves_the_window) {
  BOOST_TEST(events_of("v1 missing +5 empty +4 missing +30") == "disappeared@10");
  BOOST_TEST(events_of("v1 missing +5 denied missing +30") == "disappeared@10");
  BOOST_TEST(events_of("v1 missing +5 failed empty +30") == "disappeared@10");
  BOOST_TEST(events_of("v1 missing +9 v1 missing +30") == "disappeared@19");
}

BOOST_AUTO_TEST_CASE(law_8_back_within_the_window) {
  BOOST_TEST(events_of("v1 missing +9 v1 +30").empty());
  BOOST_TEST(events_of("v1 missing +9 v2 +30") == "rotated@9");
  BOOST_TEST(events_of("v1 missing ?") == "rotated@0");
  BOOST_TEST(events_of("? missing v1") == "rotated@0");
  BOOST_TEST(events_of("? missing ?") == "rotated@0");
  BOOST_TEST(events_of("v1 missing v2 v2 +1 missing v3") == "rotated@0 rotated@1");
}

BOOST_AUTO_TEST_CASE(law_9_disappeared_takes_a_red_answer) {
  BOOST_TEST(events_of("v1 missing +30") == "disappeared@10");
  BOOST_TEST(events_of("v1 missing denied +30").empty());
  BOOST_TEST(events_of("v1 missing failed +30").empty());
  BOOST_TEST(events_of("v1 missing failed +30 missing") == "disappeared@30");
  BOOST_TEST(events_of("v1 missing denied +30 v1 +30").empty());
  BOOST_TEST(events_of("v1 missing denied +30 v2") == "rotated@30");
  BOOST_TEST(events_of("v1 missing denied +30 v2 missing +30") == "rotated@30 disappeared@40");
}

BOOST_AUTO_TEST_CASE(law_10_green_after_settled_red_is_appeared) {
  BOOST_TEST(events_of("missing v1") == "appeared@0");
  BOOST_TEST(events_of("empty +1 denied missing ?") == "appeared@1");
  BOOST_TEST(events_of("v1 missing +10 v1") == "disappeared@10 appeared@10");
  BOOST_TEST(events_of("missing v1 v2") == "appeared@0 rotated@0");
}

BOOST_AUTO_TEST_CASE(law_10_the_version_from_before_is_forgotten) {
  BOOST_TEST(events_of("v1 missing +10 ? v2") == "disappeared@10 appeared@10");
}

BOOST_AUTO_TEST_CASE(law_11_grey_is_no_evidence) {
  BOOST_TEST(events_of("v1 denied +30 v1").empty());
  BOOST_TEST(events_of("v1 denied +30 v2") == "rotated@30");
  BOOST_TEST(events_of("v1 failed unknown v2") == "rotated@0");
  BOOST_TEST(events_of("v1 denied +30 missing +30") == "disappeared@40");
  BOOST_TEST(events_of("missing denied +30 v1") == "appeared@30");
}

BOOST_AUTO_TEST_SUITE_END()
