#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/manifest/agent_settings.hpp"
#include "core/manifest/manifest.hpp"
#include "core/manifest/reaction.hpp"
#include "core/model/locator.hpp"
#include "core/model/sight.hpp"

namespace blindfold::manifest {

/// One line of `manifests:`.
struct ManifestFile {
  std::string written;  ///< as it stands there
  std::string path;     ///< absolute
  model::Origin origin;

  friend bool operator==(const ManifestFile&, const ManifestFile&) = default;
};

/// For requirements and settings that do not say it themselves.
struct Defaults {
  std::string name_space;  ///< empty: the connection's own
  std::string region;      ///< empty: the connection's own

  friend bool operator==(const Defaults&, const Defaults&) = default;
};

/// A list that is not there covers nothing.
struct AllowList {
  std::vector<std::string> items;
  model::Origin origin;  ///< of the list, or of `allow:` where it is not there

  friend bool operator==(const AllowList&, const AllowList&) = default;
};

/// What manifests may name.
struct Allow {
  AllowList namespaces;
  AllowList paths;  ///< absolute
  AllowList names;  ///< `*` matches anything, `/` too

  friend bool operator==(const Allow&, const Allow&) = default;
};

struct Skip {
  friend bool operator==(const Skip&, const Skip&) = default;
};

/// What the operator makes of one requirement: not looked at, or elsewhere.
struct Override {
  std::string id;
  std::variant<Skip, model::Locator> instead;
  model::Origin origin;

  friend bool operator==(const Override&, const Override&) = default;
};

/// What the customer's operator writes; a manifest alone reads as one, too.
struct Configuration {
  std::string deployment = "default";
  std::vector<ManifestFile> manifests;
  Defaults defaults;
  std::optional<Allow> allow;  ///< nothing: what the manifests name
  std::vector<Override> overrides;
  model::RequiredSight require_sight = model::RequiredSight::none;
  std::vector<Reaction> reactions;
  AgentSettings agent;
  Manifest manifest;  ///< the part of a manifest where one file holds both

  friend bool operator==(const Configuration&, const Configuration&) = default;
};

}  // namespace blindfold::manifest
