#include "detect/aws/parameters_source.hpp"

namespace blindfold::detect {

ParametersSource::ParametersSource(loop::Loop& loop, aws::Session& session,
                                   const std::string& region, const Pace& pace,
                                   loop::Callback<AwsItem&> on_missing)
    : loop_(loop),
      plan_({region, session.server(aws::Service::ssm, region)}, pace, std::move(on_missing)),
      timer_(loop, [this]() noexcept { ask(); }),
      reader_([this](const aws::ParameterFacts& facts) noexcept { plan_.on_parameter(facts); }),
      call_(session, region, reader_, [this](const std::optional<aws::Failure>& failure) noexcept {
        plan_.on_page(failure, reader_.next(), loop_.now());
        ask();
      }) {
}

void ParametersSource::start() noexcept {
  plan_.start(loop_.now());
  ask();
}

void ParametersSource::set_sight(const model::Sight& sight) noexcept {
  plan_.set_sight(sight, loop_.now());
  ask();
}

void ParametersSource::look_again() noexcept {
  plan_.look_again(loop_.now().steady);
  ask();
}

void ParametersSource::give_up() noexcept {
  timer_.stop();
  call_.cancel();
  plan_.give_up(loop_.now());
}

void ParametersSource::look_elsewhere(AwsItem& item) noexcept {
  plan_.look_elsewhere(item);
  ask();
}

void ParametersSource::ask() noexcept {
  const base::SteadyTime now = loop_.now().steady;
  if (auto operation = plan_.take(now)) {
    reader_.restart();
    call_.start(*std::move(operation));
  }
  if (const auto next = plan_.next(now)) {
    timer_.start_at(*next);
  } else {
    timer_.stop();
  }
}

}  // namespace blindfold::detect
