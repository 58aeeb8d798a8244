#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "clients/kubernetes/admission.hpp"
#include "clients/kubernetes/status.hpp"

namespace blindfold::kubernetes {

/// The fields of a meta/v1 Status, by their paths within it, as a reader comes
/// to them. Of its message only what AdmissionScanner finds is kept.
class StatusFields final {
 public:
  /// As FieldReader::wanted; the message is wanted in pieces.
  [[nodiscard]] static std::size_t wanted(std::string_view path) noexcept;
  void string(std::string_view path, std::string_view value) noexcept;
  void number(std::string_view path, std::int64_t value) noexcept;
  void begin(std::string_view path) noexcept;
  void message(std::string_view piece) noexcept { scanner_.feed(piece); }

  /// What there was.
  [[nodiscard]] Status status() const;
  void reset() noexcept;

 private:
  Status status_;
  AdmissionScanner scanner_;
};

}  // namespace blindfold::kubernetes
