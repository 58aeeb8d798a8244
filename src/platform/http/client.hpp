#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/error.hpp"
#include "platform/http/endpoint.hpp"
#include "platform/loop/loop.hpp"
#include "platform/secret/secret_buffer.hpp"

namespace blindfold::http {

struct Header {
  std::string name;
  std::string value;
};

/// A header whose value is a credential: "NAME: PREFIX" and the bytes.
struct SecretHeader {
  std::string_view name{};
  std::string_view prefix{};
  const secret::SecretBuffer* value = nullptr;  ///< lent; null or empty: there is none
};

/// "Authorization: Bearer TOKEN".
[[nodiscard]] inline SecretHeader bearer(const secret::SecretBuffer& token) noexcept {
  return {.name = "Authorization", .prefix = "Bearer ", .value = &token};
}

struct Request {
  std::string method = "GET";
  std::string target;  ///< path and query, below the endpoint's URL: begins with `/`
  std::vector<Header> headers{};
  std::string body{};                  ///< its type stands in `headers`
  secret::SecretBuffer secret_body{};  ///< in place of `body`, where a credential is in it
  /// From start to end; nothing: it may go on for ever (a watch).
  std::optional<std::chrono::milliseconds> timeout = std::chrono::seconds(30);
  /// Without a byte for as long as that, it has failed.
  std::optional<std::chrono::milliseconds> silence{};
  std::size_t max_body = 1024UL * 1024;  ///< bytes, after decompression
};

/// The head of a reply.
struct Head {
  int status = 0;
  std::string content_type;  ///< as sent, without white space around it
  std::optional<std::chrono::seconds> retry_after;
  std::optional<std::chrono::sys_seconds> date;
  bool stored = false;  ///< it has an Age: a cache's answer, and `date` is not of now
};

/// Told what comes back. From any of these the transfer may be cancelled or
/// destroyed. After on_end it is told nothing more.
class Receiver {
 public:
  virtual ~Receiver() = default;
  /// `false`: the rest is not wanted; on_end follows with kind `protocol`.
  virtual bool on_head(const Head& head) noexcept = 0;
  virtual bool on_data(std::string_view bytes) noexcept = 0;
  /// It is complete, or failed: `unreachable` (no connection, no answer, the
  /// connection broke), `denied` (TLS: not whom we trust, or not trusted by
  /// them), `limit`, `protocol`, `configuration` (a token that cannot be sent),
  /// `internal`. Never from within start(). The client may be destroyed from
  /// within this one, once all its transfers are.
  virtual void on_end(base::Result<> result) noexcept = 0;
};

class Multi;
class Exchange;

/// Connections to one endpoint, over HTTP/2 where the server speaks it. No
/// redirects, no cookies, no ambient proxy, no netrc; gzip is asked for. Where a
/// kept connection turns out to be closed before any answer, the request is sent
/// again over another, whatever its method. Over a new TLS connection the first
/// request gets its head before others begin. It outlives its transfers.
class Client final {
 public:
  /// Fails (`configuration`) where a URL, a certificate or a key cannot be used.
  /// The first one is made before there are other threads: it starts libcurl.
  [[nodiscard]] static base::Result<std::unique_ptr<Client>> make(loop::Loop& loop,
                                                                  Endpoint endpoint,
                                                                  ClientOptions options);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  Client(Client&&) = delete;
  Client& operator=(Client&&) = delete;

  /// Other certificates from now on (they rotate): what runs goes on, what
  /// starts later uses connections of its own, counted from none. Where they
  /// cannot be used it fails (`configuration`), and those before stay.
  [[nodiscard]] base::Result<> trust(std::string_view ca_pem) noexcept;

 private:
  friend class Transfer;
  class Parts;
  explicit Client(std::unique_ptr<Parts> parts) noexcept;
  std::unique_ptr<Parts> parts_;
};

/// One request at a time and its reply. Destroying it, or cancel(), ends it:
/// the receiver is told nothing more.
class Transfer final {
 public:
  /// Both outlive it.
  Transfer(Client& client, Receiver& receiver) noexcept;
  ~Transfer();
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;
  Transfer(Transfer&&) = delete;
  Transfer& operator=(Transfer&&) = delete;

  /// Only while none runs. `credential`'s value is copied, into a SecretBuffer.
  void start(Request request, SecretHeader credential = {}) noexcept;
  void cancel() noexcept;
  [[nodiscard]] bool running() const noexcept;

 private:
  friend class Exchange;
  void finish(base::Result<> result) noexcept;

  Client& client_;
  Receiver& receiver_;
  std::unique_ptr<Exchange> exchange_;
};

}  // namespace blindfold::http
