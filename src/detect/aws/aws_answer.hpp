#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "clients/aws/call.hpp"
#include "clients/aws/readers.hpp"
#include "core/model/observation.hpp"
#include "detect/aws/aws_place.hpp"

namespace blindfold::detect {

/// What a service's reply says of one requirement. An observation that is
/// `unreachable` is no answer. The sight is left to whoever knows it.
struct AwsAnswer {
  model::Observation observation;
  bool everybodys = false;  ///< no answer, nor would any other question have one now
  /// How long the service asked to be left alone.
  std::optional<std::chrono::seconds> retry_after{};
};

/// The service as questions to it name it, for what people are told.
struct AwsServer {
  std::string region;
  std::string host;
};

/// Of a call that brought no answer, while `action` was asked on `resource`
/// (empty: it is not limited to one).
[[nodiscard]] AwsAnswer answer_to_failure(const aws::Failure& failure, std::string action,
                                          std::string resource, const AwsServer& server);

/// Of a call that failed, where it was about this place alone: not found is
/// `missing`.
[[nodiscard]] AwsAnswer answer_about_place(const aws::Failure& failure, std::string action,
                                           const AwsPlace& place, const AwsServer& server);

/// Of a question that has had no answer when the time is up.
[[nodiscard]] AwsAnswer late_answer(const AwsServer& server);

/// Of a reply that is not the one that was asked for.
[[nodiscard]] AwsAnswer strange_answer(const AwsServer& server);

/// Of a listing that did not end.
[[nodiscard]] AwsAnswer endless_answer(std::string action, std::uint32_t pages);

/// There is no such thing in the place's region.
[[nodiscard]] model::Observation observe_missing(const AwsPlace& place);

/// Of a parameter that is_at() the place.
[[nodiscard]] model::Observation observe_parameter(const AwsPlace& place,
                                                   const aws::ParameterFacts& facts);

}  // namespace blindfold::detect
