#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "platform/base/error.hpp"

namespace blindfold::json {

/// Told of documents piece by piece, in their order. Each call returns whether
/// to go on: `false` ends the parse, and feed() fails with `protocol`. What a
/// reader does not keep is nowhere: the parser itself keeps no string.
class Reader {
 public:
  virtual ~Reader() = default;
  virtual bool begin_object() noexcept = 0;
  virtual bool end_object() noexcept = 0;
  virtual bool begin_array() noexcept = 0;
  virtual bool end_array() noexcept = 0;
  /// Whole, unescaped.
  virtual bool key(std::string_view name) noexcept = 0;
  /// A string value in pieces, unescaped, cut anywhere between characters; the
  /// last piece may be empty.
  virtual bool string(std::string_view piece, bool last) noexcept = 0;
  virtual bool number(std::int64_t value) noexcept = 0;
  /// A number that is no 64-bit integer.
  virtual bool fraction(double value) noexcept = 0;
  virtual bool boolean(bool value) noexcept = 0;
  virtual bool null() noexcept = 0;
  /// A document is complete. Another may follow (a watch stream).
  virtual bool end_document() noexcept = 0;
};

struct Limits {
  std::size_t document = 64UL * 1024;  ///< bytes, white space between documents left out
  std::size_t key = 1024;              ///< bytes of one key
  std::size_t depth = 32;
};

/// Reads JSON (RFC 8259) as it arrives, one document after the other with white
/// space between, in constant memory. Never throws; after a failure every call fails the same way.
class Parser final {
 public:
  /// `reader` outlives the parser.
  explicit Parser(Reader& reader, Limits limits = {});
  ~Parser();
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;
  Parser(Parser&&) = delete;
  Parser& operator=(Parser&&) = delete;

  /// The next bytes, wherever they were cut. Fails with `protocol` (not JSON, or
  /// the reader ended it) or `limit`; the text never holds anything of the input.
  [[nodiscard]] base::Result<> feed(std::string_view bytes) noexcept;

  /// There are no more. Fails with `protocol` in the middle of a document.
  [[nodiscard]] base::Result<> finish() noexcept;

  /// Documents that were complete so far.
  [[nodiscard]] std::size_t documents() const noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace blindfold::json
