#pragma once

#include <expected>

#include "clients/aws/credentials.hpp"
#include "core/model/aws_detail.hpp"
#include "platform/loop/callback.hpp"

namespace blindfold::aws {

/// One attempt to get credentials that is under way. Destroying it ends it: its
/// callback is not called any more. It may be destroyed from within that.
class Fetch {
 public:
  Fetch() noexcept = default;
  virtual ~Fetch() = default;
  Fetch(const Fetch&) = delete;
  Fetch& operator=(const Fetch&) = delete;
  Fetch(Fetch&&) = delete;
  Fetch& operator=(Fetch&&) = delete;
};

/// Called once, on a later turn than the one that began the attempt.
using Fetched = loop::Callback<std::expected<Credentials, model::CredentialFailure>>;

}  // namespace blindfold::aws
