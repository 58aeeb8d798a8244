#pragma once

#include <optional>
#include <string>

#include "core/inventory/tracker.hpp"
#include "core/model/locator.hpp"
#include "core/model/observation.hpp"
#include "core/model/requirement.hpp"
#include "core/model/sight.hpp"
#include "platform/base/clock.hpp"

namespace blindfold::detect {

/// One required Secret: its tracker, what was last seen of it, and what else is
/// known that goes with that.
class SecretItem final {
 public:
  /// `requirement` is in a Kubernetes store and outlives the item; where it names
  /// no namespace, it is in `name_space`.
  SecretItem(const model::Requirement& requirement, std::string name_space,
             model::RequiredSight required_sight, inventory::Tracker tracker);

  [[nodiscard]] const model::KubernetesLocator& locator() const noexcept { return locator_; }
  [[nodiscard]] const std::string& secret() const noexcept { return locator_.secret; }

  /// Tells the inventory what was seen, with the sight and the notes.
  void report(model::Observation observation, base::Instant now) noexcept;
  /// There was no answer; the observation says why. Where the sight is refused,
  /// that is what stays told.
  void report_failure(model::Observation observation, base::Instant now) noexcept;
  /// What was last seen still holds, whatever was refused since.
  void repeat(base::Instant now) noexcept;

  /// What is reported next is another version than the present one, even where
  /// none was ever known.
  void expect_change(base::Instant now) noexcept;

  /// Who keeps the agent from reading it. Where that is worse than what is
  /// required, it is not looked at, the inventory is told so, and what was seen
  /// is forgotten.
  void set_sight(model::Sight sight, base::Instant now) noexcept;
  /// Whether that is good enough, as far as it is known, and it is wanted at all.
  [[nodiscard]] bool may_look() const noexcept;
  /// Whether it is known not to be.
  [[nodiscard]] bool refused() const noexcept;
  /// Whether it depends on a setting that it is wanted.
  [[nodiscard]] bool conditional() const noexcept { return conditional_; }

  /// Notes, shown as long as they fit what is seen: what looks like a missing
  /// secret, and a key that pods miss in a present one.
  void note_near_miss(std::string secret, std::string name_space, base::Instant now) noexcept;
  void note_missed_key(std::string key, base::Instant now) noexcept;

  /// Whether anything was told of it yet: an answer, or why there is none.
  [[nodiscard]] bool told() const noexcept { return told_; }
  [[nodiscard]] bool missing() const noexcept;
  [[nodiscard]] bool there() const noexcept;

  [[nodiscard]] bool immutable() const noexcept { return immutable_; }
  void set_immutable(bool immutable) noexcept {
    immutable_ = immutable;
    in_doubt_ = false;
  }
  /// It is to be found out whether it still is.
  void check_immutable() noexcept { in_doubt_ = immutable_; }
  [[nodiscard]] bool in_doubt() const noexcept { return in_doubt_; }

 private:
  void push(base::Instant now) noexcept;

  model::KubernetesLocator locator_;
  bool conditional_;
  model::RequiredSight required_sight_;
  inventory::Tracker tracker_;
  model::Sight sight_;
  std::optional<model::Observation> last_;  ///< the last answer, without sight and notes
  std::optional<model::Observation> seen_;  ///< the last that was not `denied`
  model::SecretMissing near_miss_;
  std::string missed_key_;
  model::Version missed_in_;  ///< the version of which pods missed the key
  bool versioned_ = false;    ///< a version was known once
  bool told_ = false;
  bool immutable_ = false;
  bool in_doubt_ = false;
};

}  // namespace blindfold::detect
