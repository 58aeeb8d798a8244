#pragma once

#include <optional>

#include "clients/aws/call.hpp"
#include "detect/aws/aws_answer.hpp"
#include "doctor/aws/report.hpp"

namespace blindfold::doctor {

/// What a service's answer says of an operation that brings values, into
/// `attempt`: AccessDenied is refused; any answer that is no refusal is let
/// through, that there is no such thing too, since IAM decides first. `began`:
/// the reply held the beginning of a document.
void take_answer(AwsAttempt& attempt, const std::optional<aws::Failure>& failure, bool began,
                 const detect::AwsServer& server);

}  // namespace blindfold::doctor
