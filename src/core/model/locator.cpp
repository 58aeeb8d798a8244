#include "core/model/locator.hpp"

namespace blindfold::model {

std::string_view to_string(StoreKind kind) noexcept {
  switch (kind) {
    case StoreKind::kubernetes:
      return "kubernetes";
    case StoreKind::aws_secrets_manager:
      return "aws-secrets-manager";
    case StoreKind::aws_parameter_store:
      return "aws-parameter-store";
    case StoreKind::mount:
      return "mount";
    case StoreKind::directory:
      return "directory";
  }
  return {};
}

StoreKind store_of(const Locator& locator) noexcept {
  return static_cast<StoreKind>(locator.index());
}

}  // namespace blindfold::model
