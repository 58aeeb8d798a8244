#pragma once

#include <string>
#include <string_view>

#include "platform/json/field_reader.hpp"

namespace blindfold::kubernetes {

/// A reader for objects of one kind and no other: the first field of a document
/// is `kind` (only `apiVersion` may stand before it) and says that kind, or the
/// parse ends before another field is looked at. So does one that comes to
/// `data` or `stringData` at the top, where the kind is none that has them.
class KindReader : public json::FieldReader {
 protected:
  /// `kind` outlives it: a literal.
  explicit KindReader(std::string_view kind, bool has_data = false) noexcept
      : kind_(kind), has_data_(has_data) {}

  /// What FieldReader's of these names are, once the kind is known to be right.
  virtual std::size_t wanted_of_kind(std::string_view path) noexcept = 0;
  virtual bool on_string_of_kind(std::string_view path, std::string_view value) noexcept = 0;
  virtual bool on_too_long_of_kind(std::string_view /*path*/) noexcept { return false; }

  /// For reset(): the next document is a first one.
  void start_over() noexcept;

 private:
  std::size_t wanted(std::string_view path) noexcept final;
  bool on_string(std::string_view path, std::string_view value) noexcept final;
  bool on_too_long(std::string_view path) noexcept final;
  bool on_key(std::string_view path) noexcept final;
  bool on_document() noexcept final;

  std::string_view kind_;
  bool has_data_;
  bool right_ = false;
};

}  // namespace blindfold::kubernetes
