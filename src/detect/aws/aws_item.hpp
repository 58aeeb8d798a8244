#pragma once

#include <optional>
#include <string>

#include "core/inventory/tracker.hpp"
#include "core/model/observation.hpp"
#include "core/model/requirement.hpp"
#include "core/model/sight.hpp"
#include "detect/aws/aws_place.hpp"
#include "platform/base/clock.hpp"

namespace blindfold::detect {

/// One required secret or parameter: its tracker, who keeps the agent from
/// reading it, and what was last told of it.
class AwsItem final {
 public:
  /// Its sight is `wire` until set_sight() says otherwise.
  AwsItem(const model::Requirement& requirement, AwsPlace place,
          model::RequiredSight required_sight, inventory::Tracker tracker);

  [[nodiscard]] const AwsPlace& place() const noexcept { return place_; }

  /// Tells the inventory, where it is so, that it may not be looked at.
  void begin(base::Instant now) noexcept;

  /// Takes an answer and tells the inventory. Both services are eventually
  /// consistent: the first red answer after a green one is not told, and the item
  /// is to be asked about again. Whether it was told.
  [[nodiscard]] bool report(model::Observation observation, base::Instant now) noexcept;
  /// There was no answer; the observation says why.
  void report_failure(model::Observation observation, base::Instant now) noexcept;
  /// What was last told still holds.
  void repeat(base::Instant now) noexcept;

  /// Where it is worse than what is required, the item is not looked at, the
  /// inventory is told so, and what was seen is forgotten.
  void set_sight(const model::Sight& sight, base::Instant now) noexcept;
  /// Whether that is good enough, and the item is wanted at all.
  [[nodiscard]] bool may_look() const noexcept;
  [[nodiscard]] bool refused() const noexcept;

  /// What looks like it, or is called the same in another region: shown for as
  /// long as it is missing.
  void note_near_miss(std::string name, base::Instant now) noexcept;
  void note_near_region(std::string region, base::Instant now) noexcept;

  /// Whether somebody waits for it: it is required, and not known to be there.
  [[nodiscard]] bool pending() const noexcept { return required_ && !there(); }
  [[nodiscard]] bool there() const noexcept;
  [[nodiscard]] bool missing() const noexcept;
  /// Whether there ever was an answer, or why there is none.
  [[nodiscard]] bool told() const noexcept { return told_; }
  /// What was last told, without sight and notes; nothing yet.
  [[nodiscard]] const std::optional<model::Observation>& last() const noexcept { return last_; }

 private:
  void push(base::Instant now) noexcept;
  void push_note(base::Instant now) noexcept;
  void tell_refused(base::Instant now) noexcept;

  AwsPlace place_;
  bool required_;
  model::RequiredSight required_sight_;
  inventory::Tracker tracker_;
  model::Sight sight_{model::SightLevel::wire, model::SightReason::not_tried, {}};
  std::optional<model::Observation> last_;
  std::string near_miss_;
  std::string near_region_;
  bool green_ = false;    ///< the latest green or red one that was told
  bool doubted_ = false;  ///< a red one since was not told
  bool failing_ = false;  ///< since the latest answer, looks have failed
  bool told_ = false;
};

}  // namespace blindfold::detect
