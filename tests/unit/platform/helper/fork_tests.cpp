#include "platform/helper/fork.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <latch>
#include <thread>

#include "platform/helper/packet.hpp"
#include "support/child.hpp"
#include "support/scratch_folder.hpp"

using blindfold::base::ErrorKind;
using blindfold::base::UniqueFd;
using blindfold::support::Complaints;
using blindfold::support::in_child;
using blindfold::support::ScratchFolder;
using namespace blindfold::helper;

namespace {

/// Whether the process ends within ten seconds.
bool ends(int process_descriptor) {
  pollfd waited{.fd = process_descriptor, .events = POLLIN, .revents = 0};
  return ::poll(&waited, 1, 10'000) == 1;
}

UniqueFd open_process(pid_t process) {
  return UniqueFd(static_cast<int>(::syscall(SYS_pidfd_open, process, 0)));
}

pid_t number_from(int output) {
  std::array<char, 16> text{};
  return ::read(output, text.data(), text.size() - 1) > 0 ? std::atoi(text.data()) : -1;
}

/// Waits for a packet, and its descriptor.
Received next(int socket) {
  pollfd waited{.fd = socket, .events = POLLIN, .revents = 0};
  ::poll(&waited, 1, 10'000);
  return receive_packet(socket);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(fork_tests)

BOOST_AUTO_TEST_CASE(it_ends_when_its_socket_closes) {
  auto forked = fork_helper({}, {});
  BOOST_REQUIRE(forked.has_value());
  const UniqueFd helper = open_process(forked->process);
  forked->socket.close();
  BOOST_TEST(ends(helper.get()));
  int status = -1;
  BOOST_TEST(::waitpid(forked->process, &status, 0) == forked->process);
  BOOST_TEST(status == 0);
}

BOOST_AUTO_TEST_CASE(what_is_sent_to_all_processes_does_not_end_it) {
  auto forked = fork_helper({{.name = "hello", .arguments = {"echo", "hello"}, .environment = {}}},
                            {.landlock = true, .kept = {}});
  BOOST_REQUIRE(forked.has_value());
  const UniqueFd helper = open_process(forked->process);
  const auto run = [&forked](std::uint64_t id) {
    BOOST_REQUIRE(
        send_packet(forked->socket.get(), encode(Request{id, "hello"}), Wait::yes).has_value());
    const Received started = next(forked->socket.get());
    BOOST_TEST(static_cast<bool>(started.passed));
    const auto report = decode_report(next(forked->socket.get()).bytes);
    BOOST_REQUIRE(report.has_value());
    BOOST_TEST(report->id == id);
    BOOST_CHECK(report->kind == Report::Kind::done);
  };
  run(1);  // it is there, and has set its signals up
  for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) {
    BOOST_REQUIRE(::kill(forked->process, number) == 0);
  }
  run(2);
  forked->socket.close();
  BOOST_TEST(ends(helper.get()));
  ::waitpid(forked->process, nullptr, 0);
}

BOOST_AUTO_TEST_CASE(what_is_not_a_request_is_passed_over) {
  auto forked = fork_helper({{.name = "hello", .arguments = {"echo", "hello"}, .environment = {}}},
                            {.landlock = true, .kept = {}});
  BOOST_REQUIRE(forked.has_value());
  for (const std::string& packet :
       {std::string("x"), std::string(2000, 'x'), std::string(8, '\0')}) {
    BOOST_REQUIRE(send_packet(forked->socket.get(), packet, Wait::yes).has_value());
  }
  BOOST_REQUIRE(
      send_packet(forked->socket.get(), encode(Request{5, "/bin/echo"}), Wait::yes).has_value());
  const auto report = decode_report(next(forked->socket.get()).bytes);
  BOOST_REQUIRE(report.has_value());
  BOOST_TEST(report->id == 5U);
  BOOST_CHECK(report->kind == Report::Kind::failed);
  BOOST_CHECK(report->error.kind == ErrorKind::internal);
  BOOST_TEST(report->error.what == "\"/bin/echo\" is not listed to be run");
  forked->socket.close();
  ::waitpid(forked->process, nullptr, 0);
}

BOOST_AUTO_TEST_CASE(where_the_agent_is_killed_helper_and_program_end) {
  const ScratchFolder scratch;
  const std::string script = "echo $$ && exec sleep 600";
  std::array<int, 2> pipe{};
  BOOST_REQUIRE(::pipe2(pipe.data(), O_CLOEXEC) == 0);
  const UniqueFd reading(pipe[0]);
  const UniqueFd writing(pipe[1]);
  const pid_t agent = ::fork();
  if (agent == 0) {
    auto forked =
        fork_helper({{.name = "sleep", .arguments = {"/bin/sh", "-c", script}, .environment = {}}},
                    {.landlock = true, .kept = {}});
    (void)send_packet(forked->socket.get(), encode(Request{1, "sleep"}), Wait::yes);
    const Received started = next(forked->socket.get());
    const std::array<pid_t, 2> started_here{forked->process, number_from(started.passed.get())};
    const bool told = ::write(pipe[1], started_here.data(), sizeof started_here) > 0;
    ::pause();
    ::_exit(told ? 0 : 1);
  }
  std::array<pid_t, 2> found{};
  BOOST_REQUIRE(::read(pipe[0], found.data(), sizeof found) == sizeof found);
  const UniqueFd helper = open_process(found[0]);
  const UniqueFd program = open_process(found[1]);
  BOOST_REQUIRE(static_cast<bool>(helper));
  BOOST_REQUIRE(static_cast<bool>(program));
  BOOST_REQUIRE(::kill(agent, SIGKILL) == 0);
  BOOST_REQUIRE(::waitpid(agent, nullptr, 0) == agent);
  BOOST_TEST(ends(program.get()));
  BOOST_TEST(ends(helper.get()));
}

BOOST_AUTO_TEST_CASE(it_is_not_forked_beside_another_thread) {
  std::latch done(1);
  std::thread other([&done] { done.wait(); });
  const auto forked = fork_helper({}, {});
  done.count_down();
  other.join();
  BOOST_REQUIRE(!forked.has_value());
  BOOST_CHECK(forked.error().kind == ErrorKind::internal);
}

BOOST_AUTO_TEST_CASE(it_works_where_the_standard_streams_are_closed) {
  BOOST_TEST(in_child([](Complaints& complaints) {
               for (const int stream : {0, 1, 2}) {
                 ::close(stream);
               }
               auto forked = fork_helper(
                   {{.name = "hello", .arguments = {"echo", "hello"}, .environment = {}}},
                   {.landlock = true, .kept = {}});
               complaints.expect(forked.has_value() && forked->socket.get() > 2, "above them");
               (void)send_packet(forked->socket.get(), encode(Request{1, "hello"}), Wait::yes);
               const Received started = next(forked->socket.get());
               std::array<char, 16> text{};
               complaints.expect(::read(started.passed.get(), text.data(), text.size()) == 6,
                                 "its output");
             }) == "");
}

BOOST_AUTO_TEST_SUITE_END()
