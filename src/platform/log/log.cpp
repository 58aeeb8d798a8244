#include "platform/log/log.hpp"

#include <spdlog/details/null_mutex.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/base_sink.h>

#include <array>
#include <string>

#include "platform/log/line.hpp"
#include "platform/log/line_writer.hpp"

namespace blindfold::log {
namespace {

struct LevelName {
  std::string_view name;
  Level level;
  spdlog::level::level_enum theirs;
};

constexpr std::array levels{
    LevelName{"trace", Level::trace, spdlog::level::trace},
    LevelName{"debug", Level::debug, spdlog::level::debug},
    LevelName{"info", Level::info, spdlog::level::info},
    LevelName{"warning", Level::warning, spdlog::level::warn},
    LevelName{"error", Level::error, spdlog::level::err},
    LevelName{"off", Level::off, spdlog::level::off},
};

spdlog::level::level_enum theirs(Level level) noexcept {
  return levels[static_cast<std::size_t>(level)].theirs;
}

}  // namespace

std::optional<Level> parse_log_level(std::string_view name) noexcept {
  for (const LevelName& each : levels) {
    if (each.name == name) {
      return each.level;
    }
  }
  return std::nullopt;
}

std::string_view to_string(Level level) noexcept {
  return levels[static_cast<std::size_t>(level)].name;
}

// Lines arrive complete; spdlog decides by level and calls the sink.
class Log::Sink final : public spdlog::sinks::base_sink<spdlog::details::null_mutex> {
 public:
  Sink(const base::Clock& clock, Format format, int fd)
      : clock_(clock), format_(format), writer_(fd) {}

 protected:
  void sink_it_(const spdlog::details::log_msg& message) override {
    const std::string_view line(message.payload.data(), message.payload.size());
    std::string before = dropped_ > 0 ? confession() : std::string();
    if (before.size() + line.size() > longest_line && writer_.write(before)) {
      dropped_ = 0;
      before.clear();
    }
    // In one, so that a pipe that has room for one write takes both.
    if (before.size() + line.size() <= longest_line && writer_.write(before.append(line))) {
      dropped_ = 0;
    } else {
      ++dropped_;
    }
  }
  void flush_() override {}

 private:
  [[nodiscard]] std::string confession() const {
    const std::string message =
        dropped_ == 1 ? "1 log line was dropped, nobody read it"
                      : std::to_string(dropped_) + " log lines were dropped, nobody read them";
    return line_of({.at = clock_.now().system,
                    .level = Level::warning,
                    .component = "log",
                    .message = message,
                    .document = {}},
                   format_);
  }

  const base::Clock& clock_;
  Format format_;
  LineWriter writer_;
  std::uint64_t dropped_ = 0;
};

Log::Log(const base::Clock& clock, Options options)
    : clock_(clock),
      format_(options.format),
      logger_(std::make_unique<spdlog::logger>(
          "", std::make_shared<Sink>(clock, options.format, options.fd))) {
  logger_->set_level(theirs(options.level));
}

Log::~Log() = default;

void Log::write(Level level, std::string_view component, std::string_view message) noexcept {
  put({.at = {}, .level = level, .component = component, .message = message, .document = {}});
}

void Log::write_event(std::string_view component, std::string_view message,
                      std::string_view document) noexcept {
  put({.at = {},
       .level = Level::info,
       .component = component,
       .message = message,
       .document = document});
}

void Log::put(Record record) noexcept {
  if (logger_->should_log(theirs(record.level))) {
    record.at = clock_.now().system;
    logger_->log(theirs(record.level), line_of(record, format_));
  }
}

}  // namespace blindfold::log
