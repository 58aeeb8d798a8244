#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/unique_fd.hpp"
#include "platform/loop/loop.hpp"
#include "platform/loop/poll.hpp"

namespace blindfold::http::test {

/// A server on the test's own loop that says exactly what the test has it say,
/// on 127.0.0.1, without TLS.
class ScriptedServer final {
 public:
  class Connection final {
   public:
    Connection(ScriptedServer& server, int fd);

    /// All that came so far.
    [[nodiscard]] const std::string& received() const noexcept { return received_; }
    /// What has come is a whole request head, and of its body `Content-Length`
    /// bytes. Forgets it, for the next request on this connection.
    [[nodiscard]] bool take_request(std::string& request);

    void send(std::string_view bytes);
    /// From now on, sends this again and again for as long as there is room.
    void send_endlessly(std::string_view bytes);
    /// Ends it once everything is sent.
    void close();
    /// Ends it at once with a reset.
    void reset();
    [[nodiscard]] bool open() const noexcept { return static_cast<bool>(fd_); }
    [[nodiscard]] std::size_t sent() const noexcept { return sent_; }

   private:
    friend class ScriptedServer;
    void ready() noexcept;
    void flush();
    void end();

    ScriptedServer& server_;
    base::UniqueFd fd_;
    std::string received_;
    std::string pending_;
    std::string endless_;
    std::size_t sent_ = 0;
    bool closing_ = false;
    loop::Poll poll_;
  };

  /// Called when somebody connected and whenever bytes have come.
  using Script = std::function<void(Connection&)>;

  ScriptedServer(loop::Loop& loop, Script script);

  /// Answers each whole request with `reply`.
  ScriptedServer(loop::Loop& loop, std::string reply);

  [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
  [[nodiscard]] std::string server() const { return "127.0.0.1:" + std::to_string(port_); }
  [[nodiscard]] std::string url() const { return "http://" + server(); }

  /// Whole requests that were taken, in order.
  [[nodiscard]] const std::vector<std::string>& requests() const noexcept { return requests_; }
  [[nodiscard]] std::list<Connection>& connections() noexcept { return connections_; }
  [[nodiscard]] std::size_t open_connections() const;

  /// No connection is accepted any more: the next one is refused.
  void stop_listening();

 private:
  void accept() noexcept;

  loop::Loop& loop_;
  Script script_;
  base::UniqueFd fd_;
  std::uint16_t port_ = 0;
  std::vector<std::string> requests_;
  std::list<Connection> connections_;
  loop::Poll poll_;
};

/// "HTTP/1.1 200 OK" with a length, and `body`.
[[nodiscard]] std::string reply(std::string_view body, std::string_view fields = "",
                                std::string_view status = "200 OK");

}  // namespace blindfold::http::test
