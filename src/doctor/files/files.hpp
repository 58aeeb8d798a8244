#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/model/requirement.hpp"
#include "core/model/sight.hpp"
#include "platform/base/duration.hpp"
#include "platform/base/error.hpp"
#include "platform/sandbox/confinement.hpp"

namespace blindfold::doctor {

/// What became of an attempt to open a file for reading.
enum class Attempt : std::uint8_t {
  untried,  ///< it could not be tried, or told neither way: `error_number` says why
  refused,  ///< as it must be
  missing,  ///< no file stands there
  opened,   ///< it was opened, and closed unread
};

/// One file, tried by a process that restricted itself as the agent does.
struct FileProof {
  std::string path;
  Attempt attempt = Attempt::untried;
  int error_number = 0;  ///< 0 where it was opened, and where its turn never came
  /// What the same process judged; it has no subject.
  model::Sight predicted;

  /// The prediction was wrong: a bug, to be told loudly.
  [[nodiscard]] bool contradicts_prediction() const noexcept;
};

struct FilesReport {
  /// Whether the attempts ended: else the process died, or its time was up.
  bool complete = false;
  int landlock_abi = 0;  ///< 0: Landlock does not hold
  std::vector<FileProof> files;
  /// Container engines' sockets that the agent's user may write to: by such a
  /// socket it can start a container that reads every file. See sockets.hpp.
  std::vector<std::string> sockets;

  /// Whether none could be opened, nor got at by a socket, and all were tried.
  [[nodiscard]] bool proven() const noexcept;
};

/// The files that a requirement's keys name; where a mounted volume names none,
/// those that are in it. Nothing for a requirement in another store.
[[nodiscard]] std::vector<std::string> files_of(const model::Requirement& requirement);

/// Forks a process that restricts itself by `plan` exactly as the agent does,
/// and tries to open each file. What it opens it closes unread, and all that it
/// tells is numbers. Blocks for at most `timeout` and a second: what a file
/// system that hangs has not answered by then is untried. For a process with
/// one thread. Fails as sandbox::confine() does.
[[nodiscard]] base::Result<FilesReport> try_files(const sandbox::Plan& plan,
                                                  std::span<const std::string> paths,
                                                  base::Duration timeout);

}  // namespace blindfold::doctor
