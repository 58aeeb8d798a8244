#pragma once

#include <string>
#include <string_view>

#include "clients/aws/operations.hpp"

namespace blindfold::doctor {

// The operations that bring a value, each in a form that can bring none: they ask
// for what cannot exist. IAM decides before a service looks: who may not is told
// AccessDenied, who may that there is no such thing, or an empty list. Nothing but
// the doctor has them, and tests/lint sees to it. What they would answer is in the
// API references of Secrets Manager and Systems Manager.

/// GetSecretValue, of a version whose id is all zeroes.
[[nodiscard]] aws::Operation get_secret_value(std::string_view id);
/// BatchGetSecretValue, of one name that nobody has.
[[nodiscard]] aws::Operation batch_get_secret_value();
/// GetParameter, of version 999999999: a parameter keeps its last 100.
[[nodiscard]] aws::Operation get_parameter(std::string_view name);
/// GetParameters, of the same one.
[[nodiscard]] aws::Operation get_parameters(std::string_view name);
/// GetParametersByPath, of those with a label that nobody has.
[[nodiscard]] aws::Operation get_parameters_by_path(std::string_view path);

/// "secretsmanager:GetSecretValue", as IAM names it.
[[nodiscard]] std::string action_of(const aws::Operation& operation);

}  // namespace blindfold::doctor
