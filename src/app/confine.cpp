#include "app/confine.hpp"

#include <filesystem>
#include <string>

#include "app/support.hpp"
#include "detect/files/file_requirement.hpp"
#include "detect/files/remote.hpp"
#include "platform/sandbox/mount_views.hpp"

namespace blindfold::app {
namespace {

// A look beneath the root of a file system that asks another machine may hang,
// so all of it is guarded.
std::string guarded(std::filesystem::path folder, const sandbox::MountViews& mounts) {
  const auto here = mounts.filesystem_at(folder.native());
  while (here && detect::is_remote(here->type) && folder.has_relative_path()) {
    const auto above = mounts.filesystem_at(folder.parent_path().native());
    if (!above || above->device != here->device) {
      break;
    }
    folder = folder.parent_path();
  }
  return folder;
}

}  // namespace

sandbox::Plan plan_of(const Loaded& loaded, const Access& access) {
  sandbox::Plan plan;
  plan.readable = sandbox::default_readable();
  for (const std::string& file : loaded.files) {
    plan.readable.push_back(std::filesystem::path(file).parent_path());
  }
  if (access.kubernetes) {
    for (const std::string& file : access.kubernetes->files) {
      plan.readable.push_back(std::filesystem::path(file).parent_path());
    }
  }
  if (access.aws) {
    for (const std::string& file : access.aws->files) {
      plan.readable.push_back(std::filesystem::path(file).parent_path());
    }
  }
  // Without /proc nothing is known of what is mounted.
  const sandbox::MountViews mounts = sandbox::MountViews::read().value_or(sandbox::MountViews());
  for (const model::Requirement& requirement : loaded.deployment.requirements) {
    if (is_in_files(requirement)) {
      plan.guarded.push_back(guarded(detect::file_requirement(requirement).folder, mounts));
    }
  }
  return plan;
}

}  // namespace blindfold::app
