#include "detect/aws/secrets_source.hpp"

#include <algorithm>
#include <utility>

namespace blindfold::detect {

SecretsSource::Lane::Lane(SecretsSource& source, aws::Session& session, const std::string& region)
    : describe(session, region, secret,
               [this, &source](const Failure& failure) noexcept {
                 source.on_described(*this, failure);
               }),
      list(session, region, versions, [this, &source](const Failure& failure) noexcept {
        source.on_versions(*this, failure);
      }) {
}

SecretsSource::SecretsSource(loop::Loop& loop, aws::Session& session, const std::string& region,
                             const Pace& pace, loop::Callback<AwsItem&> on_missing)
    : loop_(loop),
      plan_({region, session.server(aws::Service::secrets_manager, region)}, pace,
            std::move(on_missing)),
      timer_(loop, [this]() noexcept { ask(); }),
      swept_([this](const aws::SecretFacts& facts) noexcept { plan_.on_swept(facts); }),
      searched_([this](const aws::SecretFacts& facts) noexcept { plan_.on_searched(facts); }),
      sweep_(session, region, swept_,
             [this](const Failure& failure) noexcept {
               plan_.on_sweep_page(failure, swept_.next(), loop_.now());
               ask();
             }),
      search_(session, region, searched_, [this](const Failure& failure) noexcept {
        plan_.on_search_page(failure, searched_.next(), loop_.now());
        ask();
      }) {
  for (std::unique_ptr<Lane>& lane : lanes_) {
    lane = std::make_unique<Lane>(*this, session, region);
  }
}

void SecretsSource::start() noexcept {
  plan_.start(loop_.now());
  ask();
}

void SecretsSource::set_sight(const model::Sight& sight) noexcept {
  plan_.set_sight(sight, loop_.now());
  ask();
}

void SecretsSource::look_again() noexcept {
  plan_.look_again(loop_.now().steady);
  ask();
}

void SecretsSource::give_up() noexcept {
  timer_.stop();
  sweep_.cancel();
  search_.cancel();
  for (const auto& lane : lanes_) {
    lane->describe.cancel();
    lane->list.cancel();
  }
  plan_.give_up(loop_.now());
}

void SecretsSource::look_elsewhere(AwsItem& item) noexcept {
  plan_.look_elsewhere(item);
  ask();
}

void SecretsSource::ask() noexcept {
  const base::SteadyTime now = loop_.now().steady;
  while (auto question = plan_.take(now)) {
    start_question(*std::move(question));
  }
  if (const auto next = plan_.next(now)) {
    timer_.start_at(*next);
  } else {
    timer_.stop();
  }
}

// The plan asks no more than there are lanes for.
void SecretsSource::start_question(SecretQuestion question) noexcept {
  if (question.kind == SecretQuestion::Kind::sweep) {
    swept_.restart();
    sweep_.start(std::move(question.operation));
    return;
  }
  if (question.kind == SecretQuestion::Kind::search) {
    searched_.restart();
    search_.start(std::move(question.operation));
    return;
  }
  Lane& lane = **std::ranges::find_if(lanes_, [](const auto& each) { return !each->running(); });
  lane.question = std::move(question);
  if (lane.question.kind == SecretQuestion::Kind::versions) {
    lane.versions.restart();
    lane.list.start(std::move(lane.question.operation));
  } else {
    lane.secret.restart();
    lane.describe.start(std::move(lane.question.operation));
  }
}

void SecretsSource::on_described(Lane& lane, const Failure& failure) noexcept {
  const base::Instant now = loop_.now();
  if (lane.question.kind == SecretQuestion::Kind::elsewhere) {
    plan_.on_elsewhere(failure, lane.secret.facts(), now);
  } else {
    plan_.on_described(lane.question.number, failure, lane.secret.facts(), now);
  }
  ask();
}

void SecretsSource::on_versions(Lane& lane, const Failure& failure) noexcept {
  plan_.on_versions(lane.question.number, failure, lane.versions.current(), lane.versions.next(),
                    loop_.now());
  ask();
}

}  // namespace blindfold::detect
