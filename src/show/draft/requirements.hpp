#pragma once

#include <string>
#include <vector>

#include "show/draft/findings.hpp"

namespace blindfold::draft {

/// One Secret that is to be provided, from all its uses.
struct DraftRequirement {
  std::string id{};  ///< unique
  std::string name_space{};
  std::string secret{};
  std::string type = "Opaque";
  bool type_guessed = false;
  std::vector<std::string> keys{};           ///< without these something does not start
  std::vector<std::string> optional_keys{};  ///< of one that is required
  bool required = true;
  std::vector<std::string> where{};
};

struct Draft {
  std::vector<DraftRequirement> requirements;  ///< in the order of their first uses
  std::vector<CreatedSecret> created;          ///< those that are used and created
};

[[nodiscard]] Draft gather(const Findings& findings);

}  // namespace blindfold::draft
