#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <variant>

#include "clients/kubernetes/call.hpp"
#include "clients/kubernetes/readers.hpp"
#include "detect/kubernetes/rights.hpp"
#include "platform/loop/callback.hpp"

namespace blindfold::detect {

/// Asks what the account may do in one namespace: SelfSubjectRulesReview, and
/// where an authorizer cannot list its rules, SelfSubjectAccessReview for each
/// verb on secrets.
class RightsReview final {
 public:
  /// The rights, or why they are not known.
  using Done = loop::Callback<const std::variant<Rights, kubernetes::Failure>&>;

  /// `connection` outlives it.
  RightsReview(kubernetes::Connection& connection, std::string name_space, Done done);

  /// Nothing where one is under way.
  void start() noexcept;
  void cancel() noexcept;

 private:
  void on_rules(const std::optional<kubernetes::Failure>& failure) noexcept;
  void ask_next() noexcept;
  void on_access(const std::optional<kubernetes::Failure>& failure) noexcept;

  std::string name_space_;
  loop::OwnedCallback<const std::variant<Rights, kubernetes::Failure>&> done_;
  kubernetes::RulesReader rules_reader_;
  kubernetes::AccessReader access_reader_;
  kubernetes::Call rules_call_;
  kubernetes::Call access_call_;
  kubernetes::Rules rules_;
  std::size_t next_verb_ = 0;
};

}  // namespace blindfold::detect
