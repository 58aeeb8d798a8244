#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "doctor/kubernetes/report.hpp"

namespace blindfold::doctor {

/// One of a policy's resourceRules.
struct ResourceRule {
  std::vector<std::string> groups;
  std::vector<std::string> versions;
  std::vector<std::string> operations;
  std::vector<std::string> resources;
};

/// What is read of a ValidatingAdmissionPolicy.
struct PolicyText {
  std::string failure_policy;
  bool narrowed = false;  ///< selectors, exclusions, names, scope or parameters
  std::vector<ResourceRule> rules;
  std::vector<std::string> conditions;   ///< expressions; one that is too long is empty
  std::vector<std::string> validations;  ///< the same
};

/// What is read of a ValidatingAdmissionPolicyBinding.
struct BindingText {
  std::string policy;
  bool narrowed = false;
  std::vector<std::string> actions;
};

/// In what the policy and its binding, where they were read, are not as printed
/// for the account `user`; empty `user`: whom they are for is not looked at.
/// Rules beyond those that are printed only refuse more.
[[nodiscard]] std::vector<PolicyFlaw> flaws_of(std::string_view name, std::string_view user,
                                               const std::optional<PolicyText>& policy,
                                               const std::optional<BindingText>& binding);

}  // namespace blindfold::doctor
