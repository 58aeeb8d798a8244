#pragma once

#include <string_view>

namespace blindfold::app {

/// Of the project, from meson.build.
inline constexpr std::string_view version = BLINDFOLD_VERSION;

}  // namespace blindfold::app
