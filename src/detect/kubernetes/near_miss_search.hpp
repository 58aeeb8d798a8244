#pragma once

#include <deque>
#include <string>
#include <vector>

#include "detect/kubernetes/ask_schedule.hpp"
#include "detect/kubernetes/probe.hpp"
#include "detect/kubernetes/secret_item.hpp"
#include "platform/loop/loop.hpp"
#include "platform/loop/timer.hpp"

namespace blindfold::detect {

/// Looks once for what a missing secret may have been called instead, or for one
/// of its name in another of the manifest's namespaces, by create probes, within
/// the rate.
class NearMissSearch final {
 public:
  /// All outlive it. `name_spaces`: the manifest's, which may still grow.
  NearMissSearch(loop::Loop& loop, kubernetes::Connection& connection, RateLimit& rate,
                 const std::vector<std::string>& name_spaces);

  void look_for(SecretItem& item) noexcept;

 private:
  struct Candidate {
    SecretItem* item;
    model::KubernetesLocator locator;
  };

  void ask_next() noexcept;
  void on_answer(const Answer& answer) noexcept;

  loop::Loop& loop_;
  RateLimit& rate_;
  const std::vector<std::string>& name_spaces_;
  std::deque<Candidate> candidates_;  ///< the first is the one being asked about
  std::vector<const SecretItem*> looked_for_;
  loop::Timer timer_;
  Probe probe_;
};

}  // namespace blindfold::detect
