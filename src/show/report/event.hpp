#pragma once

#include <string>
#include <string_view>

#include "core/model/rotation_event.hpp"

namespace blindfold::report {

/// The document of a rotation event (`blindfold.event/1`), the same everywhere:
/// one line, without a newline at its end.
[[nodiscard]] std::string to_json(const model::RotationEvent& event, std::string_view deployment);

}  // namespace blindfold::report
