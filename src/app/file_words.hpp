#pragma once

#include <string>

#include "doctor/files/files.hpp"

namespace blindfold::app {

/// What `agent doctor` prints of files: what became of each, a line each, and how
/// many were refused.
[[nodiscard]] std::string describe(const doctor::FilesReport& report);

}  // namespace blindfold::app
