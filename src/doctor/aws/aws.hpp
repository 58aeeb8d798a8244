#pragma once

#include <span>

#include "clients/aws/account.hpp"
#include "core/model/requirement.hpp"
#include "doctor/aws/report.hpp"
#include "platform/base/error.hpp"
#include "platform/helper/helper.hpp"
#include "platform/loop/loop.hpp"

namespace blindfold::doctor {

/// Tries to read each required secret and parameter in AWS, as every identity
/// that the chain of credentials can come to: the agent uses the first, and
/// whoever takes it over may use the others, an instance's own role for one. IAM
/// must refuse it. What is asked for cannot exist, and of no reply is anything
/// read, so no value can come. CloudTrail records each try: say so before.
///
/// GetParameterHistory is not tried: it takes a name and no version, so no form of
/// it is sure to bring nothing.
///
/// In a process that has restricted itself as the agent does, each identity for as
/// long as usual_time() says; it turns `loop` itself. `helper`, on that loop, runs
/// credential processes; null where there is none. Fails as Session::make() does.
[[nodiscard]] base::Result<AwsReport> try_aws(loop::Loop& loop, const aws::Account& account,
                                              helper::Helper* helper,
                                              std::span<const model::Requirement> requirements);

}  // namespace blindfold::doctor
