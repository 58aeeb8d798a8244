#include "app/options.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <sstream>
#include <string_view>
#include <utility>

#include "app/command_line.hpp"
#include "app/mistake.hpp"
#include "app/values.hpp"

namespace blindfold::app {
namespace {

template <class T>
using Choice = std::pair<std::string_view, T>;

constexpr std::array<Choice<log::Format>, 2> log_formats{
    {{"text", log::Format::text}, {"json", log::Format::json}}};
constexpr std::array<Choice<log::Level>, 6> log_levels{{{"trace", log::Level::trace},
                                                        {"debug", log::Level::debug},
                                                        {"info", log::Level::info},
                                                        {"warning", log::Level::warning},
                                                        {"error", log::Level::error},
                                                        {"off", log::Level::off}}};
constexpr std::array<Choice<ReportFormat>, 3> formats{
    {{"text", ReportFormat::text}, {"json", ReportFormat::json}, {"junit", ReportFormat::junit}}};
constexpr std::array<Choice<advice::Shell>, 2> shells{
    {{"bash", advice::Shell::bash}, {"sh", advice::Shell::sh}}};
constexpr std::array<Choice<PermissionStore>, 3> stores{
    {{"files", PermissionStore::files},
     {"kubernetes", PermissionStore::kubernetes},
     {"aws", PermissionStore::aws}}};

base::Error mistake(std::string what, std::string hint) {
  return {base::ErrorKind::usage, std::move(what), std::move(hint)};
}

// Turns texts into values; keeps the first mistake.
class Reader final {
 public:
  template <class T, std::size_t N>
  void choice(const CLI::Option& option, const std::array<Choice<T>, N>& choices, auto& target) {
    if (const auto text = text_of(option)) {
      take(read_choice(option.get_name(), *text, std::span<const Choice<T>>(choices)), target);
    }
  }

  void duration(const CLI::Option& option, auto& target) {
    if (const auto text = text_of(option)) {
      take(read_duration(option.get_name(), *text), target);
    }
  }

  void name(const CLI::Option& option, auto& target) {
    if (const auto text = text_of(option)) {
      take(read_name(said(option), option.get_type_name(), *text), target);
    }
  }

  // Arguments: those among the options, and those after `--`.
  void names(const CLI::Option& option, std::span<const std::string> rest,
             std::vector<std::string>& target) {
    target = option.results();
    target.insert(target.end(), rest.begin(), rest.end());
    for (std::string& text : target) {
      take(read_name(said(option), option.get_type_name(), text), text);
    }
  }

  void refuse(base::Error error) {
    if (!mistake_) {
      mistake_ = std::move(error);
    }
  }

  [[nodiscard]] const std::optional<base::Error>& mistake() const noexcept { return mistake_; }

 private:
  static std::string said(const CLI::Option& option) {
    return option.get_positional() ? option.get_type_name() : option.get_name();
  }

  template <class T>
  void take(base::Result<T> value, auto& target) {
    if (value) {
      target = *std::move(value);
    } else {
      refuse(std::move(value.error()));
    }
  }

  std::optional<base::Error> mistake_;
};

// The arguments after `--`.
using Rest = std::span<const std::string>;

OnceCommand read_once(Reader& reader, const CommandLine& line) {
  OnceCommand command;
  reader.choice(*line.format, formats, command.format);
  reader.duration(*line.timeout, command.timeout);
  reader.duration(*line.wait, command.wait);
  return command;
}

CommandsCommand read_commands(Reader& reader, const CommandLine& line, Rest rest) {
  CommandsCommand command;
  reader.names(*line.ids, rest, command.ids);
  command.offline = given(*line.offline);
  reader.choice(*line.shell, shells, command.shell);
  reader.name(*line.owner, command.owner);
  reader.name(*line.profile, command.profile);
  return command;
}

PermissionsCommand read_permissions(Reader& reader, const CommandLine& line) {
  PermissionsCommand command;
  reader.choice(*line.store, stores, command.store);
  command.faster = given(*line.faster);
  if (command.faster && command.store != PermissionStore::kubernetes) {
    reader.refuse(mistake("--faster goes with --for kubernetes alone",
                          "agent permissions --for kubernetes --faster"));
  }
  reader.name(*line.agent_user, command.agent_user);
  reader.name(*line.application_user, command.application_user);
  return command;
}

CheckCommand read_check(Reader& reader, const CommandLine& line, Rest rest) {
  std::vector<std::string> files;
  reader.names(*line.file, rest, files);
  if (files.empty()) {
    reader.refuse(missing(line.app, *line.file));
    return {};
  }
  if (files.size() > 1) {
    reader.refuse(too_many(line.app, files[1]));
  }
  return {.file = std::move(files.front())};
}

// What does not go together.
void check_together(Reader& reader, const CommandLine& line) {
  const CLI::App& command = command_of(line.app);
  if (given(*line.once) && &command != &line.app) {
    reader.refuse(mistake("--once does not go with the command " + command.get_name(),
                          "look with agent --once, or run " + full_name(command)));
  }
  for (const CLI::Option* const option : {line.format, line.timeout, line.wait}) {
    if (given(*option) && !given(*line.once)) {
      reader.refuse(mistake(option->get_name() + " goes with --once alone",
                            "agent --once " + option->get_name() + " " + option->get_type_name()));
    }
  }
  if (given(*line.timeout) && given(*line.wait)) {
    reader.refuse(mistake("--wait and --timeout do not go together",
                          "--wait replaces --timeout: give one of them"));
  }
  if (given(*line.config) && line.check->parsed()) {
    reader.refuse(mistake("--config does not go with the command check",
                          "name the file alone: agent check FILE"));
  }
}

Options read(Reader& reader, const CommandLine& line, Rest rest) {
  Options options;
  check_together(reader, line);
  if (!rest.empty() && !line.commands->parsed() && !line.check->parsed()) {
    reader.refuse(too_many(line.app, rest.front()));
  }
  reader.name(*line.config, options.config);
  reader.name(*line.context, options.context);
  reader.name(*line.name_space, options.name_space);
  reader.choice(*line.log_format, log_formats, options.log_format);
  reader.choice(*line.log_level, log_levels, options.log_level);
  if (line.commands->parsed()) {
    options.command = read_commands(reader, line, rest);
  } else if (line.permissions->parsed()) {
    options.command = read_permissions(reader, line);
  } else if (line.doctor->parsed()) {
    options.command = DoctorCommand{.commands = given(*line.proof_commands)};
  } else if (line.init->parsed()) {
    options.command = InitCommand{};
  } else if (line.check->parsed()) {
    options.command = read_check(reader, line, rest);
  } else if (given(*line.once)) {
    options.command = read_once(reader, line);
  }
  return options;
}

EarlyExit refuse(const base::Error& error, const CLI::App& app) {
  std::string text = "agent: " + error.what + "\n";
  if (!error.hint.empty()) {
    text += "  " + error.hint + "\n";
  }
  return {2, {}, text + "  see " + full_name(command_of(app)) + " --help\n"};
}

// CLI11 takes the next argument for the value of `--config=`.
std::optional<base::Error> find_empty_value(std::span<const std::string> arguments) {
  for (const std::string_view argument : arguments) {
    if (argument.starts_with("--") && argument.find('=') == argument.size() - 1) {
      return mistake(shown(argument) + " has no value", {});
    }
  }
  return std::nullopt;
}

// CLI11 forgets `--` where a command begins: what follows is split off.
std::vector<std::string> take_rest(std::vector<std::string>& arguments) {
  const auto dashes = std::ranges::find(arguments, "--");
  if (dashes == arguments.end()) {
    return {};
  }
  std::vector<std::string> rest(dashes + 1, arguments.end());
  arguments.erase(dashes, arguments.end());
  return rest;
}

}  // namespace

std::variant<Options, EarlyExit> parse_options(int argc, const char* const* argv) {
  CommandLine line;
  std::vector<std::string> arguments(argv + std::min(argc, 1), argv + argc);
  const std::vector<std::string> rest = take_rest(arguments);
  if (const auto mistake = find_empty_value(arguments)) {
    return refuse(*mistake, line.app);
  }
  std::ranges::reverse(arguments);  // as CLI11 takes them
  try {
    line.app.parse(std::move(arguments));
  } catch (const CLI::Success& wanted) {
    std::ostringstream output;
    line.app.exit(wanted, output, output);
    return EarlyExit{0, output.str(), {}};
  } catch (const CLI::ParseError& error) {
    return refuse(mistake_of(line.app, error), line.app);
  }
  Reader reader;
  Options options = read(reader, line, rest);
  if (reader.mistake()) {
    return refuse(*reader.mistake(), line.app);
  }
  return options;
}

}  // namespace blindfold::app
