#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/manifest/manifest.hpp"
#include "platform/base/duration.hpp"

namespace blindfold::manifest {

/// Replaces a small file.
struct Stamp {
  std::string path;  ///< absolute

  friend bool operator==(const Stamp&, const Stamp&) = default;
};

struct PidFile {
  std::string path;  ///< absolute
  friend bool operator==(const PidFile&, const PidFile&) = default;
};

/// A systemd unit's main process.
struct Unit {
  std::string name;  ///< with its ending: "nginx.service"
  friend bool operator==(const Unit&, const Unit&) = default;
};

/// Processes that run this file.
struct Executable {
  std::string path;  ///< absolute
  friend bool operator==(const Executable&, const Executable&) = default;
};

struct Signal {
  int number = 0;  ///< of <csignal>
  std::variant<PidFile, Unit, Executable> target;

  friend bool operator==(const Signal&, const Signal&) = default;
};

/// Runs a program, without a shell.
struct Exec {
  std::vector<std::string> command;  ///< the first is an absolute path
  base::Duration timeout = std::chrono::seconds(30);

  friend bool operator==(const Exec&, const Exec&) = default;
};

/// Posts the event.
struct Webhook {
  std::string url;  ///< https; http on loopback
  base::Duration timeout = std::chrono::seconds(10);
  std::string hmac_key_file;  ///< absolute; empty: not signed

  friend bool operator==(const Webhook&, const Webhook&) = default;
};

enum class WorkloadKind : std::uint8_t { deployment, stateful_set, daemon_set };

/// Restarts a workload.
struct Rollout {
  WorkloadKind kind = WorkloadKind::deployment;
  std::string name_space;  ///< after defaults; empty: the connection's own
  std::string name;

  friend bool operator==(const Rollout&, const Rollout&) = default;
};

/// Seen and reported, nothing done.
struct NoAction {
  friend bool operator==(const NoAction&, const NoAction&) = default;
};

using Action = std::variant<Stamp, Signal, Exec, Webhook, Rollout, NoAction>;

/// Waits for `min` without a further event, `max` at most.
struct Debounce {
  base::Duration min{};
  base::Duration max{};

  friend bool operator==(const Debounce&, const Debounce&) = default;
};

/// At most `count` in each `per`.
struct Rate {
  std::uint32_t count = 1;
  base::Duration per{};

  friend bool operator==(const Rate&, const Rate&) = default;
};

/// `attempts` more after the first; the pause doubles from `first` to `max`.
struct Retry {
  std::uint32_t attempts = 5;
  base::Duration first = std::chrono::seconds(1);
  base::Duration max = std::chrono::seconds(60);

  friend bool operator==(const Retry&, const Retry&) = default;
};

/// What is done on an event.
struct Reaction {
  std::string name;
  std::optional<std::vector<Mention>> on;  ///< ids; nothing: every requirement
  Action action;
  std::optional<Debounce> debounce;  ///< nothing: at once
  std::optional<Rate> rate;          ///< nothing: no limit
  Retry retry;
  model::Origin origin;

  friend bool operator==(const Reaction&, const Reaction&) = default;
};

}  // namespace blindfold::manifest
