#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "clients/aws/failure.hpp"
#include "platform/json/field_reader.hpp"

namespace blindfold::aws {

/// What may turn a refusal into an answer.
enum class Remedy : std::uint8_t {
  none,
  fresh_credentials,
  right_clock,
  right_clock_where_off,  ///< the code has other causes too
};

struct Meaning {
  Refusal refusal = Refusal::unexpected;
  Remedy remedy = Remedy::none;
};

/// What an error code comes to (the common errors of AWS's APIs, and those of
/// botocore's service models); where nobody knows it, what the status of HTTP
/// does. `code` may have a name space before `#` and an address after `:`.
[[nodiscard]] Meaning meaning_of(std::string_view code, int status) noexcept;

/// What a status of HTTP says whatever comes with it: that it was too much, or
/// that the service has failed.
[[nodiscard]] std::optional<Refusal> refusal_of(int status) noexcept;

/// Reads the document that a service answers in place of what was asked for. Of
/// it nothing is kept but what its `__type` comes to: its message may quote what
/// was asked for.
class RefusalReader final : public json::FieldReader {
 public:
  explicit RefusalReader(int status) noexcept : status_(status) {}
  /// Nothing: it is no such document.
  [[nodiscard]] const std::optional<Meaning>& meaning() const noexcept { return meaning_; }

 private:
  std::size_t wanted(std::string_view path) noexcept override;
  bool on_string(std::string_view path, std::string_view value) noexcept override;
  bool on_document() noexcept override { return meaning_.has_value(); }

  int status_;
  std::optional<Meaning> meaning_;
};

}  // namespace blindfold::aws
