#pragma once

#include <optional>
#include <string>

#include "clients/kubernetes/call.hpp"
#include "clients/kubernetes/readers.hpp"
#include "detect/kubernetes/judgement.hpp"
#include "platform/base/random.hpp"
#include "platform/loop/callback.hpp"

namespace blindfold::detect {

/// Finds out whether the ask-only policy is in force: a dry-run creation with a
/// value in it must be refused by a policy, and the same with nothing in it must
/// not (else what refuses is something else, that refuses both). The value is
/// random and nobody's. That the policy refuses real writes, too, cannot be tried
/// safely: the doctor reads the policy where it may.
class PolicyCheck final {
 public:
  /// What is known, and where that is `unknown` for want of an answer, why: the
  /// server had none, or the namespace does not exist.
  using Done = loop::Callback<Policy, const std::optional<kubernetes::Failure>&>;

  /// `connection` outlives it.
  PolicyCheck(kubernetes::Connection& connection, std::string name_space, Done done);

  /// Nothing where one is under way.
  void start() noexcept;
  void cancel() noexcept;

 private:
  void on_bare(const std::optional<kubernetes::Failure>& failure) noexcept;
  void on_guess(const std::optional<kubernetes::Failure>& failure) noexcept;

  std::string name_space_;
  base::Random random_;
  loop::OwnedCallback<Policy, const std::optional<kubernetes::Failure>&> done_;
  kubernetes::ObjectMetaReader reader_;
  kubernetes::Call bare_;
  kubernetes::Call guess_;
};

}  // namespace blindfold::detect
