#include "platform/helper/helper.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "support/loop_fixture.hpp"
#include "support/scratch_folder.hpp"

using namespace std::chrono_literals;
using blindfold::base::Error;
using blindfold::base::ErrorKind;
using blindfold::base::UniqueFd;
using blindfold::helper::fork_helper;
using blindfold::helper::Helper;
using blindfold::helper::largest_output;
using blindfold::helper::Program;
using blindfold::helper::Writable;
using blindfold::secret::SecretBuffer;
using blindfold::support::LoopFixture;
using blindfold::support::open_descriptors;
using blindfold::support::ScratchFolder;

namespace {

Program shell(std::string script, std::chrono::milliseconds timeout = 30s) {
  return {.name = "it",
          .arguments = {"/bin/sh", "-c", std::move(script)},
          .environment = {},
          .timeout = timeout};
}

/// What came of a run.
struct Answer {
  std::optional<std::string> output;
  std::optional<Error> error;
  std::unique_ptr<Helper::Run> run;

  [[nodiscard]] bool there() const { return output || error; }
};

class HelperFixture : public LoopFixture {
 public:
  ~HelperFixture() {
    helper.reset();
    if (process > 0) {
      ::waitpid(process, nullptr, 0);
    }
  }

  void fork(std::vector<Program> programs, const Writable& writable = {true, {}}) {
    auto forked = fork_helper(std::move(programs), writable);
    BOOST_REQUIRE(forked.has_value());
    process = forked->process;
    helper.emplace(loop(), std::move(*forked));
  }

  void ask(Answer& answer, const std::string& name = "it") {
    answer.run = helper->run(name, [&answer](auto result) noexcept { take(answer, result); });
    BOOST_TEST(!answer.there(), "never from within run()");
  }

  Answer run(const std::string& name = "it") {
    auto answer = std::make_unique<Answer>();
    ask(*answer, name);
    BOOST_REQUIRE(run_until([&] { return answer->there(); }));
    return std::move(*answer);
  }

  Answer run_only(Program program) {
    fork({std::move(program)});
    return run();
  }

  std::optional<Helper> helper;
  pid_t process = -1;

 private:
  static void take(Answer& answer, const blindfold::base::Result<SecretBuffer>& result) {
    if (result) {
      answer.output = result->with_bytes([](std::string_view bytes) { return std::string(bytes); });
    } else {
      answer.error = result.error();
    }
  }
};

UniqueFd open_process(pid_t process) {
  return UniqueFd(static_cast<int>(::syscall(SYS_pidfd_open, process, 0)));
}

bool ends(const UniqueFd& process) {
  pollfd waited{.fd = process.get(), .events = POLLIN, .revents = 0};
  return ::poll(&waited, 1, 10'000) == 1;
}

/// The process whose number a program wrote into a file; opened.
UniqueFd process_in(const std::string& file) {
  return open_process(std::atoi(blindfold::support::contents_of(file).c_str()));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(helper_tests)

BOOST_FIXTURE_TEST_CASE(the_output_comes_byte_for_byte, HelperFixture) {
  BOOST_TEST(run_only(shell(R"(printf ' a\000b\n\377 ')")).output.value() ==
             std::string(" a\0b\n\xff ", 7));
}

BOOST_FIXTURE_TEST_CASE(no_output_is_an_answer_too, HelperFixture) {
  BOOST_TEST(run_only(shell("exit 0")).output.value().empty());
}

BOOST_FIXTURE_TEST_CASE(what_is_not_listed_is_not_run, HelperFixture) {
  fork({shell("exit 0")});
  const Answer answer = run("/bin/sh");
  BOOST_CHECK(answer.error.value().kind == ErrorKind::internal);
  BOOST_TEST(answer.error->what == "\"/bin/sh\" is not listed to be run");
  BOOST_TEST(run("it").output.has_value());
}

BOOST_FIXTURE_TEST_CASE(a_command_that_is_not_there_is_missing, HelperFixture) {
  fork({{.name = "in PATH", .arguments = {"no-such-command"}, .environment = {}},
        {.name = "a path", .arguments = {"/no/such/command"}, .environment = {}}});
  BOOST_CHECK(run("in PATH").error.value().kind == ErrorKind::missing);
  const Answer answer = run("a path");
  BOOST_CHECK(answer.error.value().kind == ErrorKind::missing);
  BOOST_TEST(answer.error->what.find("/no/such/command") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(what_the_agent_could_write_is_not_run, HelperFixture) {
  const ScratchFolder scratch;
  const std::string plugin = scratch.file("plugin", 0755);
  fork({{.name = "it", .arguments = {plugin}, .environment = {}}}, {true, {scratch.path()}});
  const Answer answer = run();
  BOOST_CHECK(answer.error.value().kind == ErrorKind::denied);
  BOOST_TEST(answer.error->what.find(plugin) != std::string::npos);
  BOOST_TEST(!answer.error->hint.empty());
}

BOOST_FIXTURE_TEST_CASE(another_status_than_0_is_an_error, HelperFixture) {
  const Answer answer = run_only(shell("echo canary; exit 3"));
  BOOST_CHECK(answer.error.value().kind == ErrorKind::protocol);
  BOOST_TEST(answer.error->what == "\"it\" (/bin/sh) ended with status 3");
}

BOOST_FIXTURE_TEST_CASE(a_signal_is_an_error, HelperFixture) {
  BOOST_TEST(run_only(shell("kill -SEGV $$")).error.value().what ==
             "\"it\" (/bin/sh) was ended by the signal SEGV");
}

BOOST_FIXTURE_TEST_CASE(a_program_that_takes_too_long_is_ended_with_its_group, HelperFixture) {
  const ScratchFolder scratch;
  const std::string file = scratch / "grandchild";
  fork({shell("(trap '' TERM; echo ready > " + file + ".tmp; sh -c 'echo $PPID' > " + file +
                  ".tmp; mv " + file + ".tmp " + file + "; sleep 600; sleep 600) & wait",
              1s)});
  const Answer answer = run();
  BOOST_CHECK(answer.error.value().kind == ErrorKind::unreachable);
  BOOST_TEST(answer.error->what == "\"it\" (/bin/sh) took longer than 1s and was told to end");
  const UniqueFd grandchild = process_in(file);
  BOOST_TEST(ends(grandchild), "KILL follows TERM");
}

BOOST_FIXTURE_TEST_CASE(a_program_may_end_well_when_it_is_told_to, HelperFixture) {
  const ScratchFolder scratch;
  const std::string file = scratch / "trapped";
  fork({shell(
      "trap 'echo told > " + file + "; exit 0' TERM; echo $$ > " + file + ".pid; sleep 600 & wait",
      1s)});
  BOOST_TEST(run().error.has_value());
  const UniqueFd program = process_in(file + ".pid");
  if (program) {
    BOOST_TEST(ends(program));
  }
  BOOST_TEST(blindfold::support::contents_of(file) == "told\n");
}

BOOST_FIXTURE_TEST_CASE(as_much_output_as_is_allowed_comes, HelperFixture) {
  fork({shell("head -c " + std::to_string(largest_output) + " /dev/zero")});
  BOOST_TEST(run().output.value() == std::string(largest_output, '\0'));
}

BOOST_FIXTURE_TEST_CASE(more_output_is_refused_and_the_program_ends, HelperFixture) {
  const ScratchFolder scratch;
  const std::string file = scratch / "pid";
  fork({shell("echo $$ > " + file + "; exec cat /dev/zero")});
  const Answer answer = run();
  BOOST_CHECK(answer.error.value().kind == ErrorKind::limit);
  BOOST_TEST(answer.error->what == "the program wrote more than 64 KiB to standard output");
  const UniqueFd program = process_in(file);
  if (program) {
    BOOST_TEST(ends(program), "nobody reads what it writes");
  }
}

BOOST_FIXTURE_TEST_CASE(one_byte_too_much_at_the_end_is_too_much, HelperFixture) {
  fork({shell("head -c " + std::to_string(largest_output + 1) + " /dev/zero")});
  BOOST_CHECK(run().error.value().kind == ErrorKind::limit);
}

BOOST_FIXTURE_TEST_CASE(what_a_program_leaves_behind_does_not_keep_the_answer, HelperFixture) {
  const ScratchFolder scratch;
  const std::string file = scratch / "pid";
  fork({shell("sleep 600 & echo $! > " + file + "; echo token")});
  BOOST_TEST(run().output.value() == "token\n");
  const pid_t left = std::atoi(blindfold::support::contents_of(file).c_str());
  BOOST_TEST(::kill(left, SIGKILL) == 0, "it was ended");
}

BOOST_FIXTURE_TEST_CASE(two_run_at_the_same_time, HelperFixture) {
  const ScratchFolder scratch;
  const std::string fifo = scratch / "fifo";
  Program reads = shell("cat " + fifo);
  reads.name = "reads";
  Program writes = shell("echo through > " + fifo + "; echo done");
  writes.name = "writes";
  Program makes = shell("mkfifo " + fifo);
  makes.name = "makes";
  fork({makes, reads, writes});
  BOOST_REQUIRE(run("makes").output.has_value());
  Answer first;
  ask(first, "reads");
  Answer second;
  ask(second, "writes");
  BOOST_REQUIRE(run_until([&] { return first.there() && second.there(); }));
  BOOST_TEST(first.output.value() == "through\n");
  BOOST_TEST(second.output.value() == "done\n");
}

BOOST_FIXTURE_TEST_CASE(more_than_32_at_a_time_are_refused, HelperFixture) {
  fork({shell("exec sleep 600")});
  std::vector<Answer> answers(33);
  for (Answer& answer : answers) {
    ask(answer);
  }
  BOOST_REQUIRE(run_until([&] { return answers.back().there(); }));
  BOOST_CHECK(answers.back().error.value().kind == ErrorKind::limit);
  BOOST_TEST(std::ranges::count_if(answers, &Answer::there) == 1);
}

BOOST_FIXTURE_TEST_CASE(many_one_after_another_leave_no_descriptor, HelperFixture) {
  fork({shell("ls /proc/$PPID/fd | wc -l"), shell("exit 1")});
  const int of_the_helper = std::stoi(run().output.value());
  const std::size_t ours = open_descriptors();
  for (int i = 0; i < 100; ++i) {
    // The program before may not have been waited for yet.
    BOOST_REQUIRE(std::stoi(run().output.value()) <= of_the_helper + 4);
    BOOST_REQUIRE(run("nothing").error.has_value());
  }
  BOOST_TEST(open_descriptors() == ours);
}

BOOST_FIXTURE_TEST_CASE(no_descriptor_of_the_agent_reaches_a_program, HelperFixture) {
  const UniqueFd inheritable(::open("/dev/null", O_RDONLY));
  const UniqueFd high(::fcntl(inheritable.get(), F_DUPFD, 200));
  BOOST_REQUIRE(static_cast<bool>(high));
  fork({shell("ls /proc/self/fd | tr '\\n' ' '; readlink /proc/self/fd/0")});
  // The last one is ls' own.
  BOOST_TEST(run().output.value() == "0 1 2 3 /dev/null\n");
}

BOOST_FIXTURE_TEST_CASE(the_environment_is_the_agents_and_the_programs_own, HelperFixture) {
  ::setenv("BLINDFOLD_TEST_KEPT", "kept", 1);
  ::setenv("BLINDFOLD_TEST_REPLACED", "old", 1);
  Program program{.name = "it",
                  .arguments = {"env"},
                  .environment = {{"BLINDFOLD_TEST_REPLACED", "new = \"value\""},
                                  {"BLINDFOLD_TEST_ADDED", "added"}}};
  fork({program});
  ::unsetenv("BLINDFOLD_TEST_KEPT");
  ::unsetenv("BLINDFOLD_TEST_REPLACED");
  const std::string lines = '\n' + run().output.value();
  BOOST_TEST(lines.find("\nBLINDFOLD_TEST_KEPT=kept\n") != std::string::npos);
  BOOST_TEST(lines.find("\nBLINDFOLD_TEST_REPLACED=new = \"value\"\n") != std::string::npos);
  BOOST_TEST(lines.find("\nBLINDFOLD_TEST_REPLACED=old") == std::string::npos);
  BOOST_TEST(lines.find("\nBLINDFOLD_TEST_ADDED=added\n") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_program_begins_with_signals_as_they_are_by_default, HelperFixture) {
  // exec: a dash that waits for a child blocks every signal for a moment.
  fork({shell("exec grep -E '^Sig(Blk|Ign):' /proc/self/status")});
  // glibc's posix_spawn ignores the two that it keeps for itself, 32 and 33.
  BOOST_TEST(run().output.value() == "SigBlk:\t0000000000000000\nSigIgn:\t0000000180000000\n");
}

BOOST_FIXTURE_TEST_CASE(a_program_has_a_session_of_its_own, HelperFixture) {
  // Fields 1, 5 and 6 of proc(5)'s stat: process, group, session.
  fork(
      {shell("read -r pid name state parent group session rest < /proc/$$/stat; "
             "test $pid = $group && test $pid = $session && echo own")});
  BOOST_TEST(run().output.value() == "own\n");
}

BOOST_FIXTURE_TEST_CASE(where_the_helper_is_killed_there_are_errors_and_no_hang, HelperFixture) {
  const ScratchFolder scratch;
  const std::string fifo = scratch / "fifo";
  BOOST_REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
  const UniqueFd keeps_them_waiting(::open(fifo.c_str(), O_RDWR | O_CLOEXEC));
  Program quick = shell("exit 0");
  quick.name = "quick";
  fork({shell("read -r line < " + fifo), quick});
  Answer first;
  ask(first);
  Answer second;
  ask(second);
  BOOST_REQUIRE(run("quick").output.has_value());
  BOOST_REQUIRE(::kill(process, SIGKILL) == 0);
  BOOST_REQUIRE(run_until([&] { return first.there() && second.there(); }));
  BOOST_CHECK(first.error.value().kind == ErrorKind::internal);
  BOOST_TEST(second.error.has_value());
  BOOST_TEST(run().error.value().what.find("helper") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_run_that_is_destroyed_is_told_nothing, HelperFixture) {
  fork({shell("echo token"), shell("exit 0")});
  Answer dropped;
  ask(dropped);
  dropped.run.reset();
  BOOST_TEST(run().output.value() == "token\n");
  BOOST_TEST(!dropped.there());
}

BOOST_FIXTURE_TEST_CASE(a_run_may_be_destroyed_from_within_its_answer, HelperFixture) {
  fork({shell("echo token")});
  std::unique_ptr<Helper::Run> ok;
  std::unique_ptr<Helper::Run> failed;
  int answers = 0;
  ok = helper->run("it", [&](auto) noexcept {
    ok.reset();
    ++answers;
  });
  failed = helper->run("nothing", [&](auto) noexcept {
    failed.reset();
    ++answers;
  });
  BOOST_TEST(run_until([&] { return answers == 2; }));
}

BOOST_FIXTURE_TEST_CASE(the_helper_may_be_destroyed_from_within_an_answer, HelperFixture) {
  Program slow = shell("exec sleep 600");
  slow.name = "slow";
  fork({shell("echo token"), slow});
  bool told = false;
  Answer other;
  const auto run = helper->run("it", [&](auto) noexcept {
    helper.reset();
    told = true;
  });
  ask(other, "slow");
  BOOST_TEST(run_until([&] { return told; }));
  turn(3);
  BOOST_TEST(!other.there());
}

BOOST_FIXTURE_TEST_CASE(a_run_may_outlive_the_helper, HelperFixture) {
  fork({shell("exec sleep 600")});
  Answer answer;
  ask(answer);
  helper.reset();
  turn(3);
  BOOST_TEST(!answer.there());
}

BOOST_AUTO_TEST_SUITE_END()
