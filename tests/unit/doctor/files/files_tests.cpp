// The attempts, made for real by a process that really restricted itself.
#include "doctor/files/files.hpp"

#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <boost/test/unit_test.hpp>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <filesystem>

#include "support/child.hpp"
#include "support/scratch_folder.hpp"

using namespace std::chrono_literals;
using blindfold::base::ErrorKind;
using blindfold::doctor::Attempt;
using blindfold::doctor::FileProof;
using blindfold::doctor::files_of;
using blindfold::doctor::try_files;
using blindfold::model::DirectoryLocator;
using blindfold::model::KubernetesLocator;
using blindfold::model::MountLocator;
using blindfold::model::Requirement;
using blindfold::model::SightLevel;
using blindfold::sandbox::default_readable;
using blindfold::sandbox::Plan;
using blindfold::support::Complaints;
using blindfold::support::in_child;
using blindfold::support::in_child_as_nobody;
using blindfold::support::refuse_call;
using blindfold::support::ScratchFolder;

namespace {

using Paths = std::vector<std::string>;

Plan plan_of(const ScratchFolder& scratch) {
  Plan plan{default_readable(), {}, {scratch / "secrets"}};
  plan.readable.push_back(scratch / "settings");
  return plan;
}

/// The flags of the doctor's own attempts, and of nothing else's.
constexpr std::uint32_t attempt_flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;

/// Each attempt to open ends as `action` says; the filter's listener, if any.
int on_attempt(std::uint32_t action, unsigned int flags) {
  std::array<sock_filter, 6> code{{
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat, 0, 3),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, args[2])),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, attempt_flags, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, action),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  }};
  const sock_fprog program{static_cast<unsigned short>(code.size()), code.data()};
  ::prctl(PR_SET_NO_NEW_PRIVS, 1UL, 0UL, 0UL, 0UL);
  return static_cast<int>(::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &program));
}

void expect(const FileProof& proof, Attempt attempt, int error_number, SightLevel level,
            Complaints& complaints) {
  complaints.expect(proof.attempt == attempt, proof.path + ": what became of the attempt");
  complaints.expect(proof.error_number == error_number, proof.path + ": the errno");
  complaints.expect(proof.predicted.level == level, proof.path + ": what was predicted");
  complaints.expect(!proof.contradicts_prediction(), proof.path + ": they agree");
}

bool has_no_children() {
  return ::waitpid(-1, nullptr, WNOHANG) < 0 && errno == ECHILD;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(files_tests)

BOOST_AUTO_TEST_CASE(root_is_refused_what_it_gave_up) {
  const ScratchFolder scratch;
  const Paths paths{scratch.file("secrets/key", 0400), scratch / "secrets/missing",
                    scratch.file("settings/key"), scratch / "secrets/loop",
                    scratch / "secrets/key/below"};
  std::filesystem::create_symlink("loop", paths[3]);
  BOOST_TEST(in_child([&](Complaints& complaints) {
               const auto report = try_files(plan_of(scratch), paths, 30s);
               complaints.expect(report.has_value() && report->complete, "complete");
               complaints.expect(report->landlock_abi > 0, "with Landlock");
               complaints.expect(report->files.size() == paths.size(), "each path once");
               expect(report->files[0], Attempt::refused, EACCES, SightLevel::self, complaints);
               expect(report->files[1], Attempt::missing, ENOENT, SightLevel::self, complaints);
               expect(report->files[2], Attempt::opened, 0, SightLevel::none, complaints);
               expect(report->files[3], Attempt::untried, ELOOP, SightLevel::self, complaints);
               expect(report->files[4], Attempt::missing, ENOTDIR, SightLevel::self, complaints);
               complaints.expect(::open(paths[0].c_str(), O_RDONLY) >= 0,
                                 "who asked gave nothing up");
               complaints.expect(has_no_children(), "nothing is left");
             }) == "");
}

BOOST_AUTO_TEST_CASE(nobody_is_refused_by_modes_and_by_landlock) {
  const ScratchFolder scratch;
  const Paths paths{scratch.file("secrets/closed", 0400), scratch.file("secrets/open", 0644),
                    scratch.file("hidden/key", 0644)};
  scratch.folder("hidden", 0700);
  BOOST_TEST(in_child_as_nobody([&](Complaints& complaints) {
               const auto report = try_files(plan_of(scratch), paths, 30s);
               complaints.expect(report.has_value() && report->complete, "complete");
               expect(report->files[0], Attempt::refused, EACCES, SightLevel::kernel, complaints);
               expect(report->files[1], Attempt::refused, EACCES, SightLevel::self, complaints);
               expect(report->files[2], Attempt::refused, EACCES, SightLevel::self, complaints);
             }) == "");
}

BOOST_AUTO_TEST_CASE(without_landlock_modes_alone_refuse) {
  const ScratchFolder scratch;
  const Paths paths{scratch.file("secrets/closed", 0400), scratch.file("secrets/open", 0644)};
  BOOST_TEST(in_child_as_nobody([&](Complaints& complaints) {
               refuse_call(SYS_landlock_create_ruleset, ENOSYS);
               const auto report = try_files(plan_of(scratch), paths, 30s);
               complaints.expect(report.has_value() && report->complete, "complete");
               complaints.expect(report->landlock_abi == 0, "without Landlock");
               expect(report->files[0], Attempt::refused, EACCES, SightLevel::kernel, complaints);
               expect(report->files[1], Attempt::opened, 0, SightLevel::none, complaints);
             }) == "");
}

BOOST_AUTO_TEST_CASE(a_pipe_and_a_lease_keep_it_from_nothing) {
  const ScratchFolder scratch;
  const Paths paths{scratch / "settings/pipe", scratch.file("settings/leased")};
  BOOST_REQUIRE(::mkfifo(paths[0].c_str(), 0600) == 0);
  BOOST_TEST(in_child([&](Complaints& complaints) {
               const int leased = ::open(paths[1].c_str(), O_RDWR);
               complaints.expect(::fcntl(leased, F_SETSIG, SIGCHLD) == 0 &&
                                     ::fcntl(leased, F_SETLEASE, F_WRLCK) == 0,
                                 "a lease");
               const auto report = try_files(plan_of(scratch), paths, 30s);
               complaints.expect(report.has_value() && report->complete, "complete");
               expect(report->files[0], Attempt::opened, 0, SightLevel::none, complaints);
               expect(report->files[1], Attempt::untried, EAGAIN, SightLevel::none, complaints);
             }) == "");
}

BOOST_AUTO_TEST_CASE(a_process_that_dies_leaves_the_rest_untried) {
  const ScratchFolder scratch;
  const Paths paths{scratch.file("secrets/key"), scratch.file("secrets/other")};
  BOOST_TEST(in_child([&](Complaints& complaints) {
               complaints.expect(on_attempt(SECCOMP_RET_KILL_PROCESS, 0) == 0, "filtered");
               const auto begin = std::chrono::steady_clock::now();
               const auto report = try_files(plan_of(scratch), paths, 30s);
               complaints.expect(std::chrono::steady_clock::now() - begin < 20s, "without waiting");
               complaints.expect(report.has_value() && !report->complete, "incomplete");
               complaints.expect(report->files.size() == 2, "each path once");
               expect(report->files[0], Attempt::untried, 0, SightLevel::unknown, complaints);
               expect(report->files[1], Attempt::untried, 0, SightLevel::unknown, complaints);
               complaints.expect(has_no_children(), "nothing is left");
             }) == "");
}

BOOST_AUTO_TEST_CASE(a_file_system_that_hangs_ends_with_the_timeout) {
  const ScratchFolder scratch;
  const Paths paths{scratch.file("secrets/key")};
  BOOST_TEST(in_child([&](Complaints& complaints) {
               // Nobody answers the filter's listener, so the attempt never returns.
               const int listener =
                   on_attempt(SECCOMP_RET_USER_NOTIF, SECCOMP_FILTER_FLAG_NEW_LISTENER);
               complaints.expect(listener >= 0, "filtered");
               const auto report = try_files(plan_of(scratch), paths, 100ms);
               complaints.expect(report.has_value() && !report->complete, "incomplete");
               complaints.expect(report->landlock_abi > 0, "it had begun");
               expect(report->files[0], Attempt::untried, 0, SightLevel::unknown, complaints);
               complaints.expect(has_no_children(), "nothing is left");
             }) == "");
}

BOOST_AUTO_TEST_CASE(a_plan_that_the_agent_refuses) {
  const ScratchFolder scratch;
  scratch.folder("secrets");
  const Plan plan{{}, {scratch.path()}, {scratch / "secrets"}};
  const auto report = try_files(plan, Paths{}, 30s);
  BOOST_TEST((report.error().kind == ErrorKind::configuration));
  BOOST_TEST(report.error().what.contains(scratch / "secrets"));
}

BOOST_AUTO_TEST_CASE(a_process_that_cannot_restrict_itself) {
  BOOST_TEST(in_child([](Complaints& complaints) {
               refuse_call(SYS_capset, EPERM);
               const auto report = try_files(Plan{}, Paths{}, 30s);
               complaints.expect(!report && report.error().kind == ErrorKind::denied, "denied");
               complaints.expect(!report.error().hint.empty(), "what to do");
               complaints.expect(has_no_children(), "nothing is left");
             }) == "");
}

BOOST_AUTO_TEST_CASE(more_files_than_a_pipe_holds) {
  const ScratchFolder scratch;
  const Paths paths(20'000, scratch.file("secrets/key"));
  BOOST_TEST(in_child([&](Complaints& complaints) {
               const auto report = try_files(plan_of(scratch), paths, 60s);
               complaints.expect(report.has_value() && report->complete, "complete");
               complaints.expect(std::ranges::all_of(report->files,
                                                     [](const FileProof& proof) {
                                                       return proof.attempt == Attempt::refused;
                                                     }),
                                 "each is refused");
             }) == "");
}

BOOST_AUTO_TEST_CASE(an_engines_socket_is_told_of) {
  const ScratchFolder scratch;
  BOOST_TEST(in_child([&](Complaints& complaints) {
               blindfold::support::own_mounts();
               complaints.expect(
                   ::mount(scratch.path().c_str(), "/run", nullptr, MS_BIND, nullptr) == 0,
                   "mounted");
               const int fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
               const sockaddr_un address{AF_UNIX, "/run/docker.sock"};
               complaints.expect(
                   ::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0,
                   "listens");
               const auto report = try_files(Plan{default_readable(), {}, {}}, Paths{}, 30s);
               complaints.expect(report && report->sockets == Paths{"/run/docker.sock"}, "told");
             }) == "");
}

BOOST_AUTO_TEST_CASE(a_wrong_prediction_is_seen) {
  FileProof proof{.path = "/a", .attempt = Attempt::opened, .predicted = {}};
  for (const SightLevel level : {SightLevel::kernel, SightLevel::self}) {
    proof.predicted.level = level;
    proof.attempt = Attempt::opened;
    BOOST_TEST(proof.contradicts_prediction());
    for (const Attempt attempt : {Attempt::refused, Attempt::missing, Attempt::untried}) {
      proof.attempt = attempt;
      BOOST_TEST(!proof.contradicts_prediction());
    }
  }
  proof.attempt = Attempt::opened;
  proof.predicted.level = SightLevel::none;
  BOOST_TEST(!proof.contradicts_prediction());
}

BOOST_AUTO_TEST_CASE(the_files_of_a_requirement) {
  const ScratchFolder scratch;
  scratch.file("volume/..1/tls.crt");
  scratch.file("volume/b");
  scratch.file("volume/a");
  const auto of = [](blindfold::model::Locator locator) {
    Requirement requirement;
    requirement.locator = std::move(locator);
    return files_of(requirement);
  };
  BOOST_TEST((of(DirectoryLocator{"/d", {"a", "b c"}}) == Paths{"/d/a", "/d/b c"}));
  BOOST_TEST((of(MountLocator{"/m", {"k"}}) == Paths{"/m/k"}));
  BOOST_TEST((of(MountLocator{scratch / "volume", {}}) ==
              Paths{scratch / "volume/a", scratch / "volume/b"}));
  BOOST_TEST((of(MountLocator{scratch / "missing", {}}) == Paths{}));
  BOOST_TEST((of(KubernetesLocator{}) == Paths{}));
}

BOOST_AUTO_TEST_SUITE_END()
