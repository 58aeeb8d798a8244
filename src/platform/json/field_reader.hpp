#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "platform/json/parser.hpp"

namespace blindfold::json {

/// A reader that names each value by its path, "metadata.name",
/// "rows[].cells[]", and keeps of strings only those that are asked for. A dot,
/// a bracket or a backslash within a key has a backslash before it in a path,
/// and an empty key is a backslash, so that no key can pass for another's path.
class FieldReader : public Reader {
 public:
  bool begin_object() noexcept final;
  bool end_object() noexcept final;
  bool begin_array() noexcept final;
  bool end_array() noexcept final;
  bool key(std::string_view name) noexcept final;
  bool string(std::string_view piece, bool last) noexcept final;
  bool number(std::int64_t value) noexcept final;
  bool fraction(double value) noexcept final;
  bool boolean(bool value) noexcept final;
  bool null() noexcept final;
  bool end_document() noexcept final;

  /// Appends a key to a path as key() does.
  static void append_key(std::string& path, std::string_view name);

 protected:
  /// What wanted() answers for a string that is told in pieces and kept nowhere.
  static constexpr auto in_pieces = static_cast<std::size_t>(-1);

  /// Asked once for each string value: how many bytes of it are wanted. 0: it is
  /// passed over; longer than that, and on_too_long is asked.
  virtual std::size_t wanted(std::string_view path) noexcept = 0;
  virtual bool on_string(std::string_view path, std::string_view value) noexcept = 0;
  /// The next piece of a string that is wanted in pieces.
  virtual bool on_piece(std::string_view /*path*/, std::string_view /*piece*/,
                        bool /*last*/) noexcept {
    return true;
  }
  /// A string longer than was wanted, of which nothing is told: whether to go on
  /// without it.
  virtual bool on_too_long(std::string_view /*path*/) noexcept { return false; }
  /// A key, before its value. For refusing a document at a field's name.
  virtual bool on_key(std::string_view /*path*/) noexcept { return true; }
  virtual bool on_number(std::string_view /*path*/, std::int64_t /*value*/) noexcept {
    return true;
  }
  virtual bool on_fraction(std::string_view /*path*/, double /*value*/) noexcept { return true; }
  virtual bool on_boolean(std::string_view /*path*/, bool /*value*/) noexcept { return true; }
  virtual bool on_null(std::string_view /*path*/) noexcept { return true; }
  /// An object or an array begins, or ends.
  virtual bool on_begin(std::string_view /*path*/) noexcept { return true; }
  virtual bool on_end(std::string_view /*path*/) noexcept { return true; }
  virtual bool on_document() noexcept { return true; }

  /// Forgets a document that was left in the middle.
  void restart() noexcept;

 private:
  bool begin() noexcept;
  bool end() noexcept;

  std::string path_;
  std::vector<std::size_t> levels_;  ///< lengths of path_ at which each level began
  std::string text_;
  std::size_t room_ = 0;
  bool in_string_ = false;
};

}  // namespace blindfold::json
