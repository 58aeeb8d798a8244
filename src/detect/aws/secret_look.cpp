#include "detect/aws/secret_look.hpp"

#include <utility>

namespace blindfold::detect {
namespace {

// "ListSecrets … may take up to five minutes": its API reference.
constexpr std::chrono::minutes listing_lag{5};
// Rights may be granted.
constexpr std::chrono::hours denied_for{1};
// Versions without a label are not listed, and there are 20 labels at most.
constexpr std::uint32_t most_pages = 10;

constexpr const char* describe_action = "secretsmanager:DescribeSecret";
constexpr const char* versions_action = "secretsmanager:ListSecretVersionIds";

model::Observation observe(model::Presence presence, model::Detail detail) {
  model::Observation observation;
  observation.presence = presence;
  observation.details.push_back(std::move(detail));
  return observation;
}

}  // namespace

SecretLook::SecretLook(AwsItem item) noexcept : item_(std::move(item)) {
}

aws::Operation SecretLook::question() noexcept {
  asked_ = true;
  const std::string& id = item_.place().asked();
  return described_ ? aws::list_secret_version_ids(id, next_page_) : aws::describe_secret(id);
}

LookStep SecretLook::on_described(const std::optional<aws::Failure>& failure,
                                  const aws::SecretFacts& facts, const AwsServer& server,
                                  base::Instant now) noexcept {
  if (failure) {
    AwsAnswer answer = answer_about_place(*failure, describe_action, item_.place(), server);
    if (answer.observation.presence == model::Presence::unreachable) {
      return without_answer(std::move(answer));
    }
    known_.reset();
    if (answer.observation.presence == model::Presence::missing) {
      known_.emplace();
      checked_.clear();
    }
    return tell(std::move(answer.observation), now);
  }
  if (!is_at(item_.place(), facts)) {
    return without_answer(strange_answer(server));
  }
  known_ = {true, facts.pending_deletion, facts.current_version};
  if (facts.pending_deletion) {
    return tell(observe(model::Presence::pending_deletion, model::ScheduledForDeletion{}), now);
  }
  if (facts.current_version.empty()) {
    return tell(observe(model::Presence::empty, model::NoCurrentVersion{}), now);
  }
  const bool denied = unchecked_ && now.steady - *unchecked_ < denied_for;
  if (facts.current_version == checked_ && (!unchecked_ || denied)) {
    return tell_present(checked_, !denied, now);
  }
  described_ = facts.current_version;
  next_page_.clear();
  pages_ = 0;
  return {LookStep::Next::go_on, {}};
}

LookStep SecretLook::on_versions(const std::optional<aws::Failure>& failure,
                                 const std::string& current, const std::string& next,
                                 const AwsServer& server, base::Instant now) noexcept {
  if (failure) {
    AwsAnswer answer = answer_about_place(*failure, versions_action, item_.place(), server);
    if (answer.observation.presence == model::Presence::unreachable) {
      return without_answer(std::move(answer));
    }
    const std::string described = *std::exchange(described_, std::nullopt);
    if (answer.observation.presence == model::Presence::missing) {
      known_.emplace();
      checked_.clear();
      return tell(std::move(answer.observation), now);
    }
    unchecked_ = now.steady;
    return tell_present(described, false, now);
  }
  if (current.empty() && !next.empty()) {
    if (++pages_ >= most_pages) {
      return without_answer(endless_answer(versions_action, pages_));
    }
    next_page_ = next;
    return {LookStep::Next::go_on, {}};
  }
  described_.reset();
  unchecked_.reset();
  if (current.empty()) {
    // That version may be given a value under the same id.
    known_.reset();
    checked_.clear();
    return tell(observe(model::Presence::empty, model::NoCurrentVersion{}), now);
  }
  return tell_present(current, true, now);
}

bool SecretLook::on_listed(const SecretClaim& claim, base::Instant now) noexcept {
  if (!item_.last()) {
    return true;
  }
  const bool refuted = refuted_ == claim && now.steady - refuted_at_ < listing_lag;
  if (known_ == claim || refuted) {
    item_.repeat(now);
    return false;
  }
  claimed_ = claim;
  return true;
}

LookStep SecretLook::tell(model::Observation observation, base::Instant now) noexcept {
  if (claimed_ && claimed_ != known_) {
    refuted_ = claimed_;
    refuted_at_ = now.steady;
  }
  claimed_.reset();
  const bool told = item_.report(std::move(observation), now);
  return {told ? LookStep::Next::done : LookStep::Next::confirm, {}};
}

LookStep SecretLook::without_answer(AwsAnswer answer) noexcept {
  if (!answer.everybodys) {
    described_.reset();
  }
  const auto next = answer.everybodys ? LookStep::Next::trouble : LookStep::Next::failed;
  return {next, std::move(answer)};
}

LookStep SecretLook::tell_present(std::string version, bool checked, base::Instant now) noexcept {
  checked_ = version;
  known_ = {true, false, version};
  model::Observation observation;
  observation.presence = model::Presence::present;
  observation.version.token = std::move(version);
  if (!checked) {
    observation.details.emplace_back(model::ValueNotChecked{versions_action});
  }
  return tell(std::move(observation), now);
}

}  // namespace blindfold::detect
