#pragma once

#include <optional>
#include <string>

#include "clients/kubernetes/replies.hpp"
#include "clients/kubernetes/status.hpp"
#include "core/model/locator.hpp"
#include "core/model/observation.hpp"

namespace blindfold::detect {

/// What the API server's answer says of one requirement: pure functions. The
/// observation's sight is left to whoever knows the account's rights. An
/// observation that is `unreachable` is no answer.
struct Answer {
  model::Observation observation;
  bool immutable = false;    ///< seen to be
  bool unreachable = false;  ///< no answer, nor would any other question have one now
};

/// Of an update probe: `failure`, or the object's metadata.
[[nodiscard]] Answer answer_to_update_probe(const model::KubernetesLocator& locator,
                                            const std::optional<kubernetes::Failure>& failure,
                                            const kubernetes::ObjectMeta& meta,
                                            const std::string& server);

/// Of a create probe. What is present has no version.
[[nodiscard]] Answer answer_to_create_probe(const model::KubernetesLocator& locator,
                                            const std::optional<kubernetes::Failure>& failure,
                                            const std::string& server);

/// Of a row of the Table form.
[[nodiscard]] model::Observation observe_row(const model::KubernetesLocator& locator,
                                             const kubernetes::SecretRow& row,
                                             const std::string& resource_version);

/// Of a secret that the Table form does not have.
[[nodiscard]] model::Observation observe_absence(const model::KubernetesLocator& locator);

/// Of any other call that failed, while `verb` was tried on `resource`.
[[nodiscard]] Answer answer_to_failure(const model::PermissionMissing& wanted,
                                       const kubernetes::Failure& failure,
                                       const std::string& server);

}  // namespace blindfold::detect
