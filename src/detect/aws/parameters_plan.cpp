#include "detect/aws/parameters_plan.hpp"

#include <algorithm>
#include <utility>

#include "core/model/arn.hpp"
#include "detect/aws/near_miss.hpp"

namespace blindfold::detect {
namespace {

constexpr std::uint32_t burst = 1;
constexpr std::size_t most_wishes = 40;
constexpr std::chrono::seconds confirm_after{2};

constexpr const char* describe_action = "ssm:DescribeParameters";

// What a wish asks for: the same name elsewhere, others here.
std::vector<std::string> names_of(const AwsItem& item, bool elsewhere) {
  const std::string& name = item.place().name;
  return elsewhere ? std::vector<std::string>{name} : likely_parameters(name);
}

}  // namespace

ParametersPlan::ParametersPlan(AwsServer server, const Pace& pace,
                               loop::Callback<AwsItem&> on_missing, base::Random random)
    : server_(std::move(server)),
      pace_(pace),
      rate_(pace, burst),
      patience_(random),
      schedule_(pace, random),
      on_missing_(std::move(on_missing)) {
}

void ParametersPlan::watch(AwsItem item) {
  items_.push_back(std::make_unique<AwsItem>(std::move(item)));
  was_missing_.push_back(false);
  was_asked_.push_back(false);
}

void ParametersPlan::start(base::Instant now) noexcept {
  started_ = true;
  for (const auto& item : items_) {
    static_cast<void>(schedule_.add(now.steady));
    item->begin(now);
  }
}

void ParametersPlan::set_sight(const model::Sight& sight, base::Instant now) noexcept {
  for (std::size_t number = 0; number < items_.size(); ++number) {
    const bool could_not = items_[number]->refused();
    items_[number]->set_sight(sight, now);
    if (could_not && !items_[number]->refused() && started_) {
      schedule_.pull(number, now.steady);
    }
  }
}

void ParametersPlan::look_again(base::SteadyTime now) noexcept {
  schedule_.ask_all(now);
}

void ParametersPlan::give_up(base::Instant now) noexcept {
  over_ = true;
  for (std::size_t number = 0; number < items_.size(); ++number) {
    AwsItem& item = *items_[number];
    if (!item.told() && item.may_look() && (trouble_ || was_asked_[number])) {
      item.report_failure(trouble_ ? *trouble_ : late_answer(server_).observation, now);
    }
  }
}

void ParametersPlan::look_elsewhere(AwsItem& item) noexcept {
  if (wishes_taken_ < most_wishes) {
    ++wishes_taken_;
    wishes_.push_back({&item, true});
  }
}

std::optional<base::SteadyTime> ParametersPlan::next(base::SteadyTime now) noexcept {
  if (over_ || asking_) {
    return std::nullopt;
  }
  const bool spare = !wishes_.empty() && !patience_.tried();
  const auto due = passing_ != Pass::none || spare ? std::optional(now) : schedule_.next();
  if (!due) {
    return std::nullopt;
  }
  return std::max({*due, rate_.next(now), patience_.until(now).value_or(now)});
}

std::optional<aws::Operation> ParametersPlan::take(base::SteadyTime now) noexcept {
  if (over_ || asking_ || patience_.until(now) || rate_.next(now) > now) {
    return std::nullopt;
  }
  if (passing_ == Pass::wishes && schedule_.next().value_or(now + pace_.quick) <= now) {
    passing_ = Pass::none;  // it costs more than a hint is worth
  }
  if (passing_ == Pass::none) {
    begin_items(now);
  }
  if (passing_ == Pass::none && !patience_.tried()) {
    begin_wishes();
  }
  if (passing_ == Pass::none) {
    return std::nullopt;
  }
  asking_ = true;
  static_cast<void>(rate_.book(now));
  return pass_.question();
}

// Room is left, so it is filled up with what would be asked next anyway.
void ParametersPlan::begin_items(base::SteadyTime now) {
  std::set<std::string> names;
  asked_.clear();
  take_items(names, now, false);
  if (asked_.empty()) {
    return;
  }
  take_items(names, now, true);
  pass_.begin({names.begin(), names.end()});
  passing_ = Pass::items;
}

void ParametersPlan::take_items(std::set<std::string>& names, base::SteadyTime now, bool early) {
  std::vector<std::size_t> unwanted;
  while (names.size() < ParameterPass::most_names) {
    const auto number = early ? schedule_.take_early() : schedule_.take(now);
    if (!number) {
      break;
    }
    if (!items_[*number]->may_look()) {
      unwanted.push_back(*number);
      continue;
    }
    names.insert(items_[*number]->place().asked());
    asked_.push_back(*number);
    was_asked_[*number] = true;
  }
  for (const std::size_t number : unwanted) {
    schedule_.put(number, now + pace_.quick);
  }
}

void ParametersPlan::begin_wishes() {
  std::set<std::string> names;
  asked_wishes_.clear();
  while (!wishes_.empty()) {
    const Wish wish = wishes_.front();
    if (wish.item->missing() && wish.item->may_look()) {
      const auto more = names_of(*wish.item, wish.elsewhere);
      if (names.size() + more.size() > ParameterPass::most_names) {
        break;
      }
      names.insert(more.begin(), more.end());
      asked_wishes_.push_back(wish);
    }
    wishes_.pop_front();
  }
  if (!names.empty()) {
    pass_.begin({names.begin(), names.end()});
    passing_ = Pass::wishes;
  }
}

void ParametersPlan::on_page(const std::optional<aws::Failure>& failure, const std::string& next,
                             base::Instant now) noexcept {
  asking_ = false;
  if (failure) {
    const AwsAnswer answer = answer_to_failure(*failure, describe_action, std::string(), server_);
    if (answer.everybodys) {
      on_trouble(answer, now);
      return;
    }
    on_answered(now.steady);
    if (std::exchange(passing_, Pass::none) == Pass::items) {
      const bool denied = answer.observation.presence == model::Presence::denied;
      denied ? deny_items(answer.observation, now) : fail_items(answer.observation, now);
    }
    return;
  }
  on_answered(now.steady);
  const auto page = pass_.on_page(next);
  if (page == ParameterPass::Page::more) {
    return;
  }
  const Pass ended = std::exchange(passing_, Pass::none);
  if (ended == Pass::items && page == ParameterPass::Page::endless) {
    fail_items(endless_answer(describe_action, ParameterPass::most_pages).observation, now);
  } else if (ended == Pass::items) {
    end_items(now);
  } else {
    end_wishes(now);
  }
}

void ParametersPlan::on_answered(base::SteadyTime now) noexcept {
  trouble_.reset();
  if (patience_.answered(now)) {
    schedule_.ask_all(now);
  }
}

// The pass goes on where it was once the service answers again. At first that may
// be in a moment.
void ParametersPlan::on_trouble(const AwsAnswer& answer, base::Instant now) noexcept {
  patience_.failed(answer.retry_after, now.steady);
  trouble_ = answer.observation;
  if (patience_.lasting()) {
    for (const auto& item : items_) {
      item->report_failure(answer.observation, now);
    }
  } else if (passing_ == Pass::items) {
    for (const std::size_t number : asked_) {
      items_[number]->report_failure(answer.observation, now);
    }
  }
}

void ParametersPlan::fail_items(const model::Observation& failure, base::Instant now) noexcept {
  for (const std::size_t number : asked_) {
    items_[number]->report_failure(failure, now);
    schedule_.failed(number, now.steady);
  }
}

void ParametersPlan::deny_items(const model::Observation& denied, base::Instant now) noexcept {
  const double factor = schedule_.draw();
  for (const std::size_t number : asked_) {
    tell(number, denied, factor, now);
  }
}

void ParametersPlan::end_items(base::Instant now) noexcept {
  for (const aws::ParameterFacts& facts : pass_.found()) {
    if (const auto arn = model::parse_arn(facts.arn)) {
      own_account_ = arn->account;
    }
  }
  const double factor = schedule_.draw();
  for (const std::size_t number : asked_) {
    tell(number, observe(items_[number]->place()), factor, now);
  }
}

void ParametersPlan::end_wishes(base::Instant now) noexcept {
  for (const Wish& wish : asked_wishes_) {
    for (const std::string& name : names_of(*wish.item, wish.elsewhere)) {
      if (pass_.find(name) == nullptr) {
        continue;
      }
      if (wish.elsewhere) {
        wish.item->note_near_region(server_.region, now);
      } else {
        wish.item->note_near_miss(name, now);
      }
      break;
    }
  }
}

void ParametersPlan::tell(std::size_t number, model::Observation observation, double factor,
                          base::Instant now) noexcept {
  AwsItem& item = *items_[number];
  if (!item.report(std::move(observation), now)) {
    schedule_.put(number, now.steady + confirm_after);
    return;
  }
  schedule_.answered(number, item.pending(), now.steady, factor);
  if (item.missing() && !was_missing_[number]) {
    was_missing_[number] = true;
    if (wishes_taken_ < most_wishes) {
      ++wishes_taken_;
      wishes_.push_back({&item, false});
    }
    on_missing_(item);
  }
}

// DescribeParameters does not list what another account shares.
model::Observation ParametersPlan::observe(const AwsPlace& place) const {
  const auto arn = model::parse_arn(place.arn);
  if (arn && !own_account_.empty() && arn->account != own_account_) {
    model::Observation denied;
    denied.presence = model::Presence::denied;
    denied.details = {model::ActionDenied{describe_action, server_.region, place.arn}};
    return denied;
  }
  const aws::ParameterFacts* const facts = pass_.find(place.asked());
  return facts != nullptr && is_at(place, *facts) ? observe_parameter(place, *facts)
                                                  : observe_missing(place);
}

}  // namespace blindfold::detect
