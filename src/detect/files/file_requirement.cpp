#include "detect/files/file_requirement.hpp"

#include <algorithm>
#include <variant>

namespace blindfold::detect {

bool FileRequirement::names(std::string_view entry) const noexcept {
  return keys.empty() || std::ranges::find(keys, entry) != keys.end();
}

FileRequirement file_requirement(const model::Requirement& requirement) {
  if (const auto* const mount = std::get_if<model::MountLocator>(&requirement.locator)) {
    return {mount->path, mount->keys, true};
  }
  const auto& directory = std::get<model::DirectoryLocator>(requirement.locator);
  return {directory.path, directory.keys, false};
}

}  // namespace blindfold::detect
