#include "doctor/kubernetes/judged_rights.hpp"

#include <algorithm>
#include <utility>

#include "detect/kubernetes/printed_rights.hpp"

namespace blindfold::doctor {
namespace {

std::vector<std::string> names_of(const std::vector<WantedSecret>& secrets) {
  std::vector<std::string> names;
  names.reserve(secrets.size());
  for (const WantedSecret& secret : secrets) {
    names.push_back(secret.name);
  }
  return names;
}

// Without the others it sees as much: they say when to ask, which key a pod
// misses, and what the policy is.
bool needed_to_look(const detect::Right& right) noexcept {
  return right.resource == "secrets" || right.resource == "configmaps";
}

}  // namespace

bool reads(const detect::Right& right, detect::Policy policy) {
  std::vector<std::string> names;
  if (!right.name.empty()) {
    names.push_back(right.name);
  }
  const detect::Rights alone(
      kubernetes::Rules{{{{right.verb}, {right.group}, {right.resource}, std::move(names)}}});
  return !alone.reading_verb(right.name).empty() || alone.way_around() ||
         (policy != detect::Policy::in_force && alone.may_guess(right.name));
}

void judge_rights(NamespaceProof& proof, const detect::Rights& rights,
                  const WantedNamespace& wanted) {
  const std::vector<std::string> secrets = names_of(wanted.secrets);
  proof.way = detect::choose_way(rights, secrets);
  const auto printed = detect::printed_rights(proof.way, secrets, wanted.config_maps);
  std::ranges::copy_if(printed, std::back_inserter(proof.missing), [&rights](const auto& right) {
    return needed_to_look(right) && !rights.allow(right);
  });
  for (detect::Right& right : detect::surplus(rights, printed)) {
    const bool found = reads(right, proof.policy);
    proof.surplus.push_back({std::move(right), found});
  }
  for (SecretProof& secret : proof.secrets) {
    secret.sight = detect::judge(rights, proof.policy, secret.secret, secret.immutable);
  }
}

}  // namespace blindfold::doctor
