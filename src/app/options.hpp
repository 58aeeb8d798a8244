#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "platform/base/duration.hpp"
#include "platform/log/log.hpp"
#include "show/advice/shell_quote.hpp"

namespace blindfold::app {

enum class ReportFormat : std::uint8_t { text, json, junit };

/// `agent`: watch until a signal ends it.
struct RunCommand {};

/// `agent --once`
struct OnceCommand {
  base::Duration timeout = std::chrono::seconds(30);
  std::optional<base::Duration> wait;  ///< replaces the timeout
  ReportFormat format = ReportFormat::text;
};

/// `agent commands`
struct CommandsCommand {
  std::vector<std::string> ids;  ///< empty: every requirement
  bool offline = false;
  advice::Shell shell = advice::Shell::bash;
  std::string owner;    ///< of what is created; empty: whoever runs the command
  std::string profile;  ///< of the aws command line, of whoever runs the command
};

/// Whose rights `agent permissions` prints.
enum class PermissionStore : std::uint8_t { files, kubernetes, aws };

/// `agent permissions`
struct PermissionsCommand {
  PermissionStore store = PermissionStore::files;
  bool faster = false;  ///< of Kubernetes: by watching, which takes the right to read
  std::string agent_user = "blindfold";
  std::string application_user;  ///< empty: left to be filled in
};

/// `agent doctor`
struct DoctorCommand {
  bool commands = false;
};

/// `agent check`
struct CheckCommand {
  std::string file;
};

/// `agent init`: Kubernetes manifests come on standard input.
struct InitCommand {};

struct Options {
  std::optional<std::string> config;
  std::optional<std::string> context;     ///< of the kubeconfig
  std::optional<std::string> name_space;  ///< where a requirement names none
  std::optional<log::Format> log_format;
  std::optional<log::Level> log_level;
  std::variant<RunCommand, OnceCommand, CommandsCommand, PermissionsCommand, DoctorCommand,
               InitCommand, CheckCommand>
      command;
};

/// What to print instead of running, and the exit status that goes with it.
struct EarlyExit {
  int status = 0;
  std::string output;  ///< for standard output
  std::string error;   ///< for standard error
};

/// Reads the command line. `--help` and `--version` are an early exit with 0, a
/// wrong one with 2 and a message that says what is wrong.
[[nodiscard]] std::variant<Options, EarlyExit> parse_options(int argc, const char* const* argv);

}  // namespace blindfold::app
