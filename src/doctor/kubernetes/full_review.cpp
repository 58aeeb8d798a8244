#include "doctor/kubernetes/full_review.hpp"

#include <utility>

#include "clients/kubernetes/requests.hpp"

namespace blindfold::doctor {

FullReview::FullReview(kubernetes::Connection& connection, std::string name_space, Done done)
    : name_space_(std::move(name_space)),
      done_(std::move(done)),
      review_(connection, name_space_, [this](const auto& result) noexcept { on_rights(result); }),
      access_call_(connection, reader_,
                   [this](const auto& failure) noexcept { on_access(failure); }),
      to_ask_(detect::ways_around()) {
}

void FullReview::start() noexcept {
  review_.start();
}

void FullReview::on_rights(const Result& result) noexcept {
  const auto* const rights = std::get_if<detect::Rights>(&result);
  if (rights == nullptr || !rights->rules().incomplete) {
    done_(result);
    return;
  }
  rules_ = rights->rules();
  ask_next();
}

void FullReview::ask_next() noexcept {
  const detect::Right& right = to_ask_[asked_];
  reader_.reset();
  access_call_.start(
      kubernetes::access_review(right.verb, {right.resource, name_space_, {}}, right.group));
}

void FullReview::on_access(const std::optional<kubernetes::Failure>& failure) noexcept {
  if (failure) {
    done_(Result(*failure));
    return;
  }
  const detect::Right& right = to_ask_[asked_];
  if (reader_.allowed()) {
    rules_.rules.push_back({{right.verb}, {right.group}, {right.resource}, {}});
  }
  if (++asked_ < to_ask_.size()) {
    ask_next();
  } else {
    done_(Result(detect::Rights(std::move(rules_))));
  }
}

}  // namespace blindfold::doctor
