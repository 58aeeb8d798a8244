#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "clients/kubernetes/connection.hpp"
#include "core/inventory/tracker.hpp"
#include "core/model/requirement.hpp"
#include "core/model/sight.hpp"
#include "detect/kubernetes/ask_schedule.hpp"
#include "detect/kubernetes/namespace_source.hpp"
#include "detect/kubernetes/notice.hpp"
#include "platform/loop/callback.hpp"
#include "platform/loop/loop.hpp"

namespace blindfold::detect {

/// Looks at every requirement in a Kubernetes Secret, with no way to see into it:
/// nothing here holds a reply's bytes, nor could.
class Kubernetes final {
 public:
  struct Options {
    model::RequiredSight required_sight = model::RequiredSight::none;
    Pace pace;
  };

  /// `loop` and `connection` outlive it. `on_notice` is told how each namespace
  /// is seen.
  Kubernetes(loop::Loop& loop, kubernetes::Connection& connection, Options options,
             loop::Callback<const Notice&> on_notice);

  /// The requirement's store is `kubernetes`; it outlives this object.
  void watch(const model::Requirement& requirement, inventory::Tracker tracker);
  /// Looks from now on; after the last watch().
  void start() noexcept;

  /// Looks at everything once more.
  void look_again() noexcept;
  /// The time is up: what has not come back yet has failed.
  void give_up() noexcept;

 private:
  kubernetes::Connection& connection_;
  RateLimit rate_;
  loop::OwnedCallback<const Notice&> on_notice_;
  std::vector<std::string> names_;
  OpenNamespaces open_;
  ClusterContext cluster_;
  std::map<std::string, std::unique_ptr<NamespaceSource>> name_spaces_;
};

}  // namespace blindfold::detect
