#pragma once

#include <deque>
#include <set>
#include <string>
#include <vector>

#include "detect/kubernetes/probe.hpp"
#include "detect/kubernetes/secret_item.hpp"
#include "detect/polling/rate_limit.hpp"
#include "platform/loop/loop.hpp"
#include "platform/loop/timer.hpp"

namespace blindfold::detect {

/// Namespaces of the manifest in which any name may be asked for now: the account
/// may `create` there, and its sight is no worse than what is required.
using OpenNamespaces = std::set<std::string>;

/// Looks once for what a missing secret may have been called instead, or for one
/// of its name in another of the manifest's namespaces, by create probes, within
/// the rate, and only in namespaces that are open.
class NearMissSearch final {
 public:
  /// All outlive it. `open` changes; `name_spaces` are all of the manifest's.
  NearMissSearch(loop::Loop& loop, kubernetes::Connection& connection, RateLimit& rate,
                 const std::vector<std::string>& name_spaces, const OpenNamespaces& open);

  void look_for(SecretItem& item) noexcept;

 private:
  struct Candidate {
    SecretItem* item;
    model::KubernetesLocator locator;
  };

  void ask_next() noexcept;
  void on_answer(const ProbeResult& result) noexcept;

  loop::Loop& loop_;
  Turn turn_;
  const std::vector<std::string>& name_spaces_;
  const OpenNamespaces& open_;
  std::deque<Candidate> candidates_;  ///< the first is the one being asked about
  std::vector<const SecretItem*> looked_for_;
  loop::Timer timer_;
  Probe probe_;
};

}  // namespace blindfold::detect
