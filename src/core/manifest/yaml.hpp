#pragma once

#include <expected>

#include "core/manifest/diagnostic.hpp"
#include "core/manifest/document.hpp"
#include "core/manifest/source.hpp"

namespace blindfold::manifest {

/// Reads one YAML document. Refused, with one diagnostic: more than the limits
/// of read.hpp and document_builder.hpp, what is not UTF-8 or holds control
/// characters, several documents, tags, merge keys, keys that are not text.
/// Text that yaml-cpp takes and another reader would not is taken, too.
[[nodiscard]] std::expected<Document, Diagnostics> parse(const Source& source);

}  // namespace blindfold::manifest
