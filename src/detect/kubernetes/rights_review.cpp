#include "detect/kubernetes/rights_review.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace blindfold::detect {
namespace {

// A thousand rules with their names.
constexpr kubernetes::CallLimits limits{.timeout = std::chrono::seconds(10), .body = 1024UL * 1024};

constexpr std::size_t at_a_time = 8;

constexpr std::array<std::string_view, 8> secret_verbs{
    "get", "list", "watch", "patch", "delete", "deletecollection", "update", "create"};

// By which it could look, or sight could be worse than the API server's.
std::vector<Right> rights_that_matter() {
  std::vector<Right> rights = ways_around();
  for (const std::string_view verb : secret_verbs) {
    rights.push_back({std::string(verb), {}, "secrets", {}});
  }
  return rights;
}

}  // namespace

/// One SelfSubjectAccessReview after the other.
class RightsReview::Question final {
 public:
  explicit Question(RightsReview& owner)
      : call_(owner.connection_, reader_,
              [this, &owner](const auto& failure) noexcept { owner.on_access(*this, failure); }) {}

  void ask(const Right& right, const std::string& name_space) noexcept {
    right_ = &right;
    reader_.reset();
    call_.start(kubernetes::access_review(right.verb, {right.resource, name_space, right.name},
                                          right.group));
  }
  void cancel() noexcept { call_.cancel(); }

  [[nodiscard]] bool running() const noexcept { return call_.running(); }
  [[nodiscard]] bool allowed() const noexcept { return reader_.allowed(); }
  [[nodiscard]] const Right& right() const noexcept { return *right_; }

 private:
  const Right* right_ = nullptr;
  kubernetes::AccessReader reader_;
  kubernetes::Call call_;
};

RightsReview::RightsReview(kubernetes::Connection& connection, std::string name_space, Done done)
    : connection_(connection),
      name_space_(std::move(name_space)),
      done_(std::move(done)),
      rules_call_(connection, rules_reader_,
                  [this](const auto& failure) noexcept { on_rules(failure); }) {
}

RightsReview::~RightsReview() = default;

void RightsReview::start() noexcept {
  const bool asking =
      std::ranges::any_of(questions_, [](const auto& question) { return question->running(); });
  if (!rules_call_.running() && !asking) {
    rules_reader_.reset();
    rules_call_.start(kubernetes::rules_review(name_space_), limits);
  }
}

void RightsReview::cancel() noexcept {
  rules_call_.cancel();
  for (const auto& question : questions_) {
    question->cancel();
  }
}

void RightsReview::on_rules(const std::optional<kubernetes::Failure>& failure) noexcept {
  if (failure) {
    done_(*failure);
    return;
  }
  rules_ = rules_reader_.rules();
  if (rules_.incomplete) {
    ask_one_by_one();
  } else {
    done_(Rights(std::move(rules_)));
  }
}

void RightsReview::ask_one_by_one() noexcept {
  wanted_ = rights_that_matter();
  next_ = 0;
  answered_ = 0;
  while (questions_.size() < at_a_time) {
    questions_.push_back(std::make_unique<Question>(*this));
  }
  for (const auto& question : questions_) {
    ask_next(*question);
  }
}

void RightsReview::ask_next(Question& question) noexcept {
  if (next_ < wanted_.size()) {
    question.ask(wanted_[next_++], name_space_);
  }
}

void RightsReview::on_access(Question& question,
                             const std::optional<kubernetes::Failure>& failure) noexcept {
  if (failure) {
    cancel();
    done_(*failure);
    return;
  }
  if (question.allowed()) {
    const Right& right = question.right();
    rules_.rules.push_back({{right.verb}, {right.group}, {right.resource}, {}});
  }
  if (++answered_ == wanted_.size()) {
    done_(Rights(std::move(rules_)));
  } else {
    ask_next(question);
  }
}

}  // namespace blindfold::detect
