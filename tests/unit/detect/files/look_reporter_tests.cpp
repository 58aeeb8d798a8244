#include "detect/files/look_reporter.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <stdexcept>
#include <string>

#include "core/inventory/inventory.hpp"
#include "support/child.hpp"
#include "support/manual_clock.hpp"
#include "support/scratch_folder.hpp"

namespace {

using namespace blindfold;
using detect::FileRequirement;
using detect::LookReporter;
using detect::Surroundings;
using model::Presence;
using model::RequiredSight;
using model::SightLevel;
using model::SightReason;
using support::Complaints;
namespace fs = std::filesystem;

struct Nobody final : inventory::Listener {
  void on_event(const model::RotationEvent& /*event*/) noexcept override {}
  void on_standing(const model::Standing& /*standing*/) noexcept override {}
};

// A reporter of one key, and what the inventory made of it. No Landlock holds.
class Reported final {
 public:
  explicit Reported(const std::string& folder, RequiredSight required = RequiredSight::none,
                    bool volume = false)
      : requirement_{folder, {"key"}, volume}, surroundings_(surroundings(required)) {}

  void look() {
    reporter_.report(detect::look_at(requirement_.folder, requirement_.keys), {"version"}, polled,
                     clock_.now());
  }
  LookReporter& reporter() { return reporter_; }
  [[nodiscard]] const model::Standing& standing() const { return *inventory_.standings().front(); }
  [[nodiscard]] base::Instant now() const { return clock_.now(); }

  std::optional<model::PollingReason> polled;

 private:
  static detect::SharedSurroundings surroundings(RequiredSight required) {
    Surroundings made;
    made.required_sight = required;
    return std::make_shared<const Surroundings>(std::move(made));
  }

  support::ManualClock clock_;
  Nobody nobody_;
  model::Requirement tracked_;
  inventory::Inventory inventory_{nobody_};
  FileRequirement requirement_;
  detect::SharedSurroundings surroundings_;
  LookReporter reporter_{requirement_, surroundings_, inventory_.track(tracked_, clock_.now())};
};

struct ReporterFixture {
  ReporterFixture() {
    ::chmod(scratch.path().c_str(), 0755);
    ::chmod(key.c_str(), 0400);
  }
  support::ScratchFolder scratch;
  std::string folder = scratch.path();
  std::string key = scratch.write("key");
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(look_reporter_tests, ReporterFixture)

BOOST_AUTO_TEST_CASE(what_a_look_said_is_passed_on_with_the_sight) {
  Reported reported(folder);
  reported.look();
  BOOST_TEST((reported.standing().presence == Presence::present));
  BOOST_TEST((reported.standing().sight.level == SightLevel::none));
  BOOST_TEST((reported.standing().sight.reason == SightReason::own_file));
  fs::remove(key);
  reported.polled = model::PollingReason::watch_limit;
  reported.look();
  BOOST_TEST((reported.standing().presence == Presence::missing));
  BOOST_TEST((reported.standing().details ==
              model::Details{model::KeyMissing{"key", ""},
                             model::Polled{model::PollingReason::watch_limit}}));
}

BOOST_AUTO_TEST_CASE(a_sight_that_is_worse_than_asked_is_refused) {
  Reported reported(folder, RequiredSight::enforced);
  reported.look();
  BOOST_TEST((reported.standing().presence == Presence::unknown));
  BOOST_REQUIRE(reported.standing().details.size() == 1);
  const auto* const refused =
      std::get_if<model::SightRefused>(&reported.standing().details.front());
  BOOST_REQUIRE(refused != nullptr);
  BOOST_TEST((refused->asked == RequiredSight::enforced));
  BOOST_TEST((refused->have.level == SightLevel::none));
}

BOOST_AUTO_TEST_CASE(the_sight_follows_owner_mode_and_links) {
  support::Partner partner([this] { ::chmod(key.c_str(), 0444); });
  BOOST_TEST(support::in_child_as_nobody([&](Complaints& complaints) {
               Reported reported(folder, RequiredSight::enforced);
               reported.look();
               complaints.expect(reported.standing().presence == Presence::present, "kernel");
               complaints.expect(reported.standing().sight.level == SightLevel::kernel, "kernel");
               partner.run();
               reported.look();
               complaints.expect(reported.standing().presence == Presence::unknown, "refused");
               complaints.expect(reported.standing().sight.reason == SightReason::readable_file,
                                 "readable");
             }) == "");
}

BOOST_AUTO_TEST_CASE(what_changed_on_the_way_is_judged_after_forget_sight) {
  support::Partner partner([this] {
    if (::chown(scratch.path().c_str(), 65534, 65534) != 0) {
      throw std::runtime_error("chown");
    }
  });
  BOOST_TEST(support::in_child_as_nobody([&](Complaints& complaints) {
               Reported reported(folder);
               reported.look();
               complaints.expect(reported.standing().sight.level == SightLevel::kernel, "kernel");
               partner.run();
               reported.reporter().forget_sight();
               reported.look();
               complaints.expect(reported.standing().sight.reason == SightReason::writable_folder,
                                 "the folder is ours now");
             }) == "");
}

BOOST_AUTO_TEST_CASE(a_key_of_a_volume_that_is_a_mount_is_never_updated) {
  detect::FolderLook look;
  look.presence = Presence::present;
  look.files.push_back({.name = "key", .mount_root = true});
  Reported volume(folder, RequiredSight::none, true);
  volume.reporter().report(look, {"1"}, std::nullopt, volume.now());
  BOOST_TEST((volume.standing().details == model::Details{model::NeverUpdated{"key"}}));
  Reported plain(folder);
  plain.reporter().report(look, {"1"}, std::nullopt, plain.now());
  BOOST_TEST(plain.standing().details.empty());
  look.swapped_to = "..2026";
  Reported swapped(folder, RequiredSight::none, true);
  swapped.reporter().report(look, {"1"}, std::nullopt, swapped.now());
  BOOST_TEST(swapped.standing().details.empty());
}

BOOST_AUTO_TEST_CASE(late_is_no_answer_and_keeps_the_sight) {
  Reported reported(folder);
  reported.look();
  reported.reporter().report_late(reported.now());
  BOOST_TEST((reported.standing().presence == Presence::present));
  BOOST_TEST(reported.standing().stale);
  BOOST_TEST((reported.standing().sight.level == SightLevel::none));
  reported.reporter().report_remote(detect::look_at(folder, {"key"}),
                                    {SightLevel::self, SightReason::none, {}}, {"2"},
                                    reported.now());
  BOOST_TEST(!reported.standing().stale);
  BOOST_TEST((reported.standing().sight.level == SightLevel::self));
  BOOST_TEST((reported.standing().details ==
              model::Details{model::Polled{model::PollingReason::no_events}}));
}

BOOST_AUTO_TEST_SUITE_END()
