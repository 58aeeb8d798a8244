#include "app/command_line.hpp"

#include <memory>

#include "app/help.hpp"
#include "app/version.hpp"

namespace blindfold::app {
namespace {

constexpr const char* about =
    "agent knows which credentials an application needs, sees whether each one exists and when it "
    "is rotated, and cannot see any of their values.\n"
    "\n"
    "Without a command it watches until SIGTERM or SIGINT ends it, with a live table on a terminal "
    "and log lines otherwise. With --once it looks, prints what it saw and exits.";

constexpr const char* first_session =
    "A first session:\n"
    "  agent check manifest.yaml              is the manifest right?\n"
    "  agent --config manifest.yaml --once    what is there, what is missing?\n"
    "  agent --config manifest.yaml commands  the commands that create it\n"
    "  agent --config manifest.yaml           watch each line turn into a checkmark\n"
    "  agent --config manifest.yaml doctor    prove that it cannot read the values\n"
    "\n"
    "Exit status of --once:\n"
    "  0  every required credential is present\n"
    "  1  at least one is missing, empty, incomplete or of the wrong kind\n"
    "  2  bad usage, configuration or manifest; nothing was looked at\n"
    "  3  none of those, but at least one could not be determined\n"
    "Every other command exits with 0, 1 (it failed; doctor: a value can be read)\n"
    "or 2 (bad usage or a bad file).\n"
    "\n"
    "Options stand before or after the command. Color is used on a terminal alone,\n"
    "and not where NO_COLOR is set.";

constexpr const char* configuration_note =
    "Which credentials: those of --config FILE; agent --help tells where else they\n"
    "are looked for.";

std::string example(const char* text) {
  return std::string("Example:\n  ") + text + "\n\n" + configuration_note;
}

CLI::Option* add_value(CLI::App& app, const char* name, const char* value, const char* about_it) {
  CLI::Option* const option = app.add_option(name);
  option->description(about_it);
  option->type_name(value);
  return option;
}

CLI::Option* add_flag(CLI::App& app, const char* name, const char* about_it) {
  return app.add_flag(name)->description(about_it)->disable_flag_override();
}

CLI::App* add_command(CLI::App& app, const char* name, const char* about_it) {
  CLI::App* const command = app.add_subcommand(name, about_it);
  command->set_help_flag("-h,--help", "print this help and exit");
  return command;
}

}  // namespace

CommandLine::CommandLine() : app(about, "agent") {
  app.formatter(std::make_shared<Help>());
  app.footer(first_session);
  app.fallthrough();
  app.require_subcommand(0, 1);
  add_commands();
  add_permissions();
  add_doctor();
  add_init();
  add_check();
  add_common();
  add_once();
}

void CommandLine::add_common() {
  config = add_value(app, "--config", "FILE",
                     "a configuration, or a manifest alone; else the file that "
                     "BLINDFOLD_CONFIG names, else /etc/blindfold/agent.yaml");
  context = add_value(app, "--context", "NAME",
                      "of the kubeconfig; else its current one, else the pod's own account");
  name_space = add_value(app, "--namespace", "NAME",
                         "in Kubernetes, for what names none; else the context's");
  log_format = add_value(app, "--log-format", "FORMAT", "of the log: text or json [text]");
  log_level = add_value(app, "--log-level", "LEVEL",
                        "of the log: trace, debug, info, warning, error or off [info]");
  app.set_version_flag("--version", "agent " + std::string(version), "print the version and exit");
  app.set_help_flag("-h,--help", "print this help and exit; agent COMMAND --help tells more");
}

void CommandLine::add_once() {
  once = add_flag(app, "--once", "look, print the result and exit");
  format = add_value(app, "--format", "FORMAT", "of the result: text, json or junit [text]");
  timeout =
      add_value(app, "--timeout", "DURATION", "how long to try to look, as 500ms, 30s or 5m [30s]");
  wait = add_value(app, "--wait", "DURATION",
                   "instead: look until all required credentials are present, at most so long");
  for (CLI::Option* const option : {format, timeout, wait}) {
    option->group("With --once");
  }
}

void CommandLine::add_commands() {
  commands =
      add_command(app, "commands",
                  "print the exact command that creates, completes or rotates each credential");
  ids = add_value(*commands, "id", "ID", "of a requirement; all where none is given");
  ids->expected(0, CLI::detail::expected_max_vector_size)->allow_extra_args();
  offline = add_flag(*commands, "--offline", "do not look first: print for what is missing");
  shell = add_value(*commands, "--shell", "SHELL", "that runs them: bash or sh [bash]");
  owner = add_value(*commands, "--owner", "USER",
                    "who is to own what is created: not the agent's user");
  profile = add_value(*commands, "--profile", "NAME",
                      "of the aws command line, of whoever runs them: one that may write");
  commands->footer(example("agent --config manifest.yaml commands database"));
}

void CommandLine::add_permissions() {
  permissions =
      add_command(app, "permissions", "print the least rights that this manifest needs, and why");
  store = add_value(*permissions, "--for", "STORE", "whose rights: files, kubernetes or aws");
  store->required();
  faster = add_flag(*permissions, "--faster",
                    "of Kubernetes: rights to list and watch secrets, by which each change is seen "
                    "at once, and by which the account could read them");
  agent_user = add_value(*permissions, "--agent-user", "USER",
                         "the user that the agent runs as [blindfold]");
  application_user = add_value(*permissions, "--application-user", "USER",
                               "the user that the application runs as, who owns the files");
  permissions->footer(
      example("agent --config manifest.yaml permissions --for files --application-user app"));
}

void CommandLine::add_doctor() {
  doctor = add_command(app, "doctor",
                       "prove that this account cannot read the values: try what must fail");
  proof_commands =
      add_flag(*doctor, "--commands", "print the same proof for your own tools instead");
  doctor->footer(example("agent --config manifest.yaml doctor"));
}

void CommandLine::add_init() {
  init = add_command(app, "init",
                     "print a manifest made from an application's Kubernetes manifests on standard "
                     "input");
  init->footer(
      "Example:\n"
      "  helm template my-app | agent init > manifest.yaml");
}

void CommandLine::add_check() {
  check = add_command(app, "check",
                      "check a manifest, or a configuration with the manifests that it lists");
  file = add_value(*check, "file", "FILE", "the manifest or the configuration");
  check->footer(
      "Example:\n"
      "  agent check manifest.yaml\n"
      "\n"
      "Exit status: 0 where nothing is wrong, else 2, with every mistake and its line.");
}

std::optional<std::string> text_of(const CLI::Option& option) {
  return given(option) ? std::optional(option.results().back()) : std::nullopt;
}

std::string full_name(const CLI::App& app) {
  const CLI::App* const parent = app.get_parent();
  return parent == nullptr ? app.get_name() : full_name(*parent) + " " + app.get_name();
}

const CLI::App& command_of(const CLI::App& app) {
  const auto parsed = app.get_subcommands();
  return parsed.empty() ? app : *parsed.front();
}

}  // namespace blindfold::app
