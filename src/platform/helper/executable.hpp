#pragma once

#include <string>
#include <string_view>

#include "platform/base/error.hpp"
#include "platform/helper/program.hpp"

namespace blindfold::helper {

/// The absolute path of a command: from the working folder on where it has a
/// slash, else the first executable file of that name in the absolute folders of
/// `search_path` (PATH; what is relative or empty there is passed over).
[[nodiscard]] base::Result<std::string> find_executable(const std::string& command,
                                                        std::string_view search_path);

/// Fails (`denied`) where the agent could put something else in the place of
/// what `path` names: with Landlock, where a folder in which a name on the way
/// is looked up, symbolic links followed, lies in a kept one, or the file itself
/// is kept; without, where this process's user or groups may write the file or
/// replace a name on the way. What is mounted read-only counts as not writable.
/// A script's interpreter is not looked at.
[[nodiscard]] base::Result<> check_not_writable(const std::string& path, const Writable& writable);

}  // namespace blindfold::helper
