#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "clients/kubernetes/call.hpp"
#include "clients/kubernetes/readers.hpp"
#include "detect/kubernetes/rights.hpp"
#include "platform/loop/callback.hpp"

namespace blindfold::detect {

/// Asks what the account may do in one namespace: SelfSubjectRulesReview, and
/// where an authorizer cannot list its rules, SelfSubjectAccessReview for each
/// right that matters, to any name. (One that it gives to some names alone is not
/// found then; RBAC's own are always listed.)
class RightsReview final {
 public:
  /// The rights, or why they are not known.
  using Done = loop::Callback<const std::variant<Rights, kubernetes::Failure>&>;

  /// `connection` outlives it.
  RightsReview(kubernetes::Connection& connection, std::string name_space, Done done);
  ~RightsReview();
  RightsReview(const RightsReview&) = delete;
  RightsReview& operator=(const RightsReview&) = delete;
  RightsReview(RightsReview&&) = delete;
  RightsReview& operator=(RightsReview&&) = delete;

  /// Nothing where one is under way.
  void start() noexcept;
  void cancel() noexcept;

 private:
  class Question;

  void on_rules(const std::optional<kubernetes::Failure>& failure) noexcept;
  void ask_one_by_one() noexcept;
  void ask_next(Question& question) noexcept;
  void on_access(Question& question, const std::optional<kubernetes::Failure>& failure) noexcept;

  kubernetes::Connection& connection_;
  std::string name_space_;
  loop::OwnedCallback<const std::variant<Rights, kubernetes::Failure>&> done_;
  kubernetes::RulesReader rules_reader_;
  kubernetes::Call rules_call_;
  kubernetes::Rules rules_;
  std::vector<Right> wanted_;
  std::size_t next_ = 0;                              ///< of `wanted_`
  std::size_t answered_ = 0;                          ///< of them
  std::vector<std::unique_ptr<Question>> questions_;  ///< at the same time
};

}  // namespace blindfold::detect
