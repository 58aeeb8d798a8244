#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "platform/secret/secret_buffer.hpp"

namespace blindfold::kubernetes {

/// An object's metadata, as a probe's reply has it. Nothing else of it is read.
struct ObjectMeta {
  std::string name;
  std::string uid;
  std::string resource_version;
  bool being_deleted = false;
};

/// One row of a Table of secrets: name, type, how many keys.
struct SecretRow {
  std::string name;
  std::string type;
  std::uint32_t keys = 0;
};

/// One row of a Table of ConfigMaps.
struct ConfigMapRow {
  std::string name;
  std::uint32_t keys = 0;
};

enum class WatchEventKind : std::uint8_t { added, modified, deleted, bookmark };

/// One rule that SelfSubjectRulesReview lists.
struct Rule {
  std::vector<std::string> verbs;
  std::vector<std::string> groups;
  std::vector<std::string> resources;
  std::vector<std::string> names;  ///< resourceNames; empty: all
};

struct Rules {
  std::vector<Rule> rules;  ///< 1,000 at most
  bool incomplete = false;  ///< an authorizer could not list its own
};

}  // namespace blindfold::kubernetes
