#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace blindfold::advice {

/// One statement of an IAM policy.
struct IamStatement {
  std::string sid;  ///< its reason, letters and digits
  bool allow = false;
  std::vector<std::string> actions;
  std::vector<std::string> resources = {"*"};
  /// For which of its keys, and which values: StringEquals. No key: always.
  std::string condition_key = {};
  std::vector<std::string> condition_values = {};
};

/// The policy as JSON (IAM User Guide, "IAM JSON policy elements reference"), a
/// line an element.
[[nodiscard]] std::vector<std::string> iam_policy(const std::vector<IamStatement>& statements);

/// Characters that IAM counts: all but white space.
[[nodiscard]] std::size_t counted_size(const std::vector<std::string>& lines) noexcept;

}  // namespace blindfold::advice
