#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "core/manifest/reaction.hpp"
#include "platform/base/duration.hpp"
#include "platform/log/log.hpp"

namespace blindfold::manifest {

enum class LogFormat : std::uint8_t { text, json, journal };

/// What the file says of the log; a command line option goes before it.
struct LogSettings {
  std::optional<LogFormat> format;
  std::optional<log::Level> level;

  friend bool operator==(const LogSettings&, const LogSettings&) = default;
};

struct ListenAddress {
  std::string address;  ///< IPv4 or IPv6, without brackets
  std::uint16_t port = 0;

  friend bool operator==(const ListenAddress&, const ListenAddress&) = default;
};

/// How often a store is asked: `quick` while something required is missing.
struct StorePoll {
  base::Duration quick{};
  base::Duration steady{};
  Rate rate;

  friend bool operator==(const StorePoll&, const StorePoll&) = default;
};

/// The defaults are those of the design, section 7.
struct PollSettings {
  StorePoll kubernetes{.quick = std::chrono::seconds(5),
                       .steady = std::chrono::seconds(30),
                       .rate = {.count = 5, .per = std::chrono::seconds(1)}};
  StorePoll aws_secrets_manager{.quick = std::chrono::seconds(15),
                                .steady = std::chrono::minutes(5),
                                .rate = {.count = 5, .per = std::chrono::seconds(1)}};
  StorePoll aws_parameter_store{.quick = std::chrono::seconds(30),
                                .steady = std::chrono::minutes(5),
                                .rate = {.count = 1, .per = std::chrono::seconds(2)}};
  base::Duration files_steady = std::chrono::seconds(60);

  friend bool operator==(const PollSettings&, const PollSettings&) = default;
};

enum class ReportMode : std::uint8_t { send, hold, file };

/// What leaves for the vendor, and how.
struct ReportSettings {
  ReportMode mode = ReportMode::hold;
  std::string url;         ///< of send and hold
  std::string token_file;  ///< absolute; of send and hold; empty: none
  std::string path;        ///< absolute; of file

  friend bool operator==(const ReportSettings&, const ReportSettings&) = default;
};

/// The agent's own settings: the configuration's `agent:`.
struct AgentSettings {
  LogSettings log;
  std::optional<ListenAddress> listen;  ///< nothing: off
  std::optional<ListenAddress> probes;  ///< nothing: off
  PollSettings poll;
  std::optional<ReportSettings> report;  ///< nothing: off

  friend bool operator==(const AgentSettings&, const AgentSettings&) = default;
};

}  // namespace blindfold::manifest
