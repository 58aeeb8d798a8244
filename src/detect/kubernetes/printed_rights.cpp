#include "detect/kubernetes/printed_rights.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace blindfold::detect {
namespace {

constexpr std::size_t most_told = 50;
constexpr std::size_t most_combinations = 100'000;

constexpr std::string_view admission = "admissionregistration.k8s.io";
constexpr std::array<std::string_view, 2> policies{"validatingadmissionpolicies",
                                                   "validatingadmissionpolicybindings"};

void add(std::vector<Right>& rights, std::initializer_list<std::string_view> verbs,
         std::string_view group, std::string_view resource, std::string_view name) {
  for (const std::string_view verb : verbs) {
    rights.push_back(
        {std::string(verb), std::string(group), std::string(resource), std::string(name)});
  }
}

// system:basic-user, which every authenticated account has.
bool is_everybodys(const Right& right) {
  return right.verb == "create" && right.resource.starts_with("selfsubject") &&
         (right.group == "authorization.k8s.io" || right.group == "authentication.k8s.io");
}

bool is_printed(const Right& right, const std::vector<Right>& printed) {
  return std::ranges::any_of(printed, [&right](const Right& each) {
    return each.verb == right.verb && each.group == right.group &&
           each.resource == right.resource && (each.name.empty() || each.name == right.name);
  });
}

// Each combination of one rule, until `use` says that it is enough.
template <class Use>
bool each_right(const kubernetes::Rule& rule, Use& use) {
  const std::vector<std::string> all{""};
  for (const std::string& group : rule.groups) {
    for (const std::string& resource : rule.resources) {
      for (const std::string& verb : rule.verbs) {
        for (const std::string& name : rule.names.empty() ? all : rule.names) {
          if (!use(Right{verb, group, resource, name})) {
            return false;
          }
        }
      }
    }
  }
  return true;
}

}  // namespace

std::vector<Right> printed_rights(Way way, const std::vector<std::string>& secrets,
                                  const std::vector<std::string>& config_maps) {
  std::vector<Right> rights;
  for (const std::string& secret : secrets) {
    if (way == Way::watching || way == Way::sweeping) {
      add(rights, {"list", "watch"}, "", "secrets", secret);
    } else {
      add(rights, {"update"}, "", "secrets", secret);
    }
  }
  if (way == Way::asking || way == Way::none) {
    add(rights, {"create"}, "", "secrets", "");
    add(rights, {"get", "list", "watch"}, "", "resourcequotas", hint_quota);
  }
  for (const std::string& config_map : config_maps) {
    add(rights, {"get"}, "", "configmaps", config_map);
  }
  add(rights, {"list", "watch"}, "", "events", "");
  for (const std::string_view policy : policies) {
    add(rights, {"get"}, admission, policy, "blindfold-ask-only");
  }
  return rights;
}

std::vector<Right> surplus(const Rights& rights, const std::vector<Right>& printed) {
  std::vector<Right> found;
  std::size_t left = most_combinations;
  const auto use = [&found, &printed, &left](Right right) {
    if (!is_everybodys(right) && !is_printed(right, printed) &&
        std::ranges::find(found, right) == found.end()) {
      found.push_back(std::move(right));
    }
    return found.size() < most_told && --left > 0;
  };
  for (const kubernetes::Rule& rule : rights.rules().rules) {
    if (!each_right(rule, use)) {
      break;
    }
  }
  return found;
}

}  // namespace blindfold::detect
