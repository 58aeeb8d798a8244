#pragma once

#include <memory>
#include <string>
#include <vector>

#include "clients/aws/session.hpp"
#include "core/inventory/tracker.hpp"
#include "core/model/requirement.hpp"
#include "core/model/sight.hpp"
#include "detect/polling/rate_limit.hpp"
#include "platform/loop/loop.hpp"

namespace blindfold::detect {

/// Looks at every requirement in Secrets Manager and Parameter Store, by
/// operations whose answers have no field for a value. How often follows from
/// what is missing, how from the number of requirements; one planner for each
/// service and region.
class Aws final {
 public:
  struct Options {
    model::RequiredSight required_sight = model::RequiredSight::none;
    Pace secrets_manager;
    Pace parameter_store;
  };

  /// `loop` and `session` outlive it.
  Aws(loop::Loop& loop, aws::Session& session, Options options);
  ~Aws();
  Aws(const Aws&) = delete;
  Aws& operator=(const Aws&) = delete;
  Aws(Aws&&) = delete;
  Aws& operator=(Aws&&) = delete;

  /// The requirement's store is one of AWS's; it outlives this object.
  void watch(const model::Requirement& requirement, inventory::Tracker tracker);
  /// Looks from now on; after the last watch().
  void start() noexcept;

  /// Who keeps the agent's identity from reading, in both services: `wire` until
  /// somebody has tried. Where it is worse than what is required, nothing is
  /// looked at. Before or after start().
  void set_sight(const model::Sight& sight) noexcept;

  /// Looks at everything once more.
  void look_again() noexcept;
  /// The time is up: what has not come back yet has failed.
  void give_up() noexcept;

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace blindfold::detect
