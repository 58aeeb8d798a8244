#pragma once

#include "clients/kubernetes/token_source.hpp"
#include "platform/loop/deferred.hpp"

namespace blindfold::kubernetes {

class TokenWish;

/// Who answers wishes: the implementation of a TokenSource.
class TokenGiver {
 public:
  /// It is the wish's turn: answer it, or keep it and call later() when there is
  /// something to answer.
  virtual void serve(TokenWish& wish) noexcept = 0;
  /// There is an answer for a wish that was kept.
  virtual void conclude(TokenWish& wish) noexcept = 0;
  virtual void leave(TokenWish& wish) noexcept = 0;

 protected:
  TokenGiver() noexcept = default;
  ~TokenGiver() = default;
  TokenGiver(const TokenGiver&) = default;
  TokenGiver& operator=(const TokenGiver&) = default;
  TokenGiver(TokenGiver&&) = default;
  TokenGiver& operator=(TokenGiver&&) = default;
};

/// A caller's wish for a token. It and its giver may go in any order, each from
/// within the answer too.
class TokenWish final : public TokenSource::Wish {
 public:
  TokenWish(loop::Loop& loop, TokenGiver& giver, TokenSource::Ready ready);
  ~TokenWish() override;
  TokenWish(const TokenWish&) = delete;
  TokenWish& operator=(const TokenWish&) = delete;
  TokenWish(TokenWish&&) = delete;
  TokenWish& operator=(TokenWish&&) = delete;

  /// On a later turn it is concluded.
  void later() noexcept;
  /// The answer; the wish may be gone afterwards, and the giver as well.
  void answer(const base::Result<const secret::SecretBuffer*>& result) noexcept;
  /// The giver is gone: there will be no answer.
  void forget() noexcept;

 private:
  void take_turn() noexcept;

  TokenGiver* giver_;
  TokenSource::Ready ready_;
  loop::Deferred turn_;
  bool kept_ = false;
};

}  // namespace blindfold::kubernetes
