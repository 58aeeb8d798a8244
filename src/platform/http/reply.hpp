#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "platform/base/error.hpp"
#include "platform/http/client.hpp"
#include "platform/http/head_reader.hpp"
#include "platform/loop/loop.hpp"

namespace blindfold::http {

/// Turns what curl gives of a reply into a receiver's calls, within the limits.
/// From within such a call the transfer may be cancelled: detach() is called
/// then, and the receiver never again.
class Reply final {
 public:
  /// Both references outlive it, or are no longer used once it is detached.
  Reply(loop::Loop& loop, Receiver& receiver, std::string_view server, std::size_t max_body);

  /// Whether the transfer goes on; where not, refusal() says why, unless it was
  /// detached.
  [[nodiscard]] bool head_line(std::string_view line) noexcept;
  [[nodiscard]] bool body(std::string_view bytes) noexcept;

  void detach() noexcept { receiver_ = nullptr; }

  [[nodiscard]] bool has_head() const noexcept { return head_.complete(); }
  [[nodiscard]] const std::optional<base::Error>& refusal() const noexcept { return refusal_; }

 private:
  bool refuse(base::ErrorKind kind, std::string what) noexcept;
  bool unwanted() noexcept;

  loop::Loop& loop_;
  Receiver* receiver_;
  std::string_view server_;  ///< of the client's address
  HeadReader head_;
  std::size_t body_left_;
  std::size_t max_body_;
  std::optional<base::Error> refusal_;
};

}  // namespace blindfold::http
