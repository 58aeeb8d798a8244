#pragma once

#include <stdexcept>
#include <string>
#include <utility>

#include "core/manifest/deployment.hpp"
#include "core/manifest/read.hpp"

namespace blindfold::support {

/// A requirement as a file of one key in the folder `path`.
[[nodiscard]] inline model::Requirement in_folder(std::string id, std::string path,
                                                  bool required = true) {
  model::Requirement requirement;
  requirement.title = id;
  requirement.id = std::move(id);
  requirement.required = required;
  requirement.locator = model::DirectoryLocator{std::move(path), {"password"}};
  return requirement;
}

/// What the text of one file asks for; throws where it is wrong.
[[nodiscard]] inline manifest::Deployment deployment_of(std::string text) {
  manifest::Source source{"agent.yaml", "schema: blindfold/1\n" + std::move(text),
                          "/etc/blindfold"};
  auto configuration = manifest::read_configuration(source);
  if (!configuration) {
    throw std::runtime_error(manifest::render(configuration.error(), {&source, 1}));
  }
  auto deployment = manifest::resolve(*std::move(configuration), {});
  if (!deployment) {
    throw std::runtime_error(manifest::render(deployment.error(), {&source, 1}));
  }
  return *std::move(deployment);
}

}  // namespace blindfold::support
