#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "platform/base/clock.hpp"
#include "platform/http/client.hpp"

namespace blindfold::http {

/// Reads a reply's head, line by line as curl gives it. Heads that come before
/// the reply's own (1xx) are passed over, and what comes after it (trailers) is.
class HeadReader final {
 public:
  enum class Step : std::uint8_t { more, complete, too_large, malformed };

  /// One line with its end. `complete` is said once, at the empty line.
  [[nodiscard]] Step read(std::string_view line) noexcept;

  [[nodiscard]] bool complete() const noexcept { return complete_; }

  /// After `complete`. `now`: what a date in Retry-After counts from where the
  /// server does not say its own time.
  [[nodiscard]] Head head(base::SystemTime now) const;

  /// Bytes, of all heads and trailers together.
  static constexpr std::size_t largest = 64UL * 1024;

 private:
  void status_line(std::string_view line) noexcept;
  void field(std::string_view line) noexcept;

  bool complete_ = false;
  std::size_t bytes_ = 0;
  int status_ = 0;  ///< 0: none was read
  std::optional<std::string> content_type_;
  std::optional<std::string> retry_after_;
  std::optional<std::string> date_;
  std::optional<std::string> age_;
};

}  // namespace blindfold::http
