#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "show/advice/commands.hpp"
#include "support/pseudo_terminal.hpp"
#include "support/run_program.hpp"
#include "support/scratch_folder.hpp"
#include "support/standings.hpp"

namespace blindfold::advice::tests {

struct Case {
  Shell shell;
  std::string program;
};

inline const std::vector<Case> shells{
    {Shell::bash, "bash"}, {Shell::sh, "dash"}, {Shell::sh, "bash"}};

// Everything that a line can hold; no shell, and no terminal, may change it.
inline const std::string hostile_value =
    "  !\"#$%&'()*+,-./0:;<=>?@A[\\]^_`a{|}~ $(id) `id` $V \\n %s \xc3\xa9 -n  ";

/// The printed lines, each ended by a line feed.
inline std::string printed(const std::vector<std::string>& lines) {
  std::string all;
  for (const std::string& line : lines) {
    all += line + "\n";
  }
  return all;
}

inline support::Outcome piped(const Case& shell, const std::string& script,
                              const std::string& input) {
  return support::run_program({shell.program, "-c", script}, input);
}

/// An interactive shell that keeps its history in the scratch folder.
class Shelled final {
 public:
  Shelled(const Case& shell, const support::ScratchFolder& scratch)
      : history_(scratch.path() / "history"),
        terminal_(shell.program == "bash"
                      ? std::vector<std::string>{"bash", "--norc", "--noprofile", "-i"}
                      : std::vector<std::string>{"dash", "-i"},
                  {"PS1=ready> ", "ENV=", "HISTFILE=" + history_.string()}) {
    await_prompt();
  }

  void await_prompt() { terminal_.read_until("ready> "); }

  /// Pastes lines of which only the last one reads.
  void paste(std::string_view lines) {
    while (!lines.empty()) {
      const std::size_t end = lines.find('\n');
      terminal_.type(std::string(lines.substr(0, end)) + "\r");
      lines.remove_prefix(end + 1);
      if (!lines.empty()) {
        await_prompt();
      }
    }
  }

  void type_unseen(const std::string& line) {
    terminal_.await_unseen_line();
    terminal_.type(line);
  }

  /// What a command prints, run once all that was typed before is done.
  std::string output_of(const std::string& command) {
    terminal_.type("echo be''gin; " + command + "; echo en''d\r");
    terminal_.read_until("begin\r\n");
    const std::string out = terminal_.read_until("end\r\n");
    await_prompt();
    return out;
  }

  std::string leave() {
    terminal_.type("exit\r");
    terminal_.finish();
    return support::contents_of(history_);
  }

  [[nodiscard]] const std::string& screen() const { return terminal_.screen(); }

 private:
  std::filesystem::path history_;
  support::PseudoTerminal terminal_;
};

}  // namespace blindfold::advice::tests
