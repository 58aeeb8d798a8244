#pragma once

#include <string>

#include "clients/account/url.hpp"

namespace blindfold::aws {

/// A server as Host names it, which is signed: with its port where that is not
/// its scheme's own.
[[nodiscard]] inline std::string authority_of(const account::ServerUrl& server) {
  const bool own_port = server.port == (server.tls ? 443 : 80);
  return account::in_brackets(server.host) + (own_port ? "" : ":" + std::to_string(server.port));
}

}  // namespace blindfold::aws
