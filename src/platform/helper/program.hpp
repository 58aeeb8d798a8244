#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace blindfold::helper {

/// Something that the helper may be asked to run, listed before it is forked.
struct Program {
  std::string name;                    ///< what it is asked for by; 255 bytes at most
  std::vector<std::string> arguments;  ///< the command first: a path, or looked up in PATH
  std::vector<std::pair<std::string, std::string>> environment;  ///< added to the process's own
  std::chrono::milliseconds timeout = std::chrono::seconds(30);  ///< then TERM, 2 s later KILL
};

/// What the agent may still write once it has restricted itself. The helper runs
/// nothing of it: who could write a program could run anything by its name.
struct Writable {
  /// Whether Landlock will hold. Where not, the agent may write whatever its
  /// user and groups may.
  bool landlock = false;
  /// Folders, or single files, that stay writable under Landlock; absolute.
  std::vector<std::string> kept;
};

}  // namespace blindfold::helper
