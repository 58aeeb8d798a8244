#include "platform/log/log.hpp"

#include <fcntl.h>
#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>
#include <cerrno>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <thread>

#include "platform/base/unique_fd.hpp"
#include "support/in_child.hpp"
#include "support/scratch_folder.hpp"

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
using blindfold::support::ScratchFolder;

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

  // What is there now, in one read.
  [[nodiscard]] std::string read_some() const {
    std::array<char, 65536> piece{};
    const ssize_t count = ::read(reader.get(), piece.data(), piece.size());
    return {piece.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0))};
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

BOOST_AUTO_TEST_CASE(a_full_pipe_holds_nobody_up_and_what_was_dropped_is_counted) {
  for (const int flags : {0, O_NONBLOCK}) {
    const Pipe pipe;
    BOOST_REQUIRE(::fcntl(pipe.writer.get(), F_SETFL, flags) == 0);
    BOOST_REQUIRE(::fcntl(pipe.writer.get(), F_SETPIPE_SZ, 4096) == 4096);
    Log log(pipe.clock, pipe.options(Format::text));
    log.write(Level::info, "x", "the first");
    // Fills the one page that the pipe has. Were a write to wait, it would for ever.
    log.write(Level::info, "x", std::string(4050, 'm'));
    log.write(Level::info, "x", "dropped");
    log.write(Level::info, "x", "dropped");
    std::string seen = pipe.read_some();
    log.write(Level::info, "x", "after");
    seen += pipe.read_some();
    BOOST_TEST(seen ==
               "2026-11-23T12:00:00.123456Z info x: the first\n"
               "2026-11-23T12:00:00.123456Z warning log: 3 log lines were dropped, nobody read "
               "them\n"
               "2026-11-23T12:00:00.123456Z info x: after\n");
    log.write(Level::info, "x", "nothing more to confess");
    BOOST_TEST(pipe.read_some() == "2026-11-23T12:00:00.123456Z info x: nothing more to confess\n");
  }
}

BOOST_AUTO_TEST_CASE(one_dropped_line_is_confessed_as_json_below_any_level) {
  BOOST_REQUIRE(::fcntl(writer.get(), F_SETPIPE_SZ, 4096) == 4096);
  Log log(clock, options(Format::json, Level::error));
  log.write(Level::error, "x", std::string(5000, 'm'));
  log.write(Level::error, "x", "dropped");
  BOOST_TEST(boost::json::parse(read_some()).at("component").as_string() == "x");
  log.write(Level::error, "x", "after");
  const std::string lines = read_some();
  const std::size_t end = lines.find('\n');
  const auto object = boost::json::parse(lines.substr(0, end));
  BOOST_TEST(object.at("level").as_string() == "warning");
  BOOST_TEST(object.at("component").as_string() == "log");
  BOOST_TEST(object.at("message").as_string() == "1 log line was dropped, nobody read it");
  BOOST_TEST(boost::json::parse(lines.substr(end + 1)).at("message").as_string() == "after");
}

BOOST_AUTO_TEST_CASE(a_confession_that_finds_no_room_is_kept) {
  BOOST_REQUIRE(::fcntl(writer.get(), F_SETPIPE_SZ, 4096) == 4096);
  Log log(clock, options(Format::text));
  const std::string page(5000, 'm');
  log.write(Level::info, "x", page);
  log.write(Level::info, "x", "dropped");
  static_cast<void>(read_some());
  // The confession fits, the line itself does not.
  log.write(Level::info, "x", page);
  BOOST_TEST(read_some() ==
             "2026-11-23T12:00:00.123456Z warning log: 1 log line was dropped, nobody read it\n");
  log.write(Level::info, "x", "after");
  BOOST_TEST(read_some() ==
             "2026-11-23T12:00:00.123456Z warning log: 1 log line was dropped, nobody read it\n"
             "2026-11-23T12:00:00.123456Z info x: after\n");
}

BOOST_AUTO_TEST_CASE(signals_that_never_end_drop_no_line) {
  struct sigaction action{};
  action.sa_handler = [](int) {};
  struct sigaction before{};
  BOOST_REQUIRE(::sigaction(SIGUSR1, &action, &before) == 0);
  std::atomic<bool> over = false;
  std::thread disturbing([&over, writing = ::pthread_self()] {
    while (!over) {
      ::pthread_kill(writing, SIGUSR1);
    }
  });
  std::string seen;
  {
    Log log(clock, options(Format::text));
    for (int i = 0; i < 2000; ++i) {
      log.write(Level::info, "x", "y");
      ssize_t size = -1;
      std::array<char, 4096> piece{};
      while ((size = ::read(reader.get(), piece.data(), piece.size())) < 0 && errno == EINTR) {
      }
      seen.append(piece.data(), static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
    }
  }
  over = true;
  disturbing.join();
  ::sigaction(SIGUSR1, &before, nullptr);
  BOOST_TEST(std::ranges::count(seen, '\n') == 2000);
  BOOST_TEST(seen.find("dropped") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_closed_pipe_and_a_full_disk_are_nobodys_problem) {
  auto* const before = std::signal(SIGPIPE, SIG_IGN);
  const UniqueFd full(::open("/dev/full", O_WRONLY | O_CLOEXEC));
  BOOST_REQUIRE(full);
  reader.close();
  for (const int fd : {writer.get(), full.get(), -1}) {
    Log log(clock, {.format = Format::text, .level = Level::info, .fd = fd});
    log.write(Level::error, "x", "nobody reads this");
    log.write(Level::error, "x", "nor this");
  }
  std::signal(SIGPIPE, before);
}

BOOST_AUTO_TEST_CASE(a_file_gets_every_line) {
  const ScratchFolder scratch;
  const std::string path = scratch / "log";
  const UniqueFd file(::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
  BOOST_REQUIRE(file);
  Log log(clock, {.format = Format::text, .level = Level::info, .fd = file.get()});
  for (int i = 0; i < 1000; ++i) {
    log.write(Level::info, "x", std::string(1000, 'm'));
  }
  BOOST_TEST(std::filesystem::file_size(path) ==
             1000 * (std::string_view("2026-11-23T12:00:00.123456Z info x: \n").size() + 1000));
}

BOOST_AUTO_TEST_CASE(a_line_that_a_full_disk_cut_is_glued_to_no_other) {
  const ScratchFolder scratch;
  const std::string path = scratch / "log";
  // A limit on the file's size cuts a write as a full disk does; in a child, as
  // it cannot be raised again by everybody.
  const int status = blindfold::support::in_child([this, &path] {
    std::signal(SIGXFSZ, SIG_IGN);
    const UniqueFd file(::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
    Log log(clock, {.format = Format::text, .level = Level::info, .fd = file.get()});
    rlimit limit{};
    ::getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = 30;
    ::setrlimit(RLIMIT_FSIZE, &limit);
    log.write(Level::info, "x", "cut");
    log.write(Level::info, "x", "dropped");
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_FSIZE, &limit);
    log.write(Level::info, "x", "after");
    return 0;
  });
  BOOST_TEST(status == 0);
  std::ifstream file(path);
  const std::string text(std::istreambuf_iterator<char>(file), {});
  BOOST_TEST(text ==
             "2026-11-23T12:00:00.123456Z in\n"
             "2026-11-23T12:00:00.123456Z warning log: 2 log lines were dropped, nobody read "
             "them\n"
             "2026-11-23T12:00:00.123456Z info x: after\n");
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
