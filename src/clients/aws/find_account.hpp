#pragma once

#include <map>
#include <string>
#include <vector>

#include "clients/aws/account.hpp"
#include "platform/base/error.hpp"
#include "platform/helper/program.hpp"

namespace blindfold::aws {

/// The variables of a process's environment that the AWS SDKs know, by name.
using Environment = std::map<std::string, std::string, std::less<>>;

/// This process's own: what begins with AWS_, HOME and the proxies' variables.
[[nodiscard]] Environment process_environment();

/// Finds the chain of credentials, the region and the endpoints as the AWS SDKs
/// and the aws command line do: the environment, web identity, the shared config
/// and credentials files with AWS_PROFILE, the container's endpoint, the
/// instance's metadata. Reads files, and belongs where the process may still do
/// so. Where no place has credentials that is no error yet: `sources` is empty
/// then, or fails when they are asked for. Errors: `configuration` (a file or a
/// variable that is wrong, with file:line), `missing` (AWS_PROFILE names no
/// profile, AWS_CA_BUNDLE no file), `denied`, `limit`.
[[nodiscard]] base::Result<Account> find_account(const Environment& environment);

/// What the helper has to list for this account: its credential processes.
[[nodiscard]] std::vector<helper::Program> programs_of(const Account& account);

}  // namespace blindfold::aws
