#pragma once

#include <cstddef>
#include <expected>
#include <functional>
#include <span>
#include <string>

#include "core/manifest/diagnostic.hpp"
#include "core/manifest/document.hpp"
#include "core/manifest/document_builder.hpp"
#include "core/manifest/source.hpp"

namespace blindfold::manifest {

/// Decides, before it is looked at, whether what stands under a key is kept.
/// `path`: the keys on the way from the document's root, the value's own last;
/// "" stands for the items of a list. What is not kept is a null in the
/// document, whatever it was: its text is nowhere in it. A document that is a
/// list or a map is kept as such, one that is but a scalar is not.
using Keeps = bool (*)(std::span<const std::string> path, NodeKind kind) noexcept;

/// How a stream is read that another tool wrote.
struct StreamRules {
  std::size_t largest;         ///< in bytes
  std::string_view too_large;  ///< what is said of a larger one
  Limits limits;               ///< of each document
  Keeps keeps;                 ///< asked for scalars, lists and maps
};

/// Reads all YAML documents of a text (`---` between them) and gives each to
/// `use`, those that are empty left out. A document is gone when `use` returns.
/// Tags are passed over, a merge key is a key `<<`. Ends at the first thing that
/// is wrong: a diagnostic, whose texts have nothing of the text in them but,
/// perhaps, an anchor's name. To render() it with the text shows a line of it:
/// where it holds secrets, render without.
[[nodiscard]] std::expected<void, Diagnostics> read_stream(
    const Source& source, const StreamRules& rules,
    std::move_only_function<void(const Document&) noexcept> use);

}  // namespace blindfold::manifest
