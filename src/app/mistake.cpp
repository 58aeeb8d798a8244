#include "app/mistake.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/command_line.hpp"
#include "app/values.hpp"

namespace blindfold::app {
namespace {

base::Error mistake(std::string what, std::string hint = {}) {
  return {base::ErrorKind::usage, std::move(what), std::move(hint)};
}

void append_options(std::vector<std::string>& names, const CLI::App& app) {
  for (const CLI::Option* const option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) {
      names.push_back("--" + name);
    }
  }
}

// Whether another command has that option, and which.
std::string owner_of(const CLI::App& app, const std::string& name) {
  for (const CLI::App* const command : app.get_subcommands({})) {
    if (command->get_option_no_throw(name) != nullptr) {
      return shown(name) + " goes after the command: " + full_name(*command) + " " + name;
    }
  }
  return {};
}

base::Error unknown_option(const CLI::App& app, const std::string& argument) {
  const CLI::App& command = command_of(app);
  const std::string name = argument.substr(0, argument.find('='));
  std::vector<std::string> names;
  append_options(names, app);
  if (&command != &app) {
    append_options(names, command);
  }
  std::string hint = owner_of(app, name);
  if (hint.empty()) {
    hint = suggestion(name, std::vector<std::string_view>(names.begin(), names.end()));
  }
  return mistake(full_name(command) + " has no option " + shown(name), std::move(hint));
}

base::Error unknown_command(const CLI::App& app, const std::string& argument) {
  const auto commands = app.get_subcommands({});
  std::vector<std::string> names;
  for (const CLI::App* const command : commands) {
    names.push_back(command->get_name());
  }
  std::string hint =
      suggestion(argument, std::vector<std::string_view>(names.begin(), names.end()));
  if (hint.empty() && argument.find_first_of("./") != std::string::npos) {
    hint = "a manifest or a configuration is named with --config FILE";
  }
  return mistake("there is no command " + shown(argument), std::move(hint));
}

base::Error unexpected(const CLI::App& app) {
  std::vector<std::string> rest = app.remaining(true);
  // Where the options ended.
  if (const auto end = std::ranges::find(rest, "--"); end != rest.end() && rest.size() > 1) {
    rest.erase(end);
  }
  const std::string argument = rest.empty() ? std::string() : rest.front();
  if (argument.size() > 1 && argument.front() == '-' && argument != "--") {
    return unknown_option(app, argument);
  }
  const CLI::App& command = command_of(app);
  return &command == &app
             ? unknown_command(app, argument)
             : mistake(shown(argument) + " is one argument too many for " + full_name(command));
}

// CLI11's texts begin with the option's name, a flag's without its dashes.
const CLI::Option* option_of(const CLI::App& app, std::string_view text) {
  const std::string name(text.substr(0, text.find_first_of(": ")));
  for (const CLI::App* const place : {&command_of(app), &app}) {
    for (const std::string& each : {name, "--" + name}) {
      if (const CLI::Option* const option = place->get_option_no_throw(each)) {
        return option;
      }
    }
  }
  return nullptr;
}

base::Error wrong_count(const CLI::Option& option) {
  const std::string name = option.get_name();
  if (option.get_expected_max() == 0) {
    return mistake(name + " takes no value");
  }
  return option.count() > 1 ? mistake(name + " is given twice")
                            : mistake(name + ": " + option.get_type_name() + " is missing");
}

}  // namespace

base::Error missing(const CLI::App& app, const CLI::Option& option) {
  const std::string name = option.get_positional() ? "" : option.get_name() + " ";
  return mistake(full_name(command_of(app)) + ": " + name + option.get_type_name() + " is missing");
}

base::Error too_many(const CLI::App& app, std::string_view argument) {
  return mistake(shown(argument) + " is one argument too many for " + full_name(command_of(app)));
}

base::Error mistake_of(const CLI::App& app, const CLI::ParseError& error) {
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
    return unexpected(app);
  }
  const CLI::Option* const option = option_of(app, error.what());
  if (option == nullptr) {
    return mistake(shown(error.what()));
  }
  return dynamic_cast<const CLI::RequiredError*>(&error) != nullptr ? missing(app, *option)
                                                                    : wrong_count(*option);
}

}  // namespace blindfold::app
