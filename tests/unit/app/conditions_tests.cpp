#include "app/conditions.hpp"

#include <boost/test/unit_test.hpp>

#include "core/inventory/inventory.hpp"

namespace blindfold::app {
namespace {

struct Nobody final : inventory::Listener {
  void on_event(const model::RotationEvent& /*event*/) noexcept override {}
  void on_standing(const model::Standing& /*standing*/) noexcept override {}
};

struct Fixture {
  Fixture() {
    for (const char* const id : {"payments-key", "payments-hook", "database"}) {
      deployment.requirements.emplace_back().id = id;
    }
    deployment.requirements[0].when = model::Condition{"payments", "on"};
    deployment.requirements[1].when = model::Condition{"payments", "test"};
    for (const model::Requirement& requirement : deployment.requirements) {
      trackers.push_back(inventory.track(requirement, {}));
    }
  }

  [[nodiscard]] model::Presence presence(std::size_t index) const {
    return inventory.standings()[index]->presence;
  }
  [[nodiscard]] bool required(std::size_t index) const {
    return inventory.standings()[index]->required;
  }

  manifest::Deployment deployment;
  Nobody nobody;
  inventory::Inventory inventory{nobody};
  std::vector<inventory::Tracker> trackers;
  Conditions conditions{deployment, inventory};
};

BOOST_FIXTURE_TEST_SUITE(conditions_tests, Fixture)

BOOST_AUTO_TEST_CASE(the_value_decides) {
  conditions.set("payments", "on", {});
  BOOST_TEST(required(0));
  BOOST_CHECK(presence(0) == model::Presence::unknown);
  BOOST_CHECK(presence(1) == model::Presence::skipped);
  conditions.set("payments", "test", {});
  BOOST_CHECK(presence(0) == model::Presence::skipped);
  BOOST_TEST(required(1));
}

BOOST_AUTO_TEST_CASE(while_it_is_unknown_they_are_optional) {
  BOOST_TEST(!required(0));
  conditions.set("payments", "on", {});
  conditions.set("payments", std::nullopt, {});
  BOOST_TEST(!required(0));
  BOOST_CHECK(presence(0) == model::Presence::unknown);
  BOOST_TEST(required(2));
}

BOOST_AUTO_TEST_CASE(another_setting_changes_nothing) {
  conditions.set("domain", "on", {});
  BOOST_TEST(!required(0));
  BOOST_TEST(required(2));
}

BOOST_AUTO_TEST_CASE(a_setting_is_read_only_where_something_depends_on_it) {
  BOOST_TEST(Conditions::depend_on(deployment, "payments"));
  BOOST_TEST(!Conditions::depend_on(deployment, "domain"));
  deployment.requirements[0].skipped = true;
  deployment.requirements[1].skipped = true;
  BOOST_TEST(!Conditions::depend_on(deployment, "payments"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace blindfold::app
