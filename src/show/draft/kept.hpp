#pragma once

#include "core/manifest/stream.hpp"

namespace blindfold::draft {

/// How Kubernetes manifests are read: of their scalars only names, keys, types
/// and the like are kept, and nothing of what Secrets and ConfigMaps hold, of
/// values of variables, arguments and annotations.
[[nodiscard]] const manifest::StreamRules& stream_rules() noexcept;

}  // namespace blindfold::draft
