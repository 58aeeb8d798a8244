#pragma once

#include <utility>

#include "clients/aws/fetch.hpp"
#include "platform/loop/callback.hpp"
#include "platform/loop/deferred.hpp"
#include "platform/loop/loop.hpp"

namespace blindfold::aws {

/// Credentials, or why this place has none.
using FetchResult = std::expected<Credentials, model::CredentialFailure>;

/// Tells whoever began an attempt how it ended: a member of the attempt, which
/// may be destroyed from within that.
class FetchEnd final {
 public:
  FetchEnd(loop::Loop& loop, Fetched done) noexcept
      : done_(std::move(done)), turn_(loop, [this]() noexcept { done_(std::move(result_)); }) {}

  /// From a later turn than the one that began the attempt. Nothing of the
  /// attempt is touched afterwards.
  void now(FetchResult result) noexcept { done_(std::move(result)); }
  /// On a later turn.
  void later(FetchResult result) noexcept {
    result_ = std::move(result);
    turn_.schedule();
  }

 private:
  loop::OwnedCallback<FetchResult> done_;
  FetchResult result_;
  loop::Deferred turn_;
};

}  // namespace blindfold::aws
