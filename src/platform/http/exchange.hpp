#pragma once

#include <curl/curl.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

#include "platform/base/clock.hpp"
#include "platform/base/error.hpp"
#include "platform/http/client.hpp"
#include "platform/http/easy_handle.hpp"
#include "platform/http/header_list.hpp"
#include "platform/http/multi.hpp"
#include "platform/http/reply.hpp"
#include "platform/loop/loop.hpp"
#include "platform/loop/timer.hpp"

namespace blindfold::http {

/// A transfer's one request and its reply: curl's handle and all that it points
/// to. It ends by telling its transfer, which destroys it.
class Exchange final {
 public:
  /// `multi`, `transfer` and `receiver` outlive it, the latter two until it is
  /// detached.
  Exchange(Multi& multi, Transfer& transfer, Receiver& receiver, Request request,
           SecretHeader credential) noexcept;
  ~Exchange() = default;
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;
  Exchange(Exchange&&) = delete;
  Exchange& operator=(Exchange&&) = delete;

  [[nodiscard]] Multi& multi() noexcept { return multi_; }
  [[nodiscard]] CURL* handle() const noexcept { return handle_.get(); }
  /// Why it cannot be sent at all.
  [[nodiscard]] const std::optional<base::Error>& unsendable() const noexcept {
    return unsendable_;
  }

  /// Neither transfer nor receiver is told anything more.
  void detach() noexcept;

  /// curl is done with it. Tells the transfer: it may be gone afterwards.
  void completed(CURLcode code) noexcept;
  void end(base::Result<> result) noexcept;

 private:
  static std::size_t on_head_line(char* bytes, std::size_t one, std::size_t size,
                                  void* exchange) noexcept;
  static std::size_t on_body(char* bytes, std::size_t one, std::size_t size,
                             void* exchange) noexcept;
  static int on_connected(void* exchange, char*, char*, int, int) noexcept;

  void prepare(SecretHeader credential) noexcept;
  [[nodiscard]] base::Result<> add_headers(SecretHeader credential) noexcept;
  void set_request() noexcept;
  void set_callbacks() noexcept;
  [[nodiscard]] bool over_a_new_connection() const noexcept;
  void silent() noexcept;
  void late() noexcept;

  Multi& multi_;
  loop::Loop& loop_;
  Transfer* transfer_;
  Request request_;
  HeaderList headers_;
  Reply reply_;
  std::array<char, CURL_ERROR_SIZE> said_{};
  EasyHandle handle_;
  std::optional<base::Error> unsendable_;
  base::SteadyTime last_byte_;
  loop::Timer deadline_;
  loop::Timer silence_;
};

}  // namespace blindfold::http
