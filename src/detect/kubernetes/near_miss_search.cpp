#include "detect/kubernetes/near_miss_search.hpp"

#include <algorithm>
#include <utility>

#include "detect/polling/near_name.hpp"

namespace blindfold::detect {
namespace {

// Beyond that many the manifest is not mistyped, it is not deployed yet.
constexpr std::size_t most_searches = 20;
constexpr std::chrono::seconds patience{30};  // with a server that has no answer
constexpr std::chrono::minutes most_patience{5};

}  // namespace

NearMissSearch::NearMissSearch(loop::Loop& loop, kubernetes::Connection& connection,
                               RateLimit& rate, const std::vector<std::string>& name_spaces,
                               const OpenNamespaces& open)
    : loop_(loop),
      turn_(rate),
      name_spaces_(name_spaces),
      open_(open),
      timer_(loop, [this]() noexcept { ask_next(); }),
      probe_(connection, [this](const ProbeResult& result) noexcept { on_answer(result); }) {
}

void NearMissSearch::look_for(SecretItem& item) noexcept {
  if (looked_for_.size() >= most_searches ||
      std::ranges::find(looked_for_, &item) != looked_for_.end()) {
    return;
  }
  looked_for_.push_back(&item);
  model::KubernetesLocator locator = item.locator();
  for (std::string& name : near_names(item.secret())) {
    locator.secret = std::move(name);
    candidates_.push_back({&item, locator});
  }
  locator.secret = item.secret();
  for (const std::string& name_space : name_spaces_) {
    if (name_space != item.locator().name_space) {
      locator.name_space = name_space;
      candidates_.push_back({&item, locator});
    }
  }
  if (!timer_.active() && !probe_.running()) {
    ask_next();
  }
}

void NearMissSearch::ask_next() noexcept {
  const auto idle = [this](const Candidate& candidate) {
    return !candidate.item->missing() || !candidate.item->may_look() ||
           !open_.contains(candidate.locator.name_space);
  };
  while (!candidates_.empty() && idle(candidates_.front())) {
    candidates_.pop_front();
  }
  if (candidates_.empty()) {
    return;
  }
  const base::SteadyTime now = loop_.now().steady;
  if (!turn_.take(now)) {
    timer_.start_at(turn_.next(now));
    return;
  }
  probe_.start(ProbeKind::create, candidates_.front().locator, 0);
}

void NearMissSearch::on_answer(const ProbeResult& result) noexcept {
  if (result.answer.unreachable) {
    const auto asked =
        std::min<std::chrono::seconds>(result.retry_after.value_or(patience), most_patience);
    timer_.start(std::max(asked, patience));
    return;
  }
  const Candidate asked = std::move(candidates_.front());
  candidates_.pop_front();
  if (result.answer.observation.presence == model::Presence::present) {
    const bool elsewhere = asked.locator.secret == asked.item->secret();
    asked.item->note_near_miss(elsewhere ? std::string() : asked.locator.secret,
                               elsewhere ? asked.locator.name_space : std::string(), loop_.now());
    std::erase_if(candidates_,
                  [&asked](const Candidate& other) { return other.item == asked.item; });
  }
  ask_next();
}

}  // namespace blindfold::detect
