#include "show/advice/policy_documents.hpp"

#include "show/advice/policy_rules.hpp"
#include "show/advice/remarks.hpp"
#include "show/advice/role_documents.hpp"

namespace blindfold::advice {
namespace {

using Lines = std::vector<std::string>;

// No rule holds a double quote or a backslash.
std::string expression(std::string_view before, std::string_view rule) {
  return std::string(before) + "expression: \"" + std::string(rule) + "\"";
}

// The name of the account stands in quotes of the policy's language within
// quotes of YAML's: it holds neither, nor a backslash.
Lines policy(const PermissionScope& scope) {
  return {
      "---",
      "# The agent's account may ask whether a Secret is there, and do nothing else to one: not",
      "# write, and not find out a value by guessing. Without it the rights below are ways to "
      "read.",
      "# One agent of a cluster has this name: a second one needs a policy of another name.",
      "apiVersion: admissionregistration.k8s.io/v1",
      "kind: ValidatingAdmissionPolicy",
      "metadata:",
      "  name: " + std::string(ask_only_policy),
      "spec:",
      "  # Where the policy cannot be evaluated, the account may do nothing.",
      "  failurePolicy: Fail",
      "  matchConstraints:",
      "    resourceRules:",
      R"(      - apiGroups: [""])",
      "        apiVersions: [v1]",
      "        operations: [CREATE, UPDATE]",
      "        resources: [secrets]",
      "  matchConditions:",
      "    # Nobody else is concerned.",
      "    - name: the-agent",
      expression("      ", is_account(user_of(scope.account_namespace, scope.account))),
      "  validations:",
      "    # Nothing is ever written.",
      expression("    - ", only_dry_runs),
      "      message: this account may only ask, never write",
      "    # A dry run with a guess would tell whether the guess is the value.",
      expression("    - ", no_values),
      "      message: this account sends no values",
      "    # What others act on: webhooks read annotations, and may put a value into the answer.",
      expression("    - ", bare_objects),
      "      message: bare object only",
  };
}

Lines policy_binding() {
  const std::string name(ask_only_policy);
  return {"---",
          "# Without a binding a policy does nothing.",
          "apiVersion: admissionregistration.k8s.io/v1",
          "kind: ValidatingAdmissionPolicyBinding",
          "metadata:",
          "  name: " + name,
          "spec:",
          "  policyName: " + name,
          "  validationActions: [Deny]"};
}

Lines policy_reader() {
  const std::string name(ask_only_policy);
  return {"---",
          "apiVersion: rbac.authorization.k8s.io/v1",
          "kind: ClusterRole",
          "metadata:",
          "  name: " + name,
          "rules:",
          "  # For agent doctor: that these two are there and say what they should.",
          "  - apiGroups: [admissionregistration.k8s.io]",
          "    resources: [validatingadmissionpolicies, validatingadmissionpolicybindings]",
          "    verbs: [get]",
          "    resourceNames: [" + name + "]"};
}

}  // namespace

Lines policy_documents(const PermissionScope& scope) {
  Lines lines = policy(scope);
  append(lines, policy_binding());
  append(lines, policy_reader());
  append(lines, binding(scope, ask_only_policy, {}));
  return lines;
}

}  // namespace blindfold::advice
