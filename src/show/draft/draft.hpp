#pragma once

#include <cstddef>
#include <expected>
#include <string>

#include "core/manifest/diagnostic.hpp"
#include "core/manifest/source.hpp"

namespace blindfold::draft {

/// The largest text that is read. Whoever loads one need not load more than a
/// byte beyond it: a longer one is refused.
inline constexpr std::size_t largest_input = 16'777'216;

/// Kubernetes manifests, as `helm template` or `kustomize build` print them, to
/// a manifest of ours that requires each Secret which they use and do not create
/// themselves: one requirement a Secret, with the keys that are asked for, its
/// type where it is known, and where it is used as a comment. It is a draft: it
/// passes `agent check`, titles and purposes are for a person to write.
///
/// No value of a Secret, environment variable, argument or annotation is kept
/// while the text is read: names are. What is left out (names that cannot be,
/// providers outside the cluster) is a comment at the end.
///
/// Fails with one diagnostic where the text is not YAML, reaches a limit, or uses
/// no Secret that is to be provided. Its texts have nothing of the text in them,
/// but render() with the text as a source would show a line of it, which may
/// hold a value: render without sources.
[[nodiscard]] std::expected<std::string, manifest::Diagnostics> draft(
    const manifest::Source& source);

}  // namespace blindfold::draft
