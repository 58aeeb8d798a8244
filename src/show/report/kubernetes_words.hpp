#pragma once

#include <string>

#include "core/model/detail.hpp"
#include "core/model/sight.hpp"

namespace blindfold::report {

/// What words.hpp says of details that Kubernetes alone has.
struct KubernetesWords {
  std::string operator()(const model::SecretMissing& detail) const;
  std::string operator()(const model::NamespaceMissing& detail) const;
  std::string operator()(const model::SecretEmpty& detail) const;
  std::string operator()(const model::KeysTooFew& detail) const;
  std::string operator()(const model::KeysNotChecked& detail) const;
  std::string operator()(const model::KeyMissedByPods& detail) const;
  std::string operator()(const model::SecretType& detail) const;
  std::string operator()(const model::BeingDeleted& detail) const;
  std::string operator()(const model::RotationUnseen& detail) const;
  std::string operator()(const model::PermissionMissing& detail) const;
  std::string operator()(const model::AdmissionRefused& detail) const;
  std::string operator()(const model::ApiFailed& detail) const;
  std::string operator()(const model::NamespaceRefused& detail) const;
};

/// Why the sight of a Secret is no better, and what makes it so; empty for a
/// reason that is not one of Kubernetes'.
[[nodiscard]] std::string why_no_better_in_kubernetes(const model::Sight& sight);

}  // namespace blindfold::report
