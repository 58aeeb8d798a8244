#include "show/advice/typed_value.hpp"

#include <algorithm>
#include <array>

namespace blindfold::advice {
namespace {

constexpr std::array<std::string_view, 9> endings{".pem", ".crt", ".cer", ".der", ".key",
                                                  ".p12", ".pfx", ".jks", "json"};

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

std::string write_typed(const Target& target, Shell shell) {
  const std::string_view read = shell == Shell::bash ? "IFS= read -rs V" : "IFS= read -r V";
  return std::string(read) + "; printf %s \"$V\" | " + install_to("/dev/stdin", target, shell);
}

std::string write_file(std::string_view key, const Target& target, Shell shell) {
  return install_to(quote("/path/to/your/" + std::string(key), shell), target, shell);
}

std::string unseen(const std::string& parts, Shell shell) {
  if (shell == Shell::bash) {
    // An exported V of the user's own would carry the value into the environment.
    return "unset V; " + parts + "; unset V";
  }
  // A subshell: an interrupt ends all of it, and takes the variable along.
  return "( trap 'stty echo 2>/dev/null' EXIT; trap 'exit 130' HUP INT TERM; "
         "stty -echo 2>/dev/null; unset V; " +
         parts + " )";
}

}  // namespace blindfold::advice
