#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace blindfold::json {

/// Appends one JSON document (RFC 8259), compact, to a string it does not own.
/// Commas and quotes are the writer's; the order of calls is the caller's: a
/// `key` before each member's value, an `end_` for each `begin_`.
///
/// Characters that a terminal would obey, hide or reorder are written as `\u…`.
/// Bytes that are not well-formed UTF-8 (a file name may be anything) become
/// U+FFFD, one each, so the document is always valid.
class Writer final {
 public:
  explicit Writer(std::string& out) noexcept : out_(out) {}

  Writer& begin_object();
  Writer& end_object();
  Writer& begin_array();
  Writer& end_array();
  Writer& key(std::string_view name);
  Writer& null();
  Writer& boolean(bool value);
  Writer& string(std::string_view value);
  Writer& number(std::int64_t value);
  /// A complete JSON value that is already text.
  Writer& raw(std::string_view json);

  Writer& member(std::string_view name, std::string_view value) { return key(name).string(value); }
  Writer& member(std::string_view name, const char* value) { return key(name).string(value); }
  Writer& member(std::string_view name, std::same_as<bool> auto value) {
    return key(name).boolean(value);
  }
  template <std::integral T>
    requires(!std::same_as<T, bool>)
  Writer& member(std::string_view name, T value) {
    return key(name).number(static_cast<std::int64_t>(value));
  }

 private:
  void separate();

  std::string& out_;
  bool comma_ = false;
};

}  // namespace blindfold::json
