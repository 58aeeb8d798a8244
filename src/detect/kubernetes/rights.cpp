#include "detect/kubernetes/rights.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace blindfold::detect {
namespace {

using Names = std::vector<std::string>;

bool has(const Names& names, std::string_view name) noexcept {
  return std::ranges::any_of(names, [name](const std::string& each) { return each == name; });
}

bool names_group(const Names& groups, std::string_view group) noexcept {
  return has(groups, "*") || has(groups, group);
}

// "*/scale" stands for that subresource of everything.
bool names_resource(const Names& resources, std::string_view resource) noexcept {
  if (has(resources, "*") || has(resources, resource)) {
    return true;
  }
  const std::size_t slash = resource.find('/');
  return slash != std::string_view::npos &&
         has(resources, "*" + std::string(resource.substr(slash)));
}

bool covers(const kubernetes::Rule& rule, const Right& right) noexcept {
  return (has(rule.verbs, "*") || has(rule.verbs, right.verb)) &&
         names_group(rule.groups, right.group) && names_resource(rule.resources, right.resource) &&
         (rule.names.empty() || (!right.name.empty() && has(rule.names, right.name)));
}

struct WayAround {
  std::string_view group;
  std::string_view resource;
  std::span<const std::string_view> verbs;
};

constexpr std::string_view admission = "admissionregistration.k8s.io";

constexpr std::array<std::string_view, 1> create{"create"};
constexpr std::array<std::string_view, 2> connect{"create", "get"};
constexpr std::array<std::string_view, 2> change{"update", "patch"};
constexpr std::array<std::string_view, 3> write{"create", "update", "patch"};
constexpr std::array<std::string_view, 1> impersonate{"impersonate"};
constexpr std::array<std::string_view, 2> grant{"bind", "escalate"};
constexpr std::array<std::string_view, 4> remove{"update", "patch", "delete", "deletecollection"};

// What can mount a secret, run in a pod that has (a pod's image may be changed),
// become somebody who may, take the policy away, or be shown what others write.
constexpr std::array<WayAround, 24> all_ways_around{{
    {"", "pods", write},
    {"", "pods/exec", connect},
    {"", "pods/attach", connect},
    {"", "pods/ephemeralcontainers", change},
    {"", "replicationcontrollers", write},
    {"", "serviceaccounts/token", create},
    {"", "serviceaccounts", impersonate},
    {"", "users", impersonate},
    {"", "groups", impersonate},
    {"apps", "deployments", write},
    {"apps", "statefulsets", write},
    {"apps", "daemonsets", write},
    {"apps", "replicasets", write},
    {"batch", "jobs", write},
    {"batch", "cronjobs", write},
    {"rbac.authorization.k8s.io", "roles", grant},
    {"rbac.authorization.k8s.io", "clusterroles", grant},
    {"rbac.authorization.k8s.io", "rolebindings", write},
    {"rbac.authorization.k8s.io", "clusterrolebindings", write},
    {"", "nodes/proxy", connect},
    {admission, "validatingadmissionpolicies", remove},
    {admission, "validatingadmissionpolicybindings", remove},
    {admission, "mutatingwebhookconfigurations", write},
    {admission, "validatingwebhookconfigurations", write},
}};

}  // namespace

std::vector<Right> ways_around() {
  std::vector<Right> rights;
  for (const WayAround& way : all_ways_around) {
    for (const std::string_view verb : way.verbs) {
      rights.push_back({std::string(verb), std::string(way.group), std::string(way.resource), {}});
    }
  }
  return rights;
}

bool Rights::allow(const Right& right) const noexcept {
  return std::ranges::any_of(rules_.rules,
                             [&right](const auto& rule) { return covers(rule, right); });
}

std::string_view Rights::reading_verb(const std::string& secret) const noexcept {
  for (const char* const verb : {"get", "list", "watch", "patch", "delete"}) {
    if (allow({verb, {}, "secrets", secret})) {
      return verb;
    }
  }
  return allow({"deletecollection", {}, "secrets", {}}) ? "deletecollection" : "";
}

std::optional<Right> Rights::way_around() const noexcept {
  for (const WayAround& way : all_ways_around) {
    for (const std::string_view verb : way.verbs) {
      const bool found =
          std::ranges::any_of(rules_.rules, [verb, &way](const kubernetes::Rule& rule) {
            return (has(rule.verbs, "*") || has(rule.verbs, verb)) &&
                   names_group(rule.groups, way.group) &&
                   names_resource(rule.resources, way.resource);
          });
      if (found) {
        return Right{std::string(verb), std::string(way.group), std::string(way.resource), {}};
      }
    }
  }
  return std::nullopt;
}

bool Rights::may_guess(const std::string& secret) const noexcept {
  return allow({"update", {}, "secrets", secret}) || allow({"create", {}, "secrets", {}});
}

}  // namespace blindfold::detect
