#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

namespace blindfold::app {

/// The commands and options that there are, and after app.parse() what was
/// given: as text, values are not looked at here.
struct CommandLine {
  CommandLine();

  CLI::App app;
  CLI::Option* config = nullptr;
  CLI::Option* context = nullptr;
  CLI::Option* name_space = nullptr;
  CLI::Option* log_format = nullptr;
  CLI::Option* log_level = nullptr;
  CLI::Option* once = nullptr;
  CLI::Option* format = nullptr;
  CLI::Option* timeout = nullptr;
  CLI::Option* wait = nullptr;

  CLI::App* commands = nullptr;
  CLI::Option* ids = nullptr;
  CLI::Option* offline = nullptr;
  CLI::Option* shell = nullptr;
  CLI::Option* owner = nullptr;
  CLI::Option* profile = nullptr;

  CLI::App* permissions = nullptr;
  CLI::Option* store = nullptr;
  CLI::Option* faster = nullptr;
  CLI::Option* agent_user = nullptr;
  CLI::Option* application_user = nullptr;

  CLI::App* doctor = nullptr;
  CLI::Option* proof_commands = nullptr;

  CLI::App* init = nullptr;

  CLI::App* check = nullptr;
  CLI::Option* file = nullptr;

 private:
  void add_common();
  void add_once();
  void add_commands();
  void add_permissions();
  void add_doctor();
  void add_init();
  void add_check();
};

/// What was given for it; nothing where it was not.
[[nodiscard]] std::optional<std::string> text_of(const CLI::Option& option);

[[nodiscard]] inline bool given(const CLI::Option& option) {
  return option.count() > 0;
}

/// "agent", "agent check"
[[nodiscard]] std::string full_name(const CLI::App& app);

/// The command that was given, or the program itself.
[[nodiscard]] const CLI::App& command_of(const CLI::App& app);

}  // namespace blindfold::app
