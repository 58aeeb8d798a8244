#include "platform/log/log.hpp"

#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

#include <array>
#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>
#include <csignal>
#include <string>
#include <thread>

#include "platform/base/unique_fd.hpp"

using blindfold::base::Clock;
using blindfold::base::Instant;
using blindfold::base::SteadyTime;
using blindfold::base::SystemTime;
using blindfold::base::UniqueFd;
using blindfold::log::Format;
using blindfold::log::Level;
using blindfold::log::Log;
using blindfold::log::Options;
using blindfold::log::parse_log_level;

namespace {

class StoppedClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const noexcept override {
    return {SteadyTime(), SystemTime(std::chrono::microseconds(1'795'435'200'123'456))};
  }
  [[nodiscard]] bool passes() const noexcept override { return false; }
};

struct Pipe {
  Pipe() {
    std::array<int, 2> ends{};
    BOOST_REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0);
    reader = UniqueFd(ends[0]);
    writer = UniqueFd(ends[1]);
  }

  // Closes the writing end and reads to the end.
  std::string drain() {
    writer.close();
    return read_all();
  }

  [[nodiscard]] std::string read_all() const {
    std::string text;
    std::array<char, 4096> piece{};
    for (ssize_t count = 0; (count = ::read(reader.get(), piece.data(), piece.size())) > 0;) {
      text.append(piece.data(), static_cast<std::size_t>(count));
    }
    return text;
  }

  [[nodiscard]] Options options(Format format, Level level = Level::info) const {
    return {.format = format, .level = level, .fd = writer.get()};
  }

  UniqueFd reader;
  UniqueFd writer;
  StoppedClock clock;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(log_tests, Pipe)

BOOST_AUTO_TEST_CASE(a_text_line_says_when_how_bad_who_and_what) {
  Log log(clock, options(Format::text));
  log.write(Level::warning, "detect", "\"database\" is polled");
  log.write(Level::info, "inventory", "\"tls\" is present");
  BOOST_TEST(drain() ==
             "2026-11-23T12:00:00.123456Z warning detect: \"database\" is polled\n"
             "2026-11-23T12:00:00.123456Z info inventory: \"tls\" is present\n");
}

BOOST_AUTO_TEST_CASE(a_json_line_is_one_object) {
  Log log(clock, options(Format::json));
  log.write(Level::error, "app", "cannot open \"x\"");
  BOOST_TEST(drain() == R"({"at":"2026-11-23T12:00:00.123456Z","level":"error",)"
                        R"("component":"app","message":"cannot open \"x\""})"
                        "\n");
}

BOOST_AUTO_TEST_CASE(an_event_carries_its_document_in_json_alone) {
  constexpr std::string_view document = R"({"sequence":41,"kind":"rotated"})";
  {
    Log log(clock, options(Format::json));
    log.write_event("bus", "\"tls\" rotated", document);
  }
  {
    Log log(clock, options(Format::text));
    log.write_event("bus", "\"tls\" rotated", document);
  }
  const std::string lines = drain();
  const std::size_t end = lines.find('\n');
  const auto object = boost::json::parse(lines.substr(0, end));
  BOOST_TEST(object.at("event").at("sequence").as_int64() == 41);
  BOOST_TEST(object.at("level").as_string() == "info");
  BOOST_TEST(lines.substr(end + 1) == "2026-11-23T12:00:00.123456Z info bus: \"tls\" rotated\n");
}

BOOST_AUTO_TEST_CASE(a_level_leaves_out_what_is_below) {
  {
    Log log(clock, options(Format::text, Level::warning));
    log.write(Level::info, "a", "not this");
    log.write_event("a", "nor this", "{}");
    log.write(Level::warning, "a", "this");
    log.write(Level::error, "a", "and this");
  }
  {
    Log log(clock, options(Format::json, Level::warning));
    log.write_event("a", "nor this", "{}");
  }
  {
    Log log(clock, options(Format::text, Level::off));
    log.write(Level::error, "a", "nor that");
  }
  BOOST_TEST(drain() ==
             "2026-11-23T12:00:00.123456Z warning a: this\n"
             "2026-11-23T12:00:00.123456Z error a: and this\n");
}

BOOST_AUTO_TEST_CASE(a_hostile_message_stays_one_line_that_a_terminal_does_not_obey) {
  const std::string hostile = "a\nb\x1b[2J\xe2\x80\xae{}%s{0}\xff";
  {
    Log log(clock, options(Format::text));
    log.write(Level::info, "x", hostile);
  }
  {
    Log log(clock, options(Format::json));
    log.write(Level::info, "x", hostile);
  }
  const std::string lines = drain();
  const std::size_t end = lines.find('\n');
  BOOST_TEST(lines.substr(0, end) ==
             R"(2026-11-23T12:00:00.123456Z info x: a\x0ab\x1b[2J\u{202e}{}%s{0}\xff)");
  BOOST_TEST(lines.find('\n', end + 1) == lines.size() - 1);
  BOOST_TEST(lines.find('\x1b') == std::string::npos);
  const auto object = boost::json::parse(lines.substr(end + 1));
  BOOST_TEST(object.at("message").as_string() == "a\nb\x1b[2J\xe2\x80\xae{}%s{0}\xef\xbf\xbd");
}

BOOST_AUTO_TEST_CASE(a_long_line_arrives_whole_though_a_signal_cuts_the_write) {
  struct sigaction ignore{};
  ignore.sa_handler = [](int) {};
  struct sigaction before{};
  BOOST_REQUIRE(::sigaction(SIGUSR1, &ignore, &before) == 0);
  const std::string message(300'000, 'm');
  std::string line;
  // Once a byte has come the write is under way, and longer than a pipe holds.
  std::thread reading([this, &line, writing = ::pthread_self()] {
    line.resize(1);
    BOOST_REQUIRE(::read(reader.get(), line.data(), 1) == 1);
    ::pthread_kill(writing, SIGUSR1);
    line += read_all();
  });
  {
    Log log(clock, options(Format::text));
    log.write(Level::info, "x", message);
  }
  writer.close();
  reading.join();
  ::sigaction(SIGUSR1, &before, nullptr);
  BOOST_TEST((line == "2026-11-23T12:00:00.123456Z info x: " + message + "\n"));
}

BOOST_AUTO_TEST_CASE(a_closed_pipe_is_nobodys_problem) {
  auto* const before = std::signal(SIGPIPE, SIG_IGN);
  Log log(clock, options(Format::text));
  reader.close();
  log.write(Level::error, "x", "nobody reads this");
  log.write(Level::error, "x", "nor this");
  std::signal(SIGPIPE, before);
}

BOOST_AUTO_TEST_CASE(levels_have_names) {
  for (const Level level :
       {Level::trace, Level::debug, Level::info, Level::warning, Level::error, Level::off}) {
    BOOST_CHECK(parse_log_level(to_string(level)) == level);
  }
  BOOST_TEST(to_string(Level::warning) == "warning");
  for (const std::string_view name : {"", "warn", "INFO", "info ", "err", "critical"}) {
    BOOST_TEST(!parse_log_level(name).has_value());
  }
}

BOOST_AUTO_TEST_SUITE_END()
