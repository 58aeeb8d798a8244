#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/detail.hpp"
#include "core/model/requirement.hpp"

namespace blindfold::advice {

/// What advice for several stores says beside its commands, as comments.

/// Each detail in words.
[[nodiscard]] std::vector<std::string> explain(const model::Details& details);

/// When the application takes a rotated credential; none where it is unsaid.
[[nodiscard]] std::vector<std::string> say_when_it_takes_effect(
    const model::Requirement& requirement);

[[nodiscard]] std::string joined(std::span<const std::string> names, std::string_view between);

/// Appends `more` to `lines`.
void append(std::vector<std::string>& lines, std::vector<std::string> more);

}  // namespace blindfold::advice
