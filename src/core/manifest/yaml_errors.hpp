#pragma once

#include <yaml-cpp/exceptions.h>

#include <expected>
#include <string>
#include <string_view>

#include "core/manifest/diagnostic.hpp"
#include "core/manifest/document.hpp"
#include "core/manifest/source.hpp"
#include "core/manifest/yaml_handler.hpp"

namespace blindfold::manifest {

/// Without it yaml-cpp 0.7 takes the end of the file for the end of a quote.
inline constexpr const char* end_of_document = "\n...\n";

/// The one diagnostic of a file that is not read.
[[nodiscard]] std::unexpected<Diagnostics> refused(const Source& source, Position where,
                                                   std::string message, std::string hint);

/// The same of what `text` is not YAML by. Nothing of the text is in it, but the
/// name of an anchor that nothing has.
[[nodiscard]] std::unexpected<Diagnostics> not_yaml(const Source& source, YamlHandler& handler,
                                                    const YAML::Exception& exception,
                                                    std::string_view text);

}  // namespace blindfold::manifest
