#pragma once

#include <string>

#include "platform/base/error.hpp"
#include "platform/http/endpoint.hpp"

namespace blindfold::http {

/// An endpoint's URL and proxy, in the parts that its requests need.
struct Address {
  std::string url;     ///< what targets are appended to; its host is whom TLS is spoken with
  std::string server;  ///< "host:port", for messages
  std::string
      connect_to;  ///< where that host is, in CURLOPT_CONNECT_TO's form; empty: where it says
  std::string host_header;   ///< a whole line; empty: the URL's host
  std::string proxy;         ///< as curl takes it; empty: none
  std::string proxy_server;  ///< "host:port", for messages
};

/// Fails (`configuration`) where one of the URLs cannot be used. The error does
/// not repeat them: there may be a password in them.
[[nodiscard]] base::Result<Address> parse_address(const Endpoint& endpoint);

}  // namespace blindfold::http
