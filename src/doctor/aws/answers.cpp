#include "doctor/aws/answers.hpp"

namespace blindfold::doctor {
namespace {

using aws::Fault;
using aws::Refusal;

Reading reading_of(const std::optional<aws::Failure>& failure, bool began) noexcept {
  if (!failure) {
    return Reading::allowed;
  }
  if (failure->status >= 200 && failure->status < 300) {
    // Not even JSON: what stands between it and the agent has answered.
    return failure->fault == Fault::not_the_form && !began ? Reading::untried : Reading::allowed;
  }
  if (failure->fault) {
    return Reading::untried;
  }
  if (failure->refusal == Refusal::access_denied) {
    return Reading::refused;
  }
  return failure->refusal == Refusal::not_found ? Reading::allowed : Reading::untried;
}

}  // namespace

void take_answer(AwsAttempt& attempt, const std::optional<aws::Failure>& failure, bool began,
                 const detect::AwsServer& server) {
  attempt.reading = reading_of(failure, began);
  attempt.why.reset();
  if (attempt.reading == Reading::untried) {
    attempt.why = detect::answer_to_failure(*failure, attempt.action, attempt.subject, server)
                      .observation.details.front();
  }
}

}  // namespace blindfold::doctor
