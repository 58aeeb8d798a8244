#pragma once

#include <string_view>

#include "core/manifest/configuration.hpp"
#include "core/manifest/problems.hpp"

namespace blindfold::manifest {

/// An error where `allow` does not cover where the requirement or the setting
/// is, namespaces and regions filled in.
void check_allowed(Problems& problems, const Allow& allow, const model::Requirement& requirement);
void check_allowed(Problems& problems, const Allow& allow, const Setting& setting);

/// Whether `pattern`, in which `*` stands for any text, `/` too, is all of `name`.
[[nodiscard]] bool matches_pattern(std::string_view pattern, std::string_view name) noexcept;

}  // namespace blindfold::manifest
