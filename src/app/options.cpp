#include "app/options.hpp"

#include <CLI/CLI.hpp>
#include <map>
#include <sstream>
#include <utility>

#include "app/version.hpp"

namespace blindfold::app {
namespace {

constexpr const char* description =
    "Knows which credentials an application needs, sees whether each one exists and when it is\n"
    "rotated, and cannot see any of their values.\n"
    "\n"
    "Without a command it watches until SIGTERM or SIGINT: a live table on a terminal, log lines\n"
    "otherwise. With --once it looks, prints what it saw and exits.";

constexpr const char* footer =
    "A first session:\n"
    "  agent check manifest.yaml              is the manifest right?\n"
    "  agent --config manifest.yaml --once    what is there, what is missing?\n"
    "  agent --config manifest.yaml commands  the exact commands that create what is missing\n"
    "  agent --config manifest.yaml           watch; each line turns into a checkmark\n"
    "  agent --config manifest.yaml doctor    prove that this account cannot read the values\n"
    "\n"
    "Exit status of --once:\n"
    "  0  every required credential is present\n"
    "  1  at least one is missing, empty, incomplete or of the wrong kind\n"
    "  2  bad usage, configuration or manifest; nothing was looked at\n"
    "  3  none of those, but at least one could not be determined\n"
    "Other commands exit with 0, 1 (failed; doctor: a value can be read) or 2.\n"
    "\n"
    "The configuration is the file of --config, of BLINDFOLD_CONFIG, or /etc/blindfold/agent.yaml;\n"
    "a manifest alone will do. NO_COLOR is honoured.";

constexpr std::chrono::hours longest_wait{24};

std::string check_duration(std::string& text) {
  const auto duration = base::parse_duration(text);
  if (!duration || *duration > longest_wait || duration->count() == 0) {
    return "'" + text + "' is not a duration like 500ms, 30s or 5m, of at most 24h";
  }
  return {};
}

base::Duration duration_of(const std::string& text) {
  return base::parse_duration(text).value_or(base::Duration::zero());
}

struct Parsed {
  Options options;
  OnceCommand once;
  CommandsCommand commands;
  PermissionsCommand permissions;
  DoctorCommand doctor;
  CheckCommand check;
  bool is_once = false;
  std::string config;
  std::string log_format;
  std::string log_level;
  std::string timeout;
  std::string wait;
  std::string permissions_for;
  CLI::App* commands_app = nullptr;
  CLI::App* permissions_app = nullptr;
  CLI::App* doctor_app = nullptr;
  CLI::App* check_app = nullptr;
};

void add_common(CLI::App& app, Parsed& parsed) {
  const CLI::Validator duration(check_duration, "DURATION");
  app.set_version_flag("--version", std::string("agent ") + std::string(version));
  app.add_option("--config", parsed.config, "configuration or manifest")->type_name("FILE");
  app.add_option("--log-format", parsed.log_format, "text or json")
      ->type_name("FORMAT")
      ->check(CLI::IsMember({"text", "json"}));
  app.add_option("--log-level", parsed.log_level, "trace, debug, info, warning, error or off")
      ->type_name("LEVEL")
      ->check(CLI::IsMember({"trace", "debug", "info", "warning", "error", "off"}));
  CLI::Option* const once =
      app.add_flag("--once", parsed.is_once, "look, print the result and exit");
  CLI::Option* const timeout =
      app.add_option("--timeout", parsed.timeout,
                     "with --once: how long to try to look [30s]")
          ->type_name("")
          ->check(duration)
          ->needs(once);
  app.add_option("--wait", parsed.wait,
                 "with --once: look until all required credentials are present, at most so long")
      ->type_name("")
      ->check(duration)
      ->needs(once)
      ->excludes(timeout);
  const std::map<std::string, ReportFormat> formats{{"text", ReportFormat::text},
                                                           {"json", ReportFormat::json},
                                                           {"junit", ReportFormat::junit}};
  app.add_option("--format", parsed.once.format, "with --once: text, json or junit [text]")
      ->type_name("FORMAT")
      ->transform(CLI::CheckedTransformer(formats))
      ->needs(once);
}

void add_commands(CLI::App& app, Parsed& parsed) {
  parsed.commands_app = app.add_subcommand(
      "commands", "print the exact command that creates, completes or rotates each credential");
  parsed.commands_app->add_option("id", parsed.commands.ids, "of a requirement; all where none is given")
      ->type_name("ID");
  parsed.commands_app->add_flag("--offline", parsed.commands.offline,
                                "do not look first; print for what is missing");
  const std::map<std::string, advice::Shell> shells{{"bash", advice::Shell::bash},
                                                      {"sh", advice::Shell::sh}};
  parsed.commands_app->add_option("--shell", parsed.commands.shell, "bash or sh [bash]")
      ->type_name("SHELL")
      ->transform(CLI::CheckedTransformer(shells));
  parsed.commands_app
      ->add_option("--owner", parsed.commands.owner,
                   "who is to own what is created: not the agent's user")
      ->type_name("USER");
}

void add_permissions(CLI::App& app, Parsed& parsed) {
  parsed.permissions_app = app.add_subcommand(
      "permissions", "print the least rights that this manifest needs, each with its reason");
  parsed.permissions_app->add_option("--for", parsed.permissions_for, "files")
      ->type_name("STORE")
      ->required()
      ->check(CLI::IsMember({"files"}));
  parsed.permissions_app
      ->add_option("--agent-user", parsed.permissions.agent_user, "the user the agent runs as [blindfold]")
      ->type_name("USER");
  parsed.permissions_app
      ->add_option("--application-user", parsed.permissions.application_user,
                   "the user the application runs as, who owns the files")
      ->type_name("USER");
}

void add_doctor(CLI::App& app, Parsed& parsed) {
  parsed.doctor_app = app.add_subcommand(
      "doctor", "prove that this account cannot read the values: try what must fail");
  parsed.doctor_app->add_flag("--commands", parsed.doctor.commands,
                              "print the same proof for your own tools instead");
}

void add_check(CLI::App& app, Parsed& parsed) {
  parsed.check_app =
      app.add_subcommand("check", "check a manifest or a configuration, and those it names");
  parsed.check_app->add_option("file", parsed.check.file, "the file")
      ->type_name("FILE")
      ->required();
}

Options finish(Parsed& parsed) {
  Options options;
  if (!parsed.config.empty()) {
    options.config = parsed.config;
  }
  if (!parsed.log_format.empty()) {
    options.log_format = parsed.log_format == "json" ? log::Format::json : log::Format::text;
  }
  options.log_level = log::parse_log_level(parsed.log_level);
  if (parsed.commands_app->parsed()) {
    options.command = std::move(parsed.commands);
  } else if (parsed.permissions_app->parsed()) {
    options.command = std::move(parsed.permissions);
  } else if (parsed.doctor_app->parsed()) {
    options.command = parsed.doctor;
  } else if (parsed.check_app->parsed()) {
    options.command = std::move(parsed.check);
  } else if (parsed.is_once) {
    if (!parsed.timeout.empty()) {
      parsed.once.timeout = duration_of(parsed.timeout);
    }
    if (!parsed.wait.empty()) {
      parsed.once.wait = duration_of(parsed.wait);
    }
    options.command = parsed.once;
  }
  return options;
}

}  // namespace

std::variant<Options, EarlyExit> parse_options(int argc, const char* const* argv) {
  CLI::App app(description, "agent");
  app.footer(footer);
  app.fallthrough();
  app.require_subcommand(0, 1);
  Parsed parsed;
  add_common(app, parsed);
  add_commands(app, parsed);
  add_permissions(app, parsed);
  add_doctor(app, parsed);
  add_check(app, parsed);
  try {
    app.parse(argc, argv);
    if (parsed.is_once && !app.get_subcommands().empty()) {
      throw CLI::ExcludesError("--once", app.get_subcommands().front()->get_name());
    }
  } catch (const CLI::ParseError& error) {
    std::ostringstream output;
    std::ostringstream message;
    const int status = app.exit(error, output, message);
    return EarlyExit{status == 0 ? 0 : 2, output.str(),
                     status == 0 ? message.str() : "agent: " + message.str()};
  }
  return finish(parsed);
}

}  // namespace blindfold::app
