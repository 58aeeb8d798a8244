#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include "platform/secret/secret_buffer.hpp"

namespace blindfold::http {

/// How a server is reached, and who it has to be.
struct Endpoint {
  std::string url;       ///< "https://host:port/base": no query, no user, no final slash
  std::string ca_pem{};  ///< certificates that are trusted, and no others; empty: the system's
  std::string certificate_pem{};   ///< the client's own, with its chain; empty: none
  secret::SecretBuffer key_pem{};  ///< of the client's certificate
  std::string server_name{};       ///< that the certificate has to have; empty: the URL's host
  bool verify = true;              ///< false only where a configuration says so
  std::string proxy{};             ///< "http://…", "https://…" or "socks5://…"; empty: none
};

struct ClientOptions {
  std::size_t streams = 80;     ///< at a time on one connection
  std::size_t connections = 1;  ///< at a time; requests beyond wait
  std::chrono::milliseconds connect_timeout = std::chrono::seconds(10);
  std::string user_agent{};
};

}  // namespace blindfold::http
