#pragma once

#include <expected>
#include <memory>
#include <string_view>
#include <vector>

#include "clients/aws/account.hpp"
#include "clients/aws/credentials.hpp"
#include "core/model/aws_detail.hpp"
#include "platform/loop/callback.hpp"
#include "platform/loop/loop.hpp"

namespace blindfold::helper {
class Helper;
}

namespace blindfold::aws {

/// Why there are no credentials: one for each place of the chain, in its order.
using CredentialFailures = std::vector<model::CredentialFailure>;

/// Gives the credentials of one source, and fresh ones five minutes before they
/// expire or when they were refused. The last good ones are kept until they
/// expire, however many refreshes fail; between failed ones it waits: 1 s to
/// 5 min, with full jitter.
class CredentialSource final {
 public:
  /// Lent for the call; never empty. Or why there are none.
  using Ready = loop::Callback<const std::expected<const Credentials*, CredentialFailures>&>;

  /// `source` (null: the chain has none, and `account` says why), `account` and
  /// `helper` (null where no source is a Process) outlive it.
  CredentialSource(loop::Loop& loop, const Source* source, const Account& account,
                   helper::Helper* helper);
  ~CredentialSource();
  CredentialSource(const CredentialSource&) = delete;
  CredentialSource& operator=(const CredentialSource&) = delete;
  CredentialSource(CredentialSource&&) = delete;
  CredentialSource& operator=(CredentialSource&&) = delete;

  /// One caller's wish. Destroying it takes it back.
  class Wish {
   public:
    virtual ~Wish() = default;
  };

  /// Calls `ready` once, on a later turn. Several wishes share one refresh.
  [[nodiscard]] std::unique_ptr<Wish> want(Ready ready);

  /// The service refused these (ExpiredToken, UnrecognizedClientException): the
  /// next wish gets others, where they are older than a second.
  void refused() noexcept;

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

/// The place in the chain that a source stands for.
[[nodiscard]] model::CredentialPlace place_of(const Source& source) noexcept;

}  // namespace blindfold::aws
