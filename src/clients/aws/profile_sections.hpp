#pragma once

#include <string>
#include <string_view>

#include "clients/aws/profile_file.hpp"
#include "platform/base/error.hpp"

namespace blindfold::aws {

/// Reads the lines of a shared file into `sections`: the inside of ProfileFile.
[[nodiscard]] base::Result<> read_sections(std::string_view text, const std::string& file,
                                           SharedFile kind, ProfileFile::Sections& sections);

}  // namespace blindfold::aws
