#include "clients/kubernetes/readers.hpp"

#include <algorithm>

namespace blindfold::kubernetes {
namespace {

constexpr std::size_t longest_name = 253;
constexpr std::size_t longest_word = 256;
constexpr std::size_t longest_setting = 4096;
constexpr std::size_t most_rules = 1000;

}  // namespace

std::size_t ObjectMetaReader::wanted_of_kind(std::string_view path) noexcept {
  if (path == "metadata.name") {
    return longest_name;
  }
  if (path == "metadata.uid" || path == "metadata.resourceVersion" ||
      path == "metadata.deletionTimestamp") {
    return longest_word;
  }
  return 0;
}

bool ObjectMetaReader::on_string_of_kind(std::string_view path, std::string_view value) noexcept {
  if (path == "metadata.name") {
    meta_.name = value;
  } else if (path == "metadata.uid") {
    meta_.uid = value;
  } else if (path == "metadata.resourceVersion") {
    meta_.resource_version = value;
  } else {
    meta_.being_deleted = true;
  }
  return true;
}

void ObjectMetaReader::reset() noexcept {
  start_over();
  meta_ = {};
}

std::vector<std::string>* RulesReader::list_at(std::string_view path) noexcept {
  if (full_ || rules_.rules.empty()) {
    return nullptr;
  }
  Rule& rule = rules_.rules.back();
  if (path == "status.resourceRules[].verbs[]") {
    return &rule.verbs;
  }
  if (path == "status.resourceRules[].apiGroups[]") {
    return &rule.groups;
  }
  if (path == "status.resourceRules[].resources[]") {
    return &rule.resources;
  }
  return path == "status.resourceRules[].resourceNames[]" ? &rule.names : nullptr;
}

std::size_t RulesReader::wanted_of_kind(std::string_view path) noexcept {
  return list_at(path) != nullptr ? longest_word : 0;
}

bool RulesReader::on_string_of_kind(std::string_view path, std::string_view value) noexcept {
  list_at(path)->emplace_back(value);
  return true;
}

bool RulesReader::on_boolean(std::string_view path, bool value) noexcept {
  if (path == "status.incomplete") {
    rules_.incomplete = rules_.incomplete || value;
  }
  return true;
}

bool RulesReader::on_begin(std::string_view path) noexcept {
  if (path == "status.resourceRules[]") {
    full_ = rules_.rules.size() == most_rules;
    if (full_) {
      rules_.incomplete = true;
    } else {
      rules_.rules.emplace_back();
    }
  }
  return true;
}

void RulesReader::reset() noexcept {
  start_over();
  rules_ = {};
  full_ = false;
}

std::size_t AccessReader::wanted_of_kind(std::string_view /*path*/) noexcept {
  return 0;
}

bool AccessReader::on_string_of_kind(std::string_view /*path*/,
                                     std::string_view /*value*/) noexcept {
  return true;
}

bool AccessReader::on_boolean(std::string_view path, bool value) noexcept {
  if (path == "status.allowed") {
    allowed_ = value;
  }
  return true;
}

void AccessReader::reset() noexcept {
  start_over();
  allowed_ = false;
}

SettingsReader::SettingsReader(const std::vector<std::string>& keys)
    : KindReader("ConfigMap", true), values_(keys.size()) {
  for (const auto& key : keys) {
    append_key(paths_.emplace_back("data"), key);
  }
}

std::size_t SettingsReader::wanted_of_kind(std::string_view path) noexcept {
  return std::ranges::find(paths_, path) != paths_.end() ? longest_setting : 0;
}

bool SettingsReader::on_string_of_kind(std::string_view path, std::string_view value) noexcept {
  for (std::size_t at = 0; at < paths_.size(); ++at) {
    if (paths_[at] == path) {
      values_[at] = value;
    }
  }
  return true;
}

bool SettingsReader::on_too_long_of_kind(std::string_view /*path*/) noexcept {
  return true;
}

void SettingsReader::reset() noexcept {
  start_over();
  std::ranges::fill(values_, std::nullopt);
}

}  // namespace blindfold::kubernetes
