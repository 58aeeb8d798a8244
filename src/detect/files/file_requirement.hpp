#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/model/requirement.hpp"

namespace blindfold::detect {

/// What a mounted volume and a directory have in common.
struct FileRequirement {
  std::string folder;             ///< absolute
  std::vector<std::string> keys;  ///< empty: any entry will do
  bool volume = false;            ///< written by kubelet

  /// Whether the folder's entry of that name matters.
  [[nodiscard]] bool names(std::string_view entry) const noexcept;
};

/// Of a requirement whose store is `mount` or `directory`.
[[nodiscard]] FileRequirement file_requirement(const model::Requirement& requirement);

}  // namespace blindfold::detect
