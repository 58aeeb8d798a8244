#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/model/requirement.hpp"
#include "platform/base/error.hpp"
#include "show/advice/shell_quote.hpp"

namespace blindfold::advice {

struct PermissionOptions {
  /// The user that the agent runs as.
  std::string agent_user;
  /// The user that reads the credentials. As it stands here nobody has that
  /// name, and the commands fail.
  std::string application_user = "APPLICATION-USER";
  Shell shell = Shell::bash;
};

/// Owner and modes with which the sight of every directory is `kernel`, as
/// commands for root, each with the reason beside it; at the end one that lists
/// the folders above that the agent's user may write, none where all is right.
/// A mounted volume gets comments: its modes are set in the pod.
///
/// Errors of kind usage: the two users are the same, one is empty or begins
/// with `-`. Requirements in other stores are left out.
[[nodiscard]] base::Result<std::vector<std::string>> file_permissions(
    std::span<const model::Requirement* const> requirements, const PermissionOptions& options);

}  // namespace blindfold::advice
