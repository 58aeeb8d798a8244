#pragma once

#include <optional>
#include <string>

#include "platform/base/clock.hpp"
#include "platform/http/client.hpp"
#include "platform/loop/loop.hpp"

namespace blindfold::kubernetes {

/// The CA file of an account, which rotates: read again when a request is about
/// to start and it was last read a minute ago, or when a server was not trusted.
/// What changed is given to both clients; a file that cannot be read, or holds
/// nothing that they can use, changes nothing.
class Trust final {
 public:
  /// `path` empty: there is none. The references outlive it.
  Trust(loop::Loop& loop, std::string path, std::string pem, http::Client& calls,
        http::Client& streams) noexcept;
  ~Trust() = default;
  Trust(const Trust&) = delete;
  Trust& operator=(const Trust&) = delete;
  Trust(Trust&&) = delete;
  Trust& operator=(Trust&&) = delete;

  void refresh() noexcept;
  /// The server was not trusted: the next refresh() reads, a second after the
  /// last at the earliest.
  void doubt() noexcept { doubted_ = true; }

 private:
  loop::Loop& loop_;
  std::string path_;
  std::string pem_;
  http::Client& calls_;
  http::Client& streams_;
  base::SteadyTime read_;
  bool doubted_ = false;
};

/// A file of certificates, which are no secret: a regular one, 1 MiB at most.
[[nodiscard]] std::optional<std::string> read_certificates(const std::string& path) noexcept;

}  // namespace blindfold::kubernetes
