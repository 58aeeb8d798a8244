#pragma once

#include "clients/aws/credential_source.hpp"
#include "platform/loop/deferred.hpp"

namespace blindfold::aws {

class CredentialWish;

/// What a wish is answered with.
using CredentialAnswer = std::expected<const Credentials*, CredentialFailures>;

/// Who answers wishes: the implementation of a CredentialSource.
class CredentialGiver {
 public:
  /// It is the wish's turn: answer it, or keep it and call later() when there is
  /// something to answer.
  virtual void serve(CredentialWish& wish) noexcept = 0;
  /// There is an answer for a wish that was kept.
  virtual void conclude(CredentialWish& wish) noexcept = 0;
  virtual void leave(CredentialWish& wish) noexcept = 0;

 protected:
  CredentialGiver() noexcept = default;
  ~CredentialGiver() = default;
  CredentialGiver(const CredentialGiver&) = default;
  CredentialGiver& operator=(const CredentialGiver&) = default;
  CredentialGiver(CredentialGiver&&) = default;
  CredentialGiver& operator=(CredentialGiver&&) = default;
};

/// A caller's wish for credentials. It and its giver may go in any order, each
/// from within the answer too.
class CredentialWish final : public CredentialSource::Wish {
 public:
  CredentialWish(loop::Loop& loop, CredentialGiver& giver, CredentialSource::Ready ready);
  ~CredentialWish() override;
  CredentialWish(const CredentialWish&) = delete;
  CredentialWish& operator=(const CredentialWish&) = delete;
  CredentialWish(CredentialWish&&) = delete;
  CredentialWish& operator=(CredentialWish&&) = delete;

  /// On a later turn it is concluded.
  void later() noexcept;
  /// The answer; the wish may be gone afterwards, and the giver as well.
  void answer(const CredentialAnswer& result) noexcept;
  /// The giver is gone: there will be no answer.
  void forget() noexcept;

 private:
  void take_turn() noexcept;

  CredentialGiver* giver_;
  CredentialSource::Ready ready_;
  loop::Deferred turn_;
  bool kept_ = false;
};

}  // namespace blindfold::aws
