#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "platform/base/error.hpp"
#include "platform/helper/fork.hpp"
#include "platform/loop/callback.hpp"
#include "platform/loop/loop.hpp"
#include "platform/secret/secret_buffer.hpp"

namespace blindfold::helper {

/// The longest standard output of a program, in bytes.
inline constexpr std::size_t largest_output = 65'536;

/// Asks the helper. What a program writes comes through a pipe of its own, whose
/// reading end the helper passes on: the helper never has it.
class Helper final {
 public:
  /// `loop` outlives it and its runs.
  Helper(loop::Loop& loop, Forked forked);
  ~Helper();
  Helper(const Helper&) = delete;
  Helper& operator=(const Helper&) = delete;
  Helper(Helper&&) = delete;
  Helper& operator=(Helper&&) = delete;

  /// Its standard output, or why there is none: it is not listed (`internal`),
  /// not found (`missing`), may not be run or could be written by the agent
  /// (`denied`), ended with another status than 0 (`protocol`), took too long
  /// (`unreachable`), wrote more than `largest_output` (`limit`), or the helper
  /// is gone (`internal`). Its standard error goes to the agent's.
  using Done = loop::Callback<base::Result<secret::SecretBuffer>>;

  /// One run that was asked for. Destroying it drops the answer; the program
  /// ends by itself or at its timeout, and nobody reads what it writes.
  class Run {
   public:
    Run() noexcept = default;
    virtual ~Run() = default;
    Run(const Run&) = delete;
    Run& operator=(const Run&) = delete;
    Run(Run&&) = delete;
    Run& operator=(Run&&) = delete;
  };

  /// Calls `done` once, on a later turn; it may destroy the run, and the helper.
  /// A run that outlives the helper is told nothing more.
  [[nodiscard]] std::unique_ptr<Run> run(const std::string& name, Done done);

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace blindfold::helper
