#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "platform/base/clock.hpp"

namespace spdlog {
class logger;
}

namespace blindfold::log {

enum class Level : std::uint8_t { trace, debug, info, warning, error, off };
enum class Format : std::uint8_t { text, json };

[[nodiscard]] std::optional<Level> parse_log_level(std::string_view name) noexcept;
[[nodiscard]] std::string_view to_string(Level level) noexcept;

struct Record;

struct Options {
  Format format = Format::text;
  Level level = Level::info;
  int fd = 2;  ///< not owned
};

/// Writes log lines, one write(2) a line, never mixed with another's. Only the
/// program layer (app/) logs: libraries return errors. Text is lower case,
/// without a final stop, names in quotes, and never holds a secret's value, its
/// length or anything computed from it. Control characters and characters that
/// reorder text are escaped.
///
/// A line is of at most 4,096 bytes (longer messages are cut), and writing one
/// never waits: where nobody reads, lines are dropped, and the first that can be
/// written again follows one that says how many.
class Log final {
 public:
  Log(const base::Clock& clock, Options options);
  ~Log();
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;
  Log(Log&&) = delete;
  Log& operator=(Log&&) = delete;

  /// `component` is the folder that speaks: "detect", "inventory".
  void write(Level level, std::string_view component, std::string_view message) noexcept;

  /// The same with a document (a JSON object, written by us, of at most 3 KiB)
  /// that stands under `event` in JSON lines and is left out of text.
  void write_event(std::string_view component, std::string_view message,
                   std::string_view document) noexcept;

 private:
  class Sink;

  void put(Record record) noexcept;

  const base::Clock& clock_;
  Format format_;
  std::unique_ptr<spdlog::logger> logger_;
};

}  // namespace blindfold::log
