#include "detect/aws/aws_answer.hpp"

#include <utility>

namespace blindfold::detect {
namespace {

using aws::Fault;
using aws::Refusal;
using model::ApiTrouble;
using model::Presence;

AwsAnswer answer(Presence presence, model::Detail detail) {
  AwsAnswer answer;
  answer.observation.presence = presence;
  answer.observation.details.push_back(std::move(detail));
  return answer;
}

ApiTrouble trouble_of(Fault fault) noexcept {
  switch (fault) {
    case Fault::unreachable:
      return ApiTrouble::unreachable;
    case Fault::not_trusted:
      return ApiTrouble::not_trusted;
    case Fault::timed_out:
      return ApiTrouble::timed_out;
    case Fault::cut_off:
      return ApiTrouble::cut_off;
    case Fault::not_the_form:
      return ApiTrouble::not_the_form;
    case Fault::too_large:
      return ApiTrouble::too_large;
    case Fault::credential:
      return ApiTrouble::credential;
    case Fault::internal:
      break;
  }
  return ApiTrouble::unexpected;
}

ApiTrouble trouble_of(Refusal refusal) noexcept {
  switch (refusal) {
    case Refusal::throttled:
      return ApiTrouble::throttled;
    case Refusal::not_signed_right:
      return ApiTrouble::unauthorized;
    case Refusal::clock:
      return ApiTrouble::clock;
    case Refusal::server_error:
      return ApiTrouble::server_error;
    case Refusal::access_denied:
    case Refusal::not_found:
    case Refusal::invalid_request:
    case Refusal::unexpected:
      break;
  }
  return ApiTrouble::unexpected;
}

// A 500 may be about one secret alone.
bool is_everybodys(const aws::Failure& failure) noexcept {
  if (failure.fault) {
    return *failure.fault != Fault::not_the_form && *failure.fault != Fault::too_large &&
           *failure.fault != Fault::internal;
  }
  const Refusal refusal = failure.refusal.value_or(Refusal::unexpected);
  return refusal == Refusal::throttled || refusal == Refusal::not_signed_right ||
         refusal == Refusal::clock || (refusal == Refusal::server_error && failure.status != 500);
}

}  // namespace

AwsAnswer answer_to_failure(const aws::Failure& failure, std::string action, std::string resource,
                            const AwsServer& server) {
  if (failure.refusal == Refusal::access_denied && !failure.fault) {
    return answer(Presence::denied,
                  model::ActionDenied{std::move(action), server.region, std::move(resource)});
  }
  AwsAnswer result;
  if (failure.fault == Fault::credential) {
    result = answer(Presence::unreachable, model::CredentialsMissing{failure.credentials});
  } else {
    const ApiTrouble trouble = failure.fault
                                   ? trouble_of(*failure.fault)
                                   : trouble_of(failure.refusal.value_or(Refusal::unexpected));
    result = answer(
        Presence::unreachable,
        model::ServiceFailed{trouble, server.host, static_cast<std::uint32_t>(failure.status)});
  }
  result.everybodys = is_everybodys(failure);
  result.retry_after = failure.retry_after;
  return result;
}

AwsAnswer answer_about_place(const aws::Failure& failure, std::string action, const AwsPlace& place,
                             const AwsServer& server) {
  if (failure.refusal == Refusal::not_found && !failure.fault) {
    AwsAnswer missing;
    missing.observation = observe_missing(place);
    return missing;
  }
  return answer_to_failure(failure, std::move(action), place.asked(), server);
}

AwsAnswer late_answer(const AwsServer& server) {
  return answer(Presence::unreachable, model::ServiceFailed{ApiTrouble::timed_out, server.host, 0});
}

AwsAnswer strange_answer(const AwsServer& server) {
  return answer(Presence::unreachable,
                model::ServiceFailed{ApiTrouble::not_the_form, server.host, 200});
}

AwsAnswer endless_answer(std::string action, std::uint32_t pages) {
  return answer(Presence::unreachable, model::TooManyPages{std::move(action), pages});
}

model::Observation observe_missing(const AwsPlace& place) {
  return answer(Presence::missing,
                model::AwsMissing{place.store, place.region, place.locator, {}, {}})
      .observation;
}

model::Observation observe_parameter(const AwsPlace& place, const aws::ParameterFacts& facts) {
  if (facts.type != place.type) {
    return answer(Presence::wrong_type, model::ParameterType{facts.type, place.type}).observation;
  }
  model::Observation observation;
  observation.presence = Presence::present;
  observation.version.token = facts.version + "/" + facts.modified;
  return observation;
}

}  // namespace blindfold::detect
