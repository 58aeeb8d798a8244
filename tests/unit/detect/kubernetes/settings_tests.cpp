#include "detect/kubernetes/settings.hpp"

#include <boost/test/unit_test.hpp>

#include "cluster_fixture.hpp"

namespace {

using namespace std::chrono_literals;
using namespace blindfold;
using namespace blindfold::detect;

using Told = std::vector<std::pair<std::string, std::optional<std::string>>>;

class SettingsFixture : public ClusterFixture {
 public:
  SettingsFixture() {
    api.rights["app"] = Account().may({"get"}, "configmaps", {"settings", "more"}).rights();
    settings.emplace(loop(), *connection, pace,
                     [this](const manifest::Setting& setting, const auto& value) noexcept {
                       told.emplace_back(setting.id, value);
                       if (end_when_told) {
                         settings.reset();
                       }
                     });
  }
  void want(const std::string& id, const std::string& config_map = "settings",
            std::optional<std::string> fallback = {}) {
    manifest::Setting& setting = wanted.emplace_back();
    setting.id = id;
    setting.default_value = std::move(fallback);
    setting.locator.config_map = config_map;
    setting.locator.key = id;
    settings->watch(setting);
  }
  void begin() {
    settings->start();
    settle();
  }

  std::deque<manifest::Setting> wanted;
  std::optional<Settings> settings;
  Told told;
  bool end_when_told = false;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(settings_tests, SettingsFixture)

BOOST_AUTO_TEST_CASE(several_are_read_from_one_config_map_by_one_question) {
  api.config_maps["settings"] = {{"domain", "app.example"}, {"payments", "on"}, {"other", "x"}};
  want("domain");
  want("payments");
  BOOST_TEST(!settings->answered());
  begin();
  BOOST_TEST((told == Told{{"domain", "app.example"}, {"payments", "on"}}));
  BOOST_TEST(settings->answered());
  BOOST_TEST(api.count("GET", "app/configmaps/settings") == 1);
}

BOOST_AUTO_TEST_CASE(each_config_map_is_asked_for_by_name) {
  api.config_maps["settings"] = {{"domain", "app.example"}};
  api.config_maps["more"] = {{"payments", "on"}};
  want("domain");
  want("payments", "more");
  begin();
  BOOST_TEST(told.size() == 2);
  BOOST_TEST(api.count("GET") == 2);
  BOOST_TEST(api.count("GET", "app/configmaps/more") == 1);
}

BOOST_AUTO_TEST_CASE(a_change_is_told_once_at_the_steady_pace) {
  api.config_maps["settings"] = {{"payments", "on"}};
  want("payments");
  begin();
  pass(3min, 1s);
  BOOST_TEST(told.size() == 1);
  BOOST_TEST(api.count("GET") >= 5);
  BOOST_TEST(api.count("GET") <= 9);
  api.config_maps["settings"]["payments"] = "off";
  pass(37s, 1s);
  BOOST_REQUIRE(told.size() == 2);
  BOOST_TEST((told[1].second == "off"));
}

BOOST_AUTO_TEST_CASE(what_is_not_there_has_its_default) {
  api.config_maps["settings"] = {{"domain", "app.example"}};
  want("payments", "settings", "off");
  want("region", "more", "eu");
  want("nothing");
  begin();
  BOOST_TEST((told == Told{{"payments", "off"}, {"region", "eu"}} ||
              told == Told{{"region", "eu"}, {"payments", "off"}}));
  BOOST_TEST(settings->answered());
}

BOOST_AUTO_TEST_CASE(a_value_that_is_taken_away_is_not_known_any_more) {
  api.config_maps["settings"] = {{"domain", "app.example"}};
  want("domain");
  begin();
  api.config_maps.clear();
  pass(37s, 1s);
  BOOST_REQUIRE(told.size() == 2);
  BOOST_TEST(!told[1].second.has_value());
}

BOOST_AUTO_TEST_CASE(what_may_not_be_read_is_not_known_and_tried_again) {
  api.config_maps["settings"] = {{"payments", "on"}};
  api.rights["app"] = Rights();
  want("payments", "settings", "off");
  begin();
  BOOST_TEST(told.empty());
  BOOST_TEST(settings->answered());
  pass(3min, 1s);
  BOOST_TEST(api.count("GET") <= 25);
  api.rights["app"] = Account().may({"get"}, "configmaps", {"settings"}).rights();
  pass(31s, 1s);
  BOOST_TEST((told == Told{{"payments", "on"}}));
}

BOOST_AUTO_TEST_CASE(a_server_that_does_not_answer_changes_no_setting) {
  api.config_maps["settings"] = {{"payments", "on"}};
  want("payments", "settings", "off");
  begin();
  api.mood = FakeApi::Mood::resets;
  pass(3min, 1s);
  api.mood = FakeApi::Mood::well;
  pass(37s, 1s);
  BOOST_TEST((told == Told{{"payments", "on"}}));
}

BOOST_AUTO_TEST_CASE(a_404_of_anything_else_changes_no_setting) {
  api.config_maps["settings"] = {{"payments", "on"}};
  want("payments", "settings", "off");
  begin();
  api.trouble = status_reply(404, "NotFound", "the server could not find the requested resource");
  api.trouble_with = "configmaps";
  pass(3min, 1s);
  BOOST_TEST(told.size() == 1);
}

BOOST_AUTO_TEST_CASE(a_server_that_says_for_how_long_is_left_alone_so_long) {
  api.trouble = status_reply(429, "TooManyRequests", "later", "{}", "Retry-After: 20\r\n");
  api.trouble_with = "configmaps";
  want("payments");
  begin();
  pass(19s, 1s);
  BOOST_TEST(api.count("GET") == 1);
}

BOOST_AUTO_TEST_CASE(looking_again_asks_at_once) {
  api.config_maps["settings"] = {{"payments", "on"}};
  want("payments");
  settings->look_again();
  settle();
  BOOST_TEST(api.count("GET") == 0);
  begin();
  settings->look_again();
  settle();
  BOOST_TEST(api.count("GET") == 2);
}

BOOST_AUTO_TEST_CASE(it_may_end_when_it_tells) {
  api.config_maps["settings"] = {{"domain", "app.example"}, {"payments", "on"}};
  want("domain");
  want("payments");
  end_when_told = true;
  begin();
  BOOST_TEST(told.size() == 1);
  BOOST_TEST(!settings.has_value());
}

BOOST_AUTO_TEST_SUITE_END()
