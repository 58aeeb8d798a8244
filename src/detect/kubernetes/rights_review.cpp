#include "detect/kubernetes/rights_review.hpp"

#include <array>
#include <string_view>
#include <utility>

namespace blindfold::detect {
namespace {

// A thousand rules with their names.
constexpr kubernetes::CallLimits limits{.timeout = std::chrono::seconds(10), .body = 1024UL * 1024};

constexpr std::array<std::string_view, 8> secret_verbs{
    "get", "list", "watch", "patch", "delete", "deletecollection", "update", "create"};

}  // namespace

RightsReview::RightsReview(kubernetes::Connection& connection, std::string name_space, Done done)
    : name_space_(std::move(name_space)),
      done_(std::move(done)),
      rules_call_(connection, rules_reader_,
                  [this](const auto& failure) noexcept { on_rules(failure); }),
      access_call_(connection, access_reader_,
                   [this](const auto& failure) noexcept { on_access(failure); }) {
}

void RightsReview::start() noexcept {
  if (!rules_call_.running() && !access_call_.running()) {
    rules_reader_.reset();
    rules_call_.start(kubernetes::rules_review(name_space_), limits);
  }
}

void RightsReview::cancel() noexcept {
  rules_call_.cancel();
  access_call_.cancel();
}

void RightsReview::on_rules(const std::optional<kubernetes::Failure>& failure) noexcept {
  if (failure) {
    done_(*failure);
    return;
  }
  rules_ = rules_reader_.rules();
  if (!rules_.incomplete) {
    done_(Rights(std::move(rules_)));
    return;
  }
  next_verb_ = 0;
  ask_next();
}

void RightsReview::ask_next() noexcept {
  access_reader_.reset();
  access_call_.start(
      kubernetes::access_review(secret_verbs[next_verb_], {"secrets", name_space_, {}}));
}

void RightsReview::on_access(const std::optional<kubernetes::Failure>& failure) noexcept {
  if (failure) {
    done_(*failure);
    return;
  }
  if (access_reader_.allowed()) {
    rules_.rules.push_back({{std::string(secret_verbs[next_verb_])}, {""}, {"secrets"}, {}});
  }
  if (++next_verb_ < secret_verbs.size()) {
    ask_next();
  } else {
    done_(Rights(std::move(rules_)));
  }
}

}  // namespace blindfold::detect
