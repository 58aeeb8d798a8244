#include "detect/kubernetes/judgement.hpp"

#include <algorithm>
#include <utility>

namespace blindfold::detect {
namespace {

using model::SightLevel;
using model::SightReason;

// Up to so many, a watch each costs less than everything that happens to the
// other secrets of a namespace. Measured: docs/kubernetes.md.
constexpr std::size_t most_single_watches = 5;

bool may_watch(const Rights& rights, const std::string& secret) {
  return rights.allow({"list", {}, "secrets", secret}) &&
         rights.allow({"watch", {}, "secrets", secret});
}

bool may_ask(const Rights& rights, const std::string& secret) {
  return rights.may_guess(secret);
}

}  // namespace

model::Sight judge(const Rights& rights, Policy policy, const std::string& secret, bool immutable) {
  if (const auto around = rights.way_around()) {
    return {SightLevel::none, SightReason::may_reach, around->verb + " " + around->resource};
  }
  const bool guesses = rights.may_guess(secret);
  if (guesses && policy == Policy::absent) {
    return {SightLevel::none, SightReason::no_ask_only_policy, {}};
  }
  if (guesses && policy == Policy::unknown) {
    return {SightLevel::none, SightReason::policy_unknown, {}};
  }
  // Validation runs before the policy: the reply tells whether a guess is right.
  if (immutable && rights.allow({"update", {}, "secrets", secret})) {
    return {SightLevel::none, SightReason::immutable_guess, {}};
  }
  if (const std::string_view verb = rights.reading_verb(secret); !verb.empty()) {
    return {SightLevel::wire, SightReason::may_read, std::string(verb)};
  }
  return {SightLevel::api_server, SightReason::none, {}};
}

Way choose_way(const Rights& rights, const std::vector<std::string>& secrets) {
  const auto watched = std::ranges::count_if(
      secrets, [&rights](const std::string& secret) { return may_watch(rights, secret); });
  const bool asked = std::ranges::any_of(
      secrets, [&rights](const std::string& secret) { return may_ask(rights, secret); });
  if (asked && std::cmp_less(watched, secrets.size())) {
    return Way::asking;
  }
  if (watched == 0) {
    return Way::none;
  }
  const bool whole = may_watch(rights, {});
  return whole && secrets.size() > most_single_watches ? Way::sweeping : Way::watching;
}

}  // namespace blindfold::detect
