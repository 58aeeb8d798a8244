#include "platform/log/log.hpp"

#include <spdlog/details/null_mutex.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/base_sink.h>
#include <unistd.h>

#include <array>
#include <string>

#include "platform/base/printable.hpp"
#include "platform/base/timestamp.hpp"
#include "platform/json/writer.hpp"

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

std::string text_line(base::SystemTime at, Level level, std::string_view component,
                      std::string_view message) {
  std::string line = base::format_timestamp(at, base::TimestampPrecision::microseconds);
  line += ' ';
  line += to_string(level);
  line += ' ';
  line += component;
  line += ": ";
  base::append_printable(line, message);
  line += '\n';
  return line;
}

std::string json_line(base::SystemTime at, Level level, std::string_view component,
                      std::string_view message, std::string_view document) {
  std::string line;
  json::Writer writer(line);
  writer.begin_object()
      .member("at", base::format_timestamp(at, base::TimestampPrecision::microseconds))
      .member("level", to_string(level))
      .member("component", component)
      .member("message", message);
  if (!document.empty()) {
    writer.key("event").raw(document);
  }
  writer.end_object();
  line += '\n';
  return line;
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
  explicit Sink(int fd) : fd_(fd) {}

 protected:
  void sink_it_(const spdlog::details::log_msg& message) override {
    std::string_view rest(message.payload.data(), message.payload.size());
    while (!rest.empty()) {
      const ssize_t written = ::write(fd_, rest.data(), rest.size());
      if (written < 0 && errno == EINTR) {
        continue;
      }
      if (written <= 0) {
        return;
      }
      rest.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  void flush_() override {}

 private:
  int fd_;
};

Log::Log(const base::Clock& clock, Options options)
    : clock_(clock),
      format_(options.format),
      logger_(std::make_unique<spdlog::logger>("", std::make_shared<Sink>(options.fd))) {
  logger_->set_level(theirs(options.level));
}

Log::~Log() = default;

void Log::write(Level level, std::string_view component, std::string_view message) noexcept {
  if (!logger_->should_log(theirs(level))) {
    return;
  }
  const base::SystemTime at = clock_.now().system;
  logger_->log(theirs(level), format_ == Format::text
                                  ? text_line(at, level, component, message)
                                  : json_line(at, level, component, message, {}));
}

void Log::write_event(std::string_view component, std::string_view message,
                      std::string_view document) noexcept {
  if (format_ == Format::text) {
    write(Level::info, component, message);
  } else if (logger_->should_log(spdlog::level::info)) {
    logger_->log(spdlog::level::info,
                 json_line(clock_.now().system, Level::info, component, message, document));
  }
}

}  // namespace blindfold::log
