#pragma once

#include <memory>

#include "clients/kubernetes/account.hpp"
#include "platform/base/error.hpp"
#include "platform/loop/callback.hpp"
#include "platform/loop/loop.hpp"
#include "platform/secret/secret_buffer.hpp"

namespace blindfold::helper {
class Helper;
}

namespace blindfold::kubernetes {

/// Gives the bearer token of an account, and a fresh one when the old one has
/// aged or was refused.
class TokenSource final {
 public:
  /// A token that was asked for, or why there is none. It is lent for the call;
  /// empty where the account has no token.
  using Ready = loop::Callback<const base::Result<const secret::SecretBuffer*>&>;

  /// `helper` runs exec plugins, and is null where the account has none. Both
  /// references outlive it.
  TokenSource(loop::Loop& loop, Credential credential, helper::Helper* helper);
  ~TokenSource();
  TokenSource(const TokenSource&) = delete;
  TokenSource& operator=(const TokenSource&) = delete;
  TokenSource(TokenSource&&) = delete;
  TokenSource& operator=(TokenSource&&) = delete;

  /// One caller's wish. Destroying it takes it back.
  class Wish {
   public:
    virtual ~Wish() = default;
  };

  /// Calls `ready` once, on a later turn. Several wishes share one refresh.
  [[nodiscard]] std::unique_ptr<Wish> want(Ready ready);

  /// The server refused the token: the next wish gets another. A token that is
  /// younger than a second is not refreshed again for it.
  void refused() noexcept;

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace blindfold::kubernetes
