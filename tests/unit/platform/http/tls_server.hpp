#pragma once

#include <sys/types.h>

#include <string>

#include "platform/base/unique_fd.hpp"
#include "support/certificates.hpp"

namespace blindfold::http::test {

struct TlsServerOptions {
  const support::Identity* identity = &support::Certificates::get().server;
  const support::Identity* client_authority =
      nullptr;  ///< null: no client certificate is asked for
  bool http2 = true;
  int streams = 100;  ///< that the server announces
  std::string tls = "TLSv1_3";
};

/// tls_server.py, which the build puts beside the test program, in a process of its own: what it
/// does follows from a request's path.
class TlsServer final {
 public:
  explicit TlsServer(const TlsServerOptions& options = {});
  ~TlsServer();
  TlsServer(const TlsServer&) = delete;
  TlsServer& operator=(const TlsServer&) = delete;
  TlsServer(TlsServer&&) = delete;
  TlsServer& operator=(TlsServer&&) = delete;

  [[nodiscard]] const std::string& port() const noexcept { return port_; }
  [[nodiscard]] std::string server() const { return "127.0.0.1:" + port_; }
  [[nodiscard]] std::string url() const { return "https://" + server(); }

  /// As kill -9.
  void kill();

 private:
  base::UniqueFd input_;
  pid_t process_ = -1;
  std::string port_;
};

}  // namespace blindfold::http::test
