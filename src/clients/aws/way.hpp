#pragma once

#include <memory>
#include <string>

#include "clients/aws/signer.hpp"
#include "platform/http/client.hpp"

namespace blindfold::aws {

/// How a service of a region is reached.
struct Way {
  std::unique_ptr<http::Client> client;
  std::string host;  ///< as the Host header has it
  std::string path;  ///< of `POST /`, as it is signed
  Scope scope;
};

}  // namespace blindfold::aws
