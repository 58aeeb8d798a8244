#pragma once

#include <sys/types.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "show/advice/shell_quote.hpp"

namespace blindfold::doctor {

/// Who the agent runs as, and who it is to be proven that cannot read.
struct Account {
  uid_t user = 0;
  std::string name;  ///< empty: the user has no name, and its number is used
};

/// For each of `paths` (absolute), the line with which the customer shows with
/// tools of their own that modes keep this account from reading it: it must end
/// with "Permission denied". What it would read is thrown away, never shown. For
/// root, who would read as root does, it runs without capabilities, as the
/// agent does. It proves sight `kernel`: what the agent gave up by itself
/// (`self`) no other process has given up, and only try_files() shows it.
[[nodiscard]] std::vector<std::string> proof_commands(const Account& account,
                                                      std::span<const std::string> paths,
                                                      advice::Shell shell);

}  // namespace blindfold::doctor
