#include "doctor/aws/answers.hpp"

#include <cstdint>

namespace blindfold::doctor {
namespace {

using aws::Fault;
using aws::Refusal;
using model::ApiTrouble;

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

Reading reading_of(const std::optional<aws::Failure>& failure) noexcept {
  // An answer, whole or dropped at its first byte, is one that was let through.
  const bool answered = !failure || (failure->status >= 200 && failure->status < 300);
  if (answered || failure->refusal == Refusal::not_found) {
    return Reading::allowed;
  }
  return failure->refusal == Refusal::access_denied ? Reading::refused : Reading::untried;
}

model::Detail why(const aws::Failure& failure, const std::string& server) {
  if (failure.fault == Fault::credential) {
    return model::CredentialsMissing{failure.credentials};
  }
  const ApiTrouble trouble = failure.refusal ? trouble_of(*failure.refusal)
                             : failure.fault ? trouble_of(*failure.fault)
                                             : ApiTrouble::unexpected;
  return model::ServiceFailed{trouble, server, static_cast<std::uint32_t>(failure.status)};
}

}  // namespace

void take_answer(Attempt& attempt, const std::optional<aws::Failure>& failure,
                 const std::string& server) {
  attempt.reading = reading_of(failure);
  attempt.why.reset();
  if (attempt.reading == Reading::untried) {
    attempt.why = why(*failure, server);
  }
}

}  // namespace blindfold::doctor
