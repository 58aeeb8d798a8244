#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "clients/aws/credentials.hpp"
#include "platform/base/clock.hpp"
#include "platform/base/error.hpp"
#include "platform/http/client.hpp"

namespace blindfold::aws {

/// What a signature is good for, besides its day.
struct Scope {
  std::string region;   ///< "eu-west-1"
  std::string service;  ///< as signed: "secretsmanager", "ssm", "sts"
};

/// A request as it will be sent. All headers in it are signed.
struct Unsigned {
  std::string_view method = "POST";
  std::string_view path = "/";          ///< as sent, percent-encoded; without the query
  std::string_view query = {};          ///< as sent, without `?`
  std::vector<http::Header> headers{};  ///< Host among them
  std::string_view body{};
};

/// The headers that make it a signed request, X-Amz-Date and Authorization, by
/// AWS Signature Version 4 ("Create a signed AWS API request", IAM User Guide).
/// A session token is signed as X-Amz-Security-Token and is not among them: its
/// bytes stand nowhere but in `credentials`. Fails (`configuration`) where there
/// is no key to sign with, since an unsigned request must not leave, or
/// (`internal`) where there is no memory for derived keys.
[[nodiscard]] base::Result<std::vector<http::Header>> sign(const Unsigned& request,
                                                           const Scope& scope,
                                                           const Credentials& credentials,
                                                           base::SystemTime at);

}  // namespace blindfold::aws
