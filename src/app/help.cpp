#include "app/help.hpp"

#include <CLI/CLI.hpp>
#include <cstddef>
#include <sstream>
#include <string_view>
#include <vector>

#include "app/command_line.hpp"

namespace blindfold::app {
namespace {

constexpr std::size_t width = 80;
constexpr std::size_t description_column = 28;

// Puts the words of `text` on lines; those after the first begin at `indent`,
// where the first, already begun, is now.
void wrap(std::string& out, std::string_view text, std::size_t indent) {
  std::size_t column = indent;
  std::istringstream words{std::string(text)};
  for (std::string word; words >> word;) {
    if (column > indent && column + 1 + word.size() > width) {
      out += '\n';
      out.append(indent, ' ');
      column = indent;
    } else if (column > indent) {
      out += ' ';
      ++column;
    }
    out += word;
    column += word.size();
  }
  out += '\n';
}

void add_paragraphs(std::string& out, std::string_view text) {
  constexpr std::string_view gap = "\n\n";
  for (std::size_t end = 0; end != std::string_view::npos;) {
    end = text.find(gap);
    wrap(out, text.substr(0, end), 0);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + gap.size());
    out += '\n';
  }
}

void add_entry(std::string& out, const std::string& name, const std::string& description) {
  const std::string start = "  " + name;
  out += start;
  if (start.size() + 2 > description_column) {
    out += '\n';
    out.append(description_column, ' ');
  } else {
    out.append(description_column - start.size(), ' ');
  }
  wrap(out, description, description_column);
}

std::string value_of(const CLI::Option& option) {
  return option.get_expected_max() == 0 ? "" : option.get_type_name();
}

std::string name_of(const CLI::Option& option) {
  std::string name;
  for (const std::string& each : option.get_snames()) {
    name += "-" + each + ", ";
  }
  for (const std::string& each : option.get_lnames()) {
    name += "--" + each;
  }
  const std::string value = value_of(option);
  return value.empty() ? name : name + " " + value;
}

std::string usage_of(const CLI::Option& argument) {
  const std::string name =
      argument.get_type_name() + (argument.get_expected_max() > 1 ? "..." : "");
  return argument.get_items_expected_min() > 0 ? " " + name : " [" + name + "]";
}

std::vector<const CLI::Option*> arguments_of(const CLI::App& app) {
  return app.get_options([](const CLI::Option* option) { return option->get_positional(); });
}

void add_usage(std::string& out, const CLI::App& app) {
  const std::string name = full_name(app);
  out += "Usage:\n";
  if (!app.get_subcommands({}).empty()) {
    out += "  " + name + " [OPTIONS]\n  " + name + " [OPTIONS] COMMAND [ARGUMENTS]\n";
    return;
  }
  out += "  " + name;
  for (const CLI::Option* const option : app.get_options()) {
    if (!option->get_positional() && option->get_required()) {
      out += " " + name_of(*option);
    }
  }
  out += " [OPTIONS]";
  for (const CLI::Option* const argument : arguments_of(app)) {
    out += usage_of(*argument);
  }
  out += '\n';
}

void add_commands(std::string& out, const CLI::App& app) {
  const auto commands = app.get_subcommands({});
  if (commands.empty()) {
    return;
  }
  out += "\nCommands:\n";
  for (const CLI::App* const command : commands) {
    std::string name = command->get_name();
    for (const CLI::Option* const argument : arguments_of(*command)) {
      name += usage_of(*argument);
    }
    add_entry(out, name, command->get_description());
  }
}

void add_arguments(std::string& out, const CLI::App& app) {
  const auto arguments = arguments_of(app);
  if (!arguments.empty()) {
    out += "\nArguments:\n";
  }
  for (const CLI::Option* const argument : arguments) {
    add_entry(out, argument->get_type_name(), argument->get_description());
  }
}

void add_options(std::string& out, const CLI::App& app) {
  for (const std::string& group : app.get_groups()) {
    const auto options = app.get_options([&group](const CLI::Option* option) {
      return !option->get_positional() && option->get_group() == group;
    });
    if (!options.empty()) {
      out += "\n" + group + ":\n";
    }
    for (const CLI::Option* const option : options) {
      add_entry(out, name_of(*option), option->get_description());
    }
  }
}

}  // namespace

std::string Help::make_help(const CLI::App* app, std::string /*name*/,
                            CLI::AppFormatMode /*mode*/) const {
  std::string out;
  add_paragraphs(out, app->get_description());
  add_usage(out, *app);
  add_commands(out, *app);
  add_arguments(out, *app);
  add_options(out, *app);
  return out + "\n" + app->get_footer() + "\n";
}

}  // namespace blindfold::app
