#include "show/advice/typed_value.hpp"

#include <algorithm>
#include <array>

#include "show/advice/remarks.hpp"

namespace blindfold::advice {
namespace {

constexpr std::array<std::string_view, 11> endings{".pem", ".crt",      ".cer",      ".der",
                                                   ".key", ".p12",      ".pfx",      ".jks",
                                                   "json", "dockercfg", "privatekey"};

std::string install_to(const std::string& from, const Target& target, Shell shell) {
  std::string command = "install -m 0400 ";
  if (!target.owner.empty()) {
    command += "-o " + quote(target.owner, shell) + " ";
  }
  return command + from + " " + quote(target.path, shell);
}

}  // namespace

bool has_several_lines(std::string_view key) noexcept {
  return key.starts_with("tls.") || std::ranges::any_of(endings, [key](std::string_view ending) {
           return key.ends_with(ending);
         });
}

std::string path_to_put_in(std::string_view key) {
  return "/path/to/your/" + std::string(key);
}

std::string read_line(std::string_view variable, Shell shell) {
  const std::string_view read = shell == Shell::bash ? "IFS= read -rs " : "IFS= read -r ";
  return std::string(read).append(variable);
}

std::string print_variable(std::string_view variable) {
  return "printf %s \"$" + std::string(variable) + "\"";
}

std::string write_typed(const Target& target, Shell shell) {
  return read_line("V", shell) + "; " + print_variable("V") + " | " +
         install_to("/dev/stdin", target, shell);
}

std::string write_file(std::string_view key, const Target& target, Shell shell) {
  return install_to(quote(path_to_put_in(key), shell), target, shell);
}

std::string unseen(const std::string& parts, Shell shell, std::string_view variables) {
  const std::string forget = "unset " + std::string(variables);
  if (shell == Shell::bash) {
    // An exported V of the user's own would carry the value into the environment.
    return forget + "; " + parts + "; " + forget;
  }
  // A subshell: an interrupt ends all of it, and takes the variables along.
  return "( trap 'stty echo 2>/dev/null' EXIT; trap 'exit 130' HUP INT TERM; "
         "stty -echo 2>/dev/null; " +
         forget + "; " + parts + " )";
}

std::vector<std::string> announce(std::span<const std::string> keys) {
  std::vector<std::string> typed;
  std::vector<std::string> files;
  for (const std::string& key : keys) {
    (has_several_lines(key) ? files : typed).push_back(key);
  }
  std::vector<std::string> lines;
  if (!typed.empty()) {
    lines.push_back(
        comment("type " + joined(typed, ", Enter, then ") + ", Enter: nothing is shown"));
  }
  if (!files.empty()) {
    lines.push_back(comment("put in the path of your file for " + joined(files, " and ")));
  }
  return lines;
}

}  // namespace blindfold::advice
