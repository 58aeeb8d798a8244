#include "detect/kubernetes/asking.hpp"

#include <algorithm>
#include <utility>

namespace blindfold::detect {
namespace {

// Questions at a time: enough that a thousand first ones take a few seconds, few
// enough that no server notices.
constexpr std::size_t most_probes = 8;

constexpr std::chrono::seconds first_wait{1};
constexpr std::chrono::seconds longest_wait{30};
constexpr std::chrono::minutes most_patience{5};  // with a Retry-After

}  // namespace

Asking::Asking(loop::Loop& loop, kubernetes::Connection& connection, SecretItems items,
               const Rights& rights, const Pace& pace, RateLimit& rate, Events events)
    : loop_(loop),
      items_(items),
      rights_(rights),
      schedule_(pace, rate),
      events_(std::move(events)),
      timer_(loop, [this]() noexcept { ask_due(); }),
      resume_(loop, [this]() noexcept { resume(); }),
      backoff_(first_wait, longest_wait) {
  const std::size_t count = std::min(most_probes, items.size());
  for (std::size_t each = 0; each < count; ++each) {
    probes_.push_back(std::make_unique<Probe>(
        connection, [this](ProbeResult result) noexcept { on_answer(std::move(result)); }));
  }
}

void Asking::start() noexcept {
  for (std::size_t each = 0; each < items_.size(); ++each) {
    static_cast<void>(schedule_.add(loop_.now().steady));
  }
  ask_due();
}

void Asking::look_again() noexcept {
  schedule_.ask_all(loop_.now().steady);
  resume_.stop();
  resume();
}

void Asking::give_up() noexcept {
  for (const auto& probe : probes_) {
    if (!probe->running()) {
      continue;
    }
    probe->cancel();
    schedule_.put_back(probe->tag(), loop_.now().steady);
    SecretItem& item = *items_[probe->tag()];
    if (!item.told()) {
      const kubernetes::Failure failure{kubernetes::Fault::timed_out, {}};
      item.report_failure(
          answer_to_create_probe(item.locator(), failure, probe->server()).observation,
          loop_.now());
    }
  }
}

void Asking::check_immutable() noexcept {
  for (const auto& item : items_) {
    item->check_immutable();
  }
}

void Asking::hint() noexcept {
  schedule_.hint(loop_.now().steady);
  ask_due();
}

void Asking::set_hinted(bool hinted) noexcept {
  schedule_.set_hinted(hinted);
}

ProbeKind Asking::kind_for(const SecretItem& item) const noexcept {
  const bool may_update = rights_.allow({"update", {}, "secrets", item.secret()});
  const bool may_create = rights_.allow({"create", {}, "secrets", {}});
  const bool immutable = item.immutable() && !item.in_doubt();
  return may_create && (immutable || !may_update) ? ProbeKind::create : ProbeKind::update;
}

void Asking::resume() noexcept {
  throttled_ = false;
  ask_due();
}

void Asking::ask_due() noexcept {
  if (resume_.active()) {
    return;
  }
  while (Probe* const probe = idle_probe()) {
    const auto question = schedule_.take(loop_.now().steady);
    if (!question) {
      break;
    }
    const SecretItem& item = *items_[*question];
    if (!item.may_look()) {
      schedule_.rest(*question, loop_.now().steady);
      continue;
    }
    probe->start(kind_for(item), item.locator(), *question);
  }
  set_timer();
}

Probe* Asking::idle_probe() noexcept {
  const auto running = [](const std::unique_ptr<Probe>& probe) { return probe->running(); };
  if (in_trouble_ && std::ranges::any_of(probes_, running)) {
    return nullptr;
  }
  const auto idle = std::ranges::find_if_not(probes_, running);
  return idle == probes_.end() ? nullptr : idle->get();
}

void Asking::on_answer(ProbeResult result) noexcept {
  SecretItem& item = *items_[result.tag];
  if (result.answer.unreachable) {
    on_trouble(item, result);
    return;
  }
  on_answered();
  take_answer(item, std::move(result));
  ask_due();
}

void Asking::take_answer(SecretItem& item, ProbeResult result) noexcept {
  const base::Instant now = loop_.now();
  const model::Presence presence = result.answer.observation.presence;
  if (!item.may_look()) {
    schedule_.rest(result.tag, now.steady);
    return;
  }
  if (presence == model::Presence::unreachable) {
    item.report_failure(std::move(result.answer.observation), now);
    schedule_.failed(result.tag, now.steady);
    return;
  }
  const bool was_missing = item.missing();
  note_immutable(item, result);
  item.report(std::move(result.answer.observation), now);
  schedule_.answered(result.tag, item.there(), now.steady);
  if (item.missing() && !was_missing) {
    events_.on_missing(item);
  }
  if (presence == model::Presence::denied) {
    events_.on_denied();
  }
}

// A create probe does not tell, nor does a refusal: it stays what it was.
void Asking::note_immutable(SecretItem& item, const ProbeResult& result) noexcept {
  const model::Presence presence = result.answer.observation.presence;
  const bool unclear = presence == model::Presence::denied ||
                       (result.kind == ProbeKind::create && presence == model::Presence::present);
  if (unclear) {
    return;
  }
  const bool was_immutable = item.immutable();
  item.set_immutable(result.answer.immutable);
  if (result.answer.immutable != was_immutable) {
    events_.on_immutable();
  }
}

// The first time it may be over in a moment. When one that was asked by itself
// has no answer either, that is true of each secret.
void Asking::on_trouble(SecretItem& item, const ProbeResult& result) noexcept {
  const base::Instant now = loop_.now();
  schedule_.put_back(result.tag, now.steady);
  told_failed_ = told_failed_ || (in_trouble_ && !resume_.active());
  in_trouble_ = true;
  if (told_failed_) {
    for (const auto& each : items_) {
      each->report_failure(result.answer.observation, now);
    }
  } else {
    item.report_failure(result.answer.observation, now);
  }
  throttled_ = throttled_ || result.retry_after;
  const auto asked = std::min<std::chrono::seconds>(
      result.retry_after.value_or(std::chrono::seconds(0)), most_patience);
  if (!resume_.active()) {
    resume_.start(std::max<std::chrono::milliseconds>(asked, backoff_.next()));
  } else if (now.steady + asked > *resume_.deadline()) {
    resume_.start(asked);
  }
}

void Asking::on_answered() noexcept {
  in_trouble_ = false;
  backoff_.reset();
  if (!throttled_) {
    resume_.stop();
  }
  if (std::exchange(told_failed_, false)) {
    schedule_.ask_all(loop_.now().steady);
  }
}

void Asking::set_timer() noexcept {
  const base::SteadyTime now = loop_.now().steady;
  if (const auto next = schedule_.next(now); next && idle_probe() != nullptr) {
    timer_.start_at(*next);
  } else {
    timer_.stop();
  }
}

}  // namespace blindfold::detect
