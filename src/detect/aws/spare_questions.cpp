#include "detect/aws/spare_questions.hpp"

namespace blindfold::detect {
namespace {

// Beyond that many the manifest is not mistyped, it is not deployed yet.
constexpr std::size_t most_elsewhere = 40;

}  // namespace

void SpareQuestions::look_elsewhere(AwsItem& item) noexcept {
  if (elsewhere_.size() < most_elsewhere) {
    elsewhere_.push_back(&item);
  }
}

bool SpareQuestions::any() noexcept {
  while (!asking_elsewhere_ && !elsewhere_.empty() && !elsewhere_.front()->missing()) {
    elsewhere_.pop_front();
  }
  const bool search = !searching_ && !search_.idle();
  return search || (!asking_elsewhere_ && !elsewhere_.empty());
}

SecretQuestion SpareQuestions::take() noexcept {
  if (!searching_ && !search_.idle()) {
    searching_ = true;
    return {SecretQuestion::Kind::search, 0, search_.question()};
  }
  asking_elsewhere_ = true;
  return {SecretQuestion::Kind::elsewhere, 0,
          aws::describe_secret(elsewhere_.front()->place().name)};
}

void SpareQuestions::on_search_page(const std::optional<std::string>& next,
                                    base::Instant now) noexcept {
  searching_ = false;
  search_.on_page(next, now);
}

void SpareQuestions::on_elsewhere(const aws::SecretFacts* facts, const std::string& region,
                                  base::Instant now) noexcept {
  asking_elsewhere_ = false;
  AwsItem& item = *elsewhere_.front();
  elsewhere_.pop_front();
  if (facts != nullptr && facts->name == item.place().name && !facts->pending_deletion) {
    item.note_near_region(region, now);
  }
}

}  // namespace blindfold::detect
