#include "platform/loop/poll.hpp"

#include <fcntl.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/test/unit_test.hpp>
#include <csignal>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "support/loop_fixture.hpp"
#include "support/scratch_folder.hpp"

using namespace std::chrono_literals;
using blindfold::base::ErrorKind;
using blindfold::base::UniqueFd;
using blindfold::loop::includes;
using blindfold::loop::Poll;
using blindfold::loop::Readiness;
using blindfold::support::LoopFixture;
using blindfold::support::ScratchFolder;

namespace {

struct Pair {
  explicit Pair(bool pipe) {
    std::array<int, 2> ends{};
    BOOST_REQUIRE((pipe ? ::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK)
                        : ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0,
                                       ends.data())) == 0);
    near = UniqueFd(ends[0]);
    far = UniqueFd(ends[1]);
  }
  UniqueFd near;
  UniqueFd far;
};

UniqueFd ready_event() {
  return UniqueFd(::eventfd(1, EFD_NONBLOCK | EFD_CLOEXEC));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(poll_tests)

BOOST_FIXTURE_TEST_CASE(says_again_on_each_turn_for_as_long_as_it_is_ready, LoopFixture) {
  const Pair pair(false);
  int calls = 0;
  Poll poll(loop(), [&](Readiness ready) noexcept {
    BOOST_TEST((ready == Readiness::readable));
    ++calls;
  });
  BOOST_REQUIRE(poll.start(pair.near.get(), Readiness::readable).has_value());
  turn(2);
  BOOST_TEST(calls == 0);
  BOOST_REQUIRE(::write(pair.far.get(), "x", 1) == 1);
  turn(3);
  BOOST_TEST(calls == 3);
  char byte = 0;
  BOOST_REQUIRE(::read(pair.near.get(), &byte, 1) == 1);
  turn(2);
  BOOST_TEST(calls == 3);
}

BOOST_FIXTURE_TEST_CASE(what_is_waited_for_can_change, LoopFixture) {
  const Pair pair(false);
  std::vector<Readiness> seen;
  Poll poll(loop(), [&](Readiness ready) noexcept { seen.push_back(ready); });
  BOOST_REQUIRE(::write(pair.far.get(), "x", 1) == 1);
  BOOST_REQUIRE(poll.start(pair.near.get(), Readiness::writable).has_value());
  turn();
  BOOST_REQUIRE(poll.start(pair.near.get(), Readiness::readable | Readiness::writable).has_value());
  turn();
  BOOST_REQUIRE(poll.start(pair.near.get(), Readiness::none).has_value());
  turn();
  BOOST_TEST(poll.active());
  BOOST_REQUIRE(poll.start(pair.near.get(), Readiness::readable).has_value());
  turn();
  poll.stop();
  BOOST_TEST(!poll.active());
  turn();
  BOOST_TEST((seen == std::vector{Readiness::writable, Readiness::readable | Readiness::writable,
                                  Readiness::readable}));
}

BOOST_FIXTURE_TEST_CASE(many_are_each_told_of_their_own, LoopFixture) {
  constexpr std::size_t count = 300;
  struct Line {
    explicit Line(LoopFixture& fixture)
        : pair(false), poll(fixture.loop(), [this](Readiness) noexcept { read(); }) {
      BOOST_REQUIRE(poll.start(pair.near.get(), Readiness::readable).has_value());
    }
    void read() noexcept {
      std::array<char, 16> bytes{};
      const ssize_t size = ::read(pair.near.get(), bytes.data(), bytes.size());
      got.append(bytes.data(), static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
    }
    Pair pair;
    std::string got;
    Poll poll;
  };
  std::deque<Line> lines;
  for (std::size_t i = 0; i < count; ++i) {
    lines.emplace_back(*this);
  }
  for (std::size_t i = 0; i < count; i += 3) {
    const std::string text = std::to_string(i);
    BOOST_REQUIRE(::write(lines[i].pair.far.get(), text.data(), text.size()) > 0);
  }
  BOOST_TEST(run_until([&] { return !lines[count - 3].got.empty() && !lines[0].got.empty(); }));
  turn(5);
  for (std::size_t i = 0; i < count; ++i) {
    BOOST_TEST(lines[i].got == (i % 3 == 0 ? std::to_string(i) : std::string()));
  }
}

BOOST_FIXTURE_TEST_CASE(a_closed_peer_of_a_socket_is_readable_and_disconnected, LoopFixture) {
  Pair pair(false);
  Readiness seen = Readiness::none;
  Poll poll(loop(), [&](Readiness ready) noexcept { seen = ready; });
  BOOST_REQUIRE(
      poll.start(pair.near.get(), Readiness::readable | Readiness::disconnected).has_value());
  pair.far.close();
  BOOST_TEST(run_until([&] { return seen != Readiness::none; }));
  BOOST_TEST(includes(seen, Readiness::readable));
  BOOST_TEST(includes(seen, Readiness::disconnected));
  char byte = 0;
  BOOST_TEST(::read(pair.near.get(), &byte, 1) == 0);
}

BOOST_FIXTURE_TEST_CASE(a_closed_writer_of_a_pipe_is_the_end_of_file, LoopFixture) {
  Pair pair(true);
  Readiness seen = Readiness::none;
  Poll poll(loop(), [&](Readiness ready) noexcept { seen = ready; });
  BOOST_REQUIRE(poll.start(pair.near.get(), Readiness::readable).has_value());
  pair.far.close();
  BOOST_TEST(run_until([&] { return seen != Readiness::none; }));
  BOOST_TEST((seen == Readiness::readable));
  char byte = 0;
  BOOST_TEST(::read(pair.near.get(), &byte, 1) == 0);
}

BOOST_FIXTURE_TEST_CASE(a_closed_reader_of_a_pipe_is_an_error_told_until_it_is_stopped,
                        LoopFixture) {
  Pair pair(true);
  std::vector<Readiness> seen;
  Poll poll(loop(), [&](Readiness ready) noexcept { seen.push_back(ready); });
  BOOST_REQUIRE(poll.start(pair.far.get(), Readiness::writable).has_value());
  pair.near.close();
  turn(3);
  BOOST_TEST((seen == std::vector(3, Readiness::error | Readiness::writable)));
  BOOST_TEST(poll.active());
  std::signal(SIGPIPE, SIG_IGN);
  BOOST_TEST(::write(pair.far.get(), "x", 1) == -1);
  BOOST_TEST(errno == EPIPE);
  std::signal(SIGPIPE, SIG_DFL);
  poll.stop();
  turn(2);
  BOOST_TEST(seen.size() == 3u);
}

BOOST_FIXTURE_TEST_CASE(a_failing_one_can_be_stopped_and_destroyed_from_within, LoopFixture) {
  Pair first(true);
  Pair second(true);
  int calls = 0;
  std::optional<Poll> destroyed;
  destroyed.emplace(loop(), [&](Readiness) noexcept {
    destroyed.reset();
    ++calls;
  });
  Poll stopped(loop(), [&](Readiness) noexcept {
    stopped.stop();
    ++calls;
  });
  BOOST_REQUIRE(destroyed->start(first.far.get(), Readiness::writable).has_value());
  BOOST_REQUIRE(stopped.start(second.far.get(), Readiness::writable).has_value());
  first.near.close();
  second.near.close();
  turn(3);
  BOOST_TEST(calls == 2);
}

BOOST_FIXTURE_TEST_CASE(a_plain_file_a_closed_descriptor_and_a_second_poll_are_refused,
                        LoopFixture) {
  const ScratchFolder scratch;
  const UniqueFd file(::open(scratch.write("plain").c_str(), O_RDONLY | O_CLOEXEC));
  Poll poll(loop(), [](Readiness) noexcept {});
  const auto plain = poll.start(file.get(), Readiness::readable);
  BOOST_REQUIRE(!plain.has_value());
  BOOST_TEST((plain.error().kind == ErrorKind::denied));  // EPERM
  BOOST_TEST(plain.error().what.starts_with("cannot wait for descriptor "));
  BOOST_TEST(!poll.active());

  BOOST_TEST(!poll.start(1000, Readiness::readable).has_value());

  const UniqueFd event = ready_event();
  Poll other(loop(), [](Readiness) noexcept {});
  BOOST_REQUIRE(other.start(event.get(), Readiness::readable).has_value());
  BOOST_TEST(!poll.start(event.get(), Readiness::readable).has_value());
  other.stop();
  BOOST_TEST(poll.start(event.get(), Readiness::readable).has_value());
}

BOOST_FIXTURE_TEST_CASE(a_descriptor_number_that_is_used_again_at_once_is_a_new_one, LoopFixture) {
  Pair old(false);
  const int number = old.near.get();
  int calls = 0;
  Poll poll(loop(), [&](Readiness) noexcept { ++calls; });
  BOOST_REQUIRE(poll.start(number, Readiness::readable).has_value());
  turn();
  BOOST_REQUIRE(::write(old.far.get(), "x", 1) == 1);
  poll.stop();
  old.near.close();
  const UniqueFd next(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC));
  BOOST_REQUIRE(next.get() == number);
  BOOST_REQUIRE(poll.start(number, Readiness::readable).has_value());
  turn(3);
  BOOST_TEST(calls == 0);
  BOOST_REQUIRE(::eventfd_write(next.get(), 1) == 0);
  turn();
  BOOST_TEST(calls == 1);
}

BOOST_FIXTURE_TEST_CASE(the_others_of_a_turn_can_be_stopped_and_destroyed_from_within,
                        LoopFixture) {
  // Whichever comes first ends all others: exactly one call.
  constexpr std::size_t count = 8;
  std::vector<UniqueFd> events;
  std::vector<std::unique_ptr<Poll>> polls(count);
  int calls = 0;
  for (std::size_t i = 0; i < count; ++i) {
    events.push_back(ready_event());
    polls[i] = std::make_unique<Poll>(loop(), [&, i](Readiness) noexcept {
      ++calls;
      for (std::size_t other = 0; other < count; ++other) {
        if (other != i && other % 2 == 0) {
          polls[other].reset();
        } else if (other != i) {
          polls[other]->stop();
        }
      }
      polls[i].reset();
    });
    BOOST_REQUIRE(polls[i]->start(events[i].get(), Readiness::readable).has_value());
  }
  turn(3);
  BOOST_TEST(calls == 1);
}

BOOST_FIXTURE_TEST_CASE(what_was_captured_outlives_its_own_destruction, LoopFixture) {
  const UniqueFd event = ready_event();
  const auto held = std::make_shared<int>(7);
  int got = 0;
  std::optional<Poll> poll;
  poll.emplace(loop(), [&, held](Readiness) noexcept {
    poll.reset();
    got = *held;
  });
  BOOST_REQUIRE(poll->start(event.get(), Readiness::readable).has_value());
  turn(2);
  BOOST_TEST(got == 7);
  BOOST_TEST(held.use_count() == 1);
}

BOOST_FIXTURE_TEST_CASE(destroyed_before_the_first_turn_it_is_never_called, LoopFixture) {
  const UniqueFd event = ready_event();
  int calls = 0;
  {
    Poll poll(loop(), [&](Readiness) noexcept { ++calls; });
    BOOST_REQUIRE(poll.start(event.get(), Readiness::readable).has_value());
  }
  turn(3);
  BOOST_TEST(calls == 0);
}

BOOST_AUTO_TEST_SUITE_END()
