#pragma once

#include <string>
#include <string_view>

namespace blindfold::advice {

// The ask-only policy's rules as they are printed, and as the doctor looks for
// them: CEL, each run on a real API server. `is_account` is its match condition.

/// Nothing is ever written.
inline constexpr std::string_view only_dry_runs = "request.dryRun == true";
/// A dry run with a guess would tell whether the guess is the value.
inline constexpr std::string_view no_values =
    "!has(object.data) || object.data.all(k, object.data[k] == '')";
/// Webhooks act on annotations, and may put a value into the answer.
inline constexpr std::string_view bare_objects =
    "!has(object.metadata.annotations) && !has(object.metadata.finalizers)";

/// For the account of that name and nobody else; it holds no quote.
[[nodiscard]] inline std::string is_account(std::string_view user) {
  return "request.userInfo.username == '" + std::string(user) + "'";
}

/// The user name of a service account.
[[nodiscard]] inline std::string user_of(std::string_view name_space, std::string_view account) {
  return "system:serviceaccount:" + std::string(name_space) + ":" + std::string(account);
}

}  // namespace blindfold::advice
