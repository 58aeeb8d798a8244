#pragma once

#include <string>
#include <utility>

#include "core/model/requirement.hpp"

namespace blindfold::doctor::tests {

inline model::Requirement in_secrets_manager(std::string name, std::string region = "eu-west-1") {
  model::Requirement requirement;
  requirement.id = "id";
  requirement.locator = model::SecretsManagerLocator{std::move(region), std::move(name)};
  return requirement;
}

inline model::Requirement in_parameter_store(std::string name, std::string region = "eu-west-1") {
  model::Requirement requirement;
  requirement.id = "id";
  requirement.locator =
      model::ParameterStoreLocator{std::move(region), std::move(name), "SecureString"};
  return requirement;
}

}  // namespace blindfold::doctor::tests
