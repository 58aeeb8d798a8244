#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "platform/base/error.hpp"
#include "platform/base/unique_fd.hpp"
#include "platform/loop/callback.hpp"
#include "platform/loop/loop.hpp"
#include "platform/secret/secret_buffer.hpp"

namespace blindfold::helper {

/// Something that the helper may be asked to run, listed before it is forked.
struct Program {
  std::string name;                    ///< what it is asked for by
  std::vector<std::string> arguments;  ///< the command first: a path, or looked up in PATH
  std::vector<std::pair<std::string, std::string>> environment;  ///< added to the process's own
  std::chrono::milliseconds timeout = std::chrono::seconds(30);  ///< then TERM, 2 s later KILL
};

/// The agent's end of the helper process's socket, before there is a loop. The
/// helper ends when it is closed.
struct Forked {
  base::UniqueFd socket;
};

/// Forks the helper: before a thread exists, before a loop, before the process
/// gives anything up. It runs what stands in `programs`, by name, and nothing
/// else, ever. Fails with `internal`.
[[nodiscard]] base::Result<Forked> fork_helper(std::vector<Program> programs);

/// Asks the helper.
class Helper final {
 public:
  Helper(loop::Loop& loop, Forked forked);
  ~Helper();
  Helper(const Helper&) = delete;
  Helper& operator=(const Helper&) = delete;
  Helper(Helper&&) = delete;
  Helper& operator=(Helper&&) = delete;

  /// Its standard output, 64 KiB at most, or why there is none: it could not be
  /// run, ended with another status than 0, took too long, wrote too much. Its
  /// standard error goes to the agent's.
  using Done = loop::Callback<base::Result<secret::SecretBuffer>>;

  /// One run that was asked for. Destroying it drops the answer; the program
  /// ends by itself or at its timeout.
  class Run {
   public:
    virtual ~Run() = default;
  };
  [[nodiscard]] std::unique_ptr<Run> run(const std::string& name, Done done);

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace blindfold::helper
