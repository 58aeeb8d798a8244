#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "platform/base/error.hpp"

namespace blindfold::xml {

/// Told of a document piece by piece, in its order. Each call returns whether to
/// go on: `false` ends the parse, and feed() fails with `protocol`. Attributes,
/// comments and processing instructions are left out.
class Reader {
 public:
  virtual ~Reader() = default;
  /// As it stands there, with its prefix where it has one.
  virtual bool begin_element(std::string_view name) noexcept = 0;
  /// The one that began last and has not ended.
  virtual bool end_element() noexcept = 0;
  /// Text within an element in pieces, unescaped, cut anywhere between
  /// characters; CDATA too.
  virtual bool text(std::string_view piece) noexcept = 0;
};

struct Limits {
  std::size_t document = 64UL * 1024;  ///< bytes
  std::size_t depth = 16;
};

/// Reads one XML document (XML 1.0 in UTF-8, whatever it says of itself) as it
/// arrives. What it allocates is wiped before it is freed: a credential may be in
/// it. A document type is refused, and with it every entity but the five that
/// need none. Never throws; after a failure every call fails the same way.
class Parser final {
 public:
  /// `reader` outlives the parser.
  explicit Parser(Reader& reader, Limits limits = {});
  ~Parser();
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;
  Parser(Parser&&) = delete;
  Parser& operator=(Parser&&) = delete;

  /// The next bytes, wherever they were cut. Fails with `protocol` (not XML, or
  /// the reader ended it) or `limit`; the text never holds anything of the input.
  [[nodiscard]] base::Result<> feed(std::string_view bytes) noexcept;

  /// There are no more. Fails with `protocol` in the middle of a document, and
  /// where there was none.
  [[nodiscard]] base::Result<> finish() noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace blindfold::xml
