#pragma once

#include <string>
#include <string_view>

#include "core/manifest/diagnostic.hpp"
#include "core/manifest/source.hpp"

namespace blindfold::manifest::tests {

inline Source source(std::string text, std::string file = "/etc/app/app.yaml") {
  return {std::move(file), std::move(text), {}};
}

/// "LINE:COLUMN: MESSAGE" of each, a line each.
inline std::string brief(const Diagnostics& diagnostics) {
  std::string out;
  for (const Diagnostic& diagnostic : diagnostics) {
    out += std::to_string(diagnostic.where.line) + ":" + std::to_string(diagnostic.where.column) +
           ": " + diagnostic.message + "\n";
  }
  return out;
}

inline std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) {
    out += text;
  }
  return out;
}

}  // namespace blindfold::manifest::tests
