#pragma once

#include <optional>
#include <string>

#include "clients/aws/call.hpp"
#include "doctor/aws/report.hpp"

namespace blindfold::doctor {

/// What a service's answer says of an operation that brings values, into
/// `attempt`. `server` is the host, for what told neither way.
void take_answer(Attempt& attempt, const std::optional<aws::Failure>& failure,
                 const std::string& server);

}  // namespace blindfold::doctor
