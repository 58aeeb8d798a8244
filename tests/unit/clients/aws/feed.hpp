#pragma once

#include <cstddef>
#include <string_view>

#include "platform/json/parser.hpp"

namespace blindfold::aws {

/// Whether `reader` takes `text` as whole documents, cut at one place.
inline bool feed(json::Reader& reader, std::string_view text, std::size_t cut = 0,
                 json::Limits limits = {}) {
  json::Parser parser(reader, limits);
  return parser.feed(text.substr(0, cut)).has_value() &&
         parser.feed(text.substr(cut)).has_value() && parser.finish().has_value();
}

}  // namespace blindfold::aws
