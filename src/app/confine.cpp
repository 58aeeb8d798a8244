#include "app/confine.hpp"

#include <filesystem>

#include "app/support.hpp"
#include "detect/files/file_requirement.hpp"

namespace blindfold::app {

sandbox::Plan plan_of(const Loaded& loaded) {
  sandbox::Plan plan;
  plan.readable = sandbox::default_readable();
  for (const std::string& file : loaded.files) {
    plan.readable.push_back(std::filesystem::path(file).parent_path());
  }
  for (const model::Requirement& requirement : loaded.deployment.requirements) {
    if (is_in_files(requirement)) {
      plan.guarded.push_back(detect::file_requirement(requirement).folder);
    }
  }
  return plan;
}

}  // namespace blindfold::app
