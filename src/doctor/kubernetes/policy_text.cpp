#include "doctor/kubernetes/policy_text.hpp"

#include <algorithm>

#include "show/advice/policy_rules.hpp"

namespace blindfold::doctor {
namespace {

using Words = std::vector<std::string>;

bool has(const Words& words, std::string_view word) noexcept {
  return std::ranges::find(words, word) != words.end();
}

bool has_or_all(const Words& words, std::string_view word) noexcept {
  return has(words, word) || has(words, "*");
}

bool is_of_secrets(const ResourceRule& rule) noexcept {
  return has_or_all(rule.groups, "") && has_or_all(rule.versions, "v1") &&
         (has_or_all(rule.resources, "secrets") || has(rule.resources, "*/*"));
}

bool covers(const PolicyText& policy, std::string_view operation) noexcept {
  return std::ranges::any_of(policy.rules, [operation](const ResourceRule& rule) {
    return is_of_secrets(rule) && has_or_all(rule.operations, operation);
  });
}

// No condition at all is everybody, this account with them.
bool is_for(const PolicyText& policy, std::string_view user) {
  return user.empty() || std::ranges::all_of(policy.conditions, [user](const auto& condition) {
           return condition == advice::is_account(user);
         });
}

void check(const PolicyText& policy, std::string_view user, std::vector<PolicyFlaw>& flaws) {
  const auto flaw = [&flaws](bool found, PolicyFlaw which) {
    if (found) {
      flaws.push_back(which);
    }
  };
  flaw(policy.failure_policy != "Fail", PolicyFlaw::not_failing_closed);
  flaw(!covers(policy, "CREATE") || !covers(policy, "UPDATE"), PolicyFlaw::other_requests);
  flaw(policy.narrowed, PolicyFlaw::narrowed);
  flaw(!is_for(policy, user), PolicyFlaw::other_account);
  flaw(!has(policy.validations, advice::only_dry_runs), PolicyFlaw::may_write);
  flaw(!has(policy.validations, advice::no_values), PolicyFlaw::may_guess);
  flaw(!has(policy.validations, advice::bare_objects), PolicyFlaw::may_decorate);
}

}  // namespace

std::vector<PolicyFlaw> flaws_of(std::string_view name, std::string_view user,
                                 const std::optional<PolicyText>& policy,
                                 const std::optional<BindingText>& binding) {
  std::vector<PolicyFlaw> flaws;
  if (policy) {
    check(*policy, user, flaws);
  }
  if (binding) {
    if (binding->policy != name) {
      flaws.push_back(PolicyFlaw::bound_elsewhere);
    }
    if (!has(binding->actions, "Deny")) {
      flaws.push_back(PolicyFlaw::not_denying);
    }
    if (binding->narrowed && std::ranges::find(flaws, PolicyFlaw::narrowed) == flaws.end()) {
      flaws.push_back(PolicyFlaw::narrowed);
    }
  }
  return flaws;
}

}  // namespace blindfold::doctor
