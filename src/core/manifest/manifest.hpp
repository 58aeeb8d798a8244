#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/manifest/format.hpp"
#include "core/model/requirement.hpp"

namespace blindfold::manifest {

/// A name or a path that a file mentions, and where.
struct Mention {
  std::string text;
  model::Origin origin;

  friend bool operator==(const Mention&, const Mention&) = default;
};

/// Where a setting's value lives: one key of a ConfigMap.
struct ConfigMapLocator {
  std::string name_space;  ///< after defaults; empty: the connection's own
  std::string config_map;
  std::string key;

  friend bool operator==(const ConfigMapLocator&, const ConfigMapLocator&) = default;
};

/// A value that is not secret.
struct Setting {
  std::string id;
  std::string title;  ///< the id where the file gives none
  Format format = Format::text;
  std::vector<std::string> choices;          ///< of Format::choice, never empty there
  std::optional<std::string> default_value;  ///< of that format
  bool required = true;
  ConfigMapLocator locator;
  model::Origin origin;

  friend bool operator==(const Setting&, const Setting&) = default;
};

/// Requirements that rotate together: their ids, two at least.
struct Group {
  std::vector<Mention> ids;
  model::Origin origin;

  friend bool operator==(const Group&, const Group&) = default;
};

/// What a vendor writes, as it stands in the file: paths are absolute, nothing
/// else of the operator's configuration is applied yet.
struct Manifest {
  std::string minisign;  ///< the public key that signs the bundles; may be empty
  std::vector<model::Requirement> requirements;
  std::vector<Setting> settings;
  std::vector<Group> groups;

  friend bool operator==(const Manifest&, const Manifest&) = default;
};

}  // namespace blindfold::manifest
