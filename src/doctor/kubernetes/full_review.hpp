#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "clients/kubernetes/call.hpp"
#include "clients/kubernetes/readers.hpp"
#include "detect/kubernetes/rights.hpp"
#include "detect/kubernetes/rights_review.hpp"
#include "platform/loop/callback.hpp"

namespace blindfold::doctor {

/// What the account may do in one namespace: the agent's own review, and where
/// an authorizer cannot list its rules each known way around by itself.
class FullReview final {
 public:
  using Result = std::variant<detect::Rights, kubernetes::Failure>;
  using Done = loop::Callback<const Result&>;

  /// `connection` outlives it. May be destroyed from within `done`.
  FullReview(kubernetes::Connection& connection, std::string name_space, Done done);

  /// Once.
  void start() noexcept;

 private:
  void on_rights(const Result& result) noexcept;
  void ask_next() noexcept;
  void on_access(const std::optional<kubernetes::Failure>& failure) noexcept;

  std::string name_space_;
  loop::OwnedCallback<const Result&> done_;
  kubernetes::AccessReader reader_;
  detect::RightsReview review_;
  kubernetes::Call access_call_;
  kubernetes::Rules rules_;
  std::vector<detect::Right> to_ask_;
  std::size_t asked_ = 0;
};

}  // namespace blindfold::doctor
