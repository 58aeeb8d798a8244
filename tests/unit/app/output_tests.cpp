#include "app/output.hpp"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/test/unit_test.hpp>
#include <csignal>
#include <string>
#include <thread>

#include "platform/base/unique_fd.hpp"

using blindfold::app::print;
using blindfold::base::UniqueFd;

namespace {

struct Pipe {
  explicit Pipe(int flags = 0) {
    std::array<int, 2> ends{};
    BOOST_REQUIRE(::pipe2(ends.data(), O_CLOEXEC | flags) == 0);
    reader = UniqueFd(ends[0]);
    writer = UniqueFd(ends[1]);
  }

  // Waits for so many bytes, or the end.
  [[nodiscard]] std::string read(std::size_t size) const {
    std::string text(size, '\0');
    std::size_t done = 0;
    for (ssize_t count = 1; done < size && count != 0;) {
      pollfd asked{.fd = reader.get(), .events = POLLIN, .revents = 0};
      ::poll(&asked, 1, -1);
      count = ::read(reader.get(), text.data() + done, size - done);
      done += static_cast<std::size_t>(std::max<ssize_t>(count, 0));
    }
    text.resize(done);
    return text;
  }

  UniqueFd reader;
  UniqueFd writer;
};

/// Standard output and standard error are others as long as it lives.
class Redirected final {
 public:
  Redirected(int fd, int error_fd)
      : output_(::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)),
        error_(::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)),
        before_(std::signal(SIGPIPE, SIG_IGN)) {
    ::dup2(fd, STDOUT_FILENO);
    ::dup2(error_fd, STDERR_FILENO);
  }
  ~Redirected() {
    ::dup2(output_.get(), STDOUT_FILENO);
    ::dup2(error_.get(), STDERR_FILENO);
    std::signal(SIGPIPE, before_);
  }
  Redirected(const Redirected&) = delete;
  Redirected& operator=(const Redirected&) = delete;
  Redirected(Redirected&&) = delete;
  Redirected& operator=(Redirected&&) = delete;

 private:
  UniqueFd output_;
  UniqueFd error_;
  void (*before_)(int);
};

struct Printed {
  bool well = false;
  std::string error;
};

Printed print_to(const UniqueFd& output, std::string_view text) {
  Pipe errors;
  Printed printed;
  {
    const Redirected redirected(output.get(), errors.writer.get());
    printed.well = print(text);
  }
  errors.writer.close();
  printed.error = errors.read(1000);
  return printed;
}

const std::string long_text(1'000'000, 'm');

}  // namespace

BOOST_AUTO_TEST_SUITE(output_tests)

BOOST_AUTO_TEST_CASE(all_of_it_arrives_at_a_reader_slower_than_a_pipe) {
  for (const int flags : {0, O_NONBLOCK}) {
    const Pipe pipe(flags);
    std::string seen;
    std::thread reading([&pipe, &seen] { seen = pipe.read(long_text.size()); });
    const Printed printed = print_to(pipe.writer, long_text);
    reading.join();
    BOOST_TEST(printed.well);
    BOOST_TEST(printed.error == "");
    BOOST_TEST((seen == long_text));
  }
}

BOOST_AUTO_TEST_CASE(signals_cut_nothing) {
  struct sigaction action{};
  action.sa_handler = [](int) {};
  struct sigaction before{};
  BOOST_REQUIRE(::sigaction(SIGUSR1, &action, &before) == 0);
  const Pipe pipe;
  std::string seen;
  std::thread reading([&pipe, &seen, printing = ::pthread_self()] {
    while (seen.size() < long_text.size()) {
      seen += pipe.read(1000);
      ::pthread_kill(printing, SIGUSR1);
    }
  });
  const Printed printed = print_to(pipe.writer, long_text);
  reading.join();
  ::sigaction(SIGUSR1, &before, nullptr);
  BOOST_TEST(printed.well);
  BOOST_TEST((seen == long_text));
}

BOOST_AUTO_TEST_CASE(a_reader_that_went_away_is_told) {
  Pipe pipe;
  pipe.reader.close();
  const Printed printed = print_to(pipe.writer, "x");
  BOOST_TEST(!printed.well);
  BOOST_TEST(printed.error == "agent: cannot write the result: standard output: Broken pipe\n");
}

BOOST_AUTO_TEST_CASE(a_full_disk_is_told) {
  const UniqueFd full(::open("/dev/full", O_WRONLY | O_CLOEXEC));
  const Printed printed = print_to(full, "x");
  BOOST_TEST(!printed.well);
  BOOST_TEST(printed.error ==
             "agent: cannot write the result: standard output: No space left on device\n");
}

BOOST_AUTO_TEST_CASE(nothing_is_always_well) {
  const UniqueFd full(::open("/dev/full", O_WRONLY | O_CLOEXEC));
  BOOST_TEST(print_to(full, "").well);
}

BOOST_AUTO_TEST_SUITE_END()
