#pragma once

#include <array>
#include <string_view>

#include "core/manifest/fields.hpp"
#include "core/manifest/read_parts.hpp"

namespace blindfold::manifest {

inline constexpr std::array<std::string_view, 5> vendor_top_keys{"schema", "vendor", "requirements",
                                                                 "settings", "groups"};

inline constexpr std::array<std::string_view, 8> operator_keys{
    "deployment", "manifests",     "defaults",  "allow",
    "override",   "require-sight", "reactions", "agent"};

void check_schema(Context& context, Fields& fields);

[[nodiscard]] ManifestNodes manifest_nodes(Fields& fields);

}  // namespace blindfold::manifest
