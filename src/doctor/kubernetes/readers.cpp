#include "doctor/kubernetes/readers.hpp"

#include <algorithm>
#include <array>

namespace blindfold::doctor {
namespace {

constexpr std::size_t longest_word = 256;
constexpr std::size_t longest_expression = 1024;
constexpr std::size_t longest_user = 1024;

// What is within these makes a policy hold for less; each is there and empty
// where nobody wrote one.
constexpr std::array<std::string_view, 2> selectors{"spec.matchConstraints.namespaceSelector.",
                                                    "spec.matchConstraints.objectSelector."};

bool narrows(std::string_view path) noexcept {
  return path == "spec.paramKind" || path == "spec.matchConstraints.excludeResourceRules[]" ||
         std::ranges::any_of(
             selectors, [path](std::string_view selector) { return path.starts_with(selector); });
}

}  // namespace

std::size_t UserReader::wanted_of_kind(std::string_view path) noexcept {
  return path == "status.userInfo.username" ? longest_user : 0;
}

bool UserReader::on_string_of_kind(std::string_view /*path*/, std::string_view value) noexcept {
  user_ = value;
  return true;
}

void UserReader::reset() noexcept {
  start_over();
  user_.clear();
}

std::vector<std::string>* PolicyReader::list_at(std::string_view path) noexcept {
  if (path == "spec.matchConditions[].expression") {
    return &text_.conditions;
  }
  if (path == "spec.validations[].expression") {
    return &text_.validations;
  }
  if (text_.rules.empty()) {
    return nullptr;
  }
  ResourceRule& rule = text_.rules.back();
  if (path == "spec.matchConstraints.resourceRules[].apiGroups[]") {
    return &rule.groups;
  }
  if (path == "spec.matchConstraints.resourceRules[].apiVersions[]") {
    return &rule.versions;
  }
  if (path == "spec.matchConstraints.resourceRules[].operations[]") {
    return &rule.operations;
  }
  return path == "spec.matchConstraints.resourceRules[].resources[]" ? &rule.resources : nullptr;
}

std::size_t PolicyReader::wanted_of_kind(std::string_view path) noexcept {
  if (list_at(path) != nullptr) {
    return longest_expression;
  }
  const bool word = path == "spec.failurePolicy" ||
                    path == "spec.matchConstraints.resourceRules[].scope" ||
                    path == "spec.matchConstraints.resourceRules[].resourceNames[]";
  return word ? longest_word : 0;
}

bool PolicyReader::on_string_of_kind(std::string_view path, std::string_view value) noexcept {
  if (path == "spec.failurePolicy") {
    text_.failure_policy = value;
  } else if (path == "spec.matchConstraints.resourceRules[].scope") {
    text_.narrowed = text_.narrowed || value == "Cluster";
  } else if (std::vector<std::string>* const list = list_at(path)) {
    list->emplace_back(value);
  } else {
    text_.narrowed = true;
  }
  return true;
}

bool PolicyReader::on_too_long_of_kind(std::string_view path) noexcept {
  if (std::vector<std::string>* const list = list_at(path)) {
    list->emplace_back();
  }
  return true;
}

bool PolicyReader::on_begin(std::string_view path) noexcept {
  if (path == "spec.matchConstraints.resourceRules[]") {
    text_.rules.emplace_back();
  }
  text_.narrowed = text_.narrowed || narrows(path);
  return true;
}

void PolicyReader::reset() noexcept {
  start_over();
  text_ = {};
}

std::size_t BindingReader::wanted_of_kind(std::string_view path) noexcept {
  return path == "spec.policyName" || path == "spec.validationActions[]" ? longest_word : 0;
}

bool BindingReader::on_string_of_kind(std::string_view path, std::string_view value) noexcept {
  if (path == "spec.policyName") {
    text_.policy = value;
  } else {
    text_.actions.emplace_back(value);
  }
  return true;
}

bool BindingReader::on_begin(std::string_view path) noexcept {
  text_.narrowed = text_.narrowed || path == "spec.matchResources" || path == "spec.paramRef";
  return true;
}

void BindingReader::reset() noexcept {
  start_over();
  text_ = {};
}

}  // namespace blindfold::doctor
