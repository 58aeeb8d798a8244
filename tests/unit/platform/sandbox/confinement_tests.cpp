// What a confined process can and cannot do, asked of the kernel.
#include "platform/sandbox/confinement.hpp"

#include <signal.h>
#include <spawn.h>
#include <sys/inotify.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <array>
#include <boost/test/unit_test.hpp>
#include <condition_variable>
#include <fstream>
#include <mutex>
#include <sstream>
#include <thread>

#include "platform/sandbox/capabilities.hpp"
#include "support/scratch_folder.hpp"
#include "unit/platform/sandbox/attempts.hpp"

using blindfold::base::ErrorKind;
using blindfold::base::UniqueFd;
using blindfold::sandbox::confine;
using blindfold::sandbox::Confinement;
using blindfold::sandbox::Plan;
using blindfold::support::Complaints;
using blindfold::support::in_child;
using blindfold::support::in_child_as_nobody;
using blindfold::support::Partner;
using blindfold::support::ScratchFolder;
using namespace blindfold::sandbox::test;

namespace {

/// A secret that anybody's mode lets in, beside a configuration's folder.
struct Fixture {
  ScratchFolder scratch;
  std::string secrets = scratch.folder("secrets");
  std::string secret = scratch.file("secrets/password", 0666);
  std::string settings = scratch.folder("settings");
  std::string setting = scratch.file("settings/agent.yaml");
  std::string state = scratch.folder("state", 0777);
  Plan plan = plan_with({settings}, {state}, {secrets});
};

void expect_refused(const Fixture& f, Complaints& complaints) {
  complaints.expect(try_open(f.secret) == EACCES, "the secret is refused");
  complaints.expect(try_open(f.secret, O_WRONLY) == EACCES, "writing it is refused");
  complaints.expect(try_open(f.secret, O_WRONLY | O_TRUNC) == EACCES, "truncating it is refused");
  complaints.expect(try_open(f.secrets + "/new", O_WRONLY | O_CREAT) == EACCES, "so is creating");
  complaints.expect(::truncate(f.secret.c_str(), 0) != 0, "truncating by path is refused");
  complaints.expect(::unlink(f.secret.c_str()) != 0, "unlinking is refused");
  complaints.expect(::rename(f.secret.c_str(), (f.state + "/password").c_str()) != 0,
                    "moving it to a folder kept for writing is refused");
  complaints.expect(::link(f.secret.c_str(), (f.state + "/password").c_str()) != 0,
                    "so is linking");
}

void expect_looking_works(const Fixture& f, Complaints& complaints) {
  struct stat found;
  complaints.expect(::stat(f.secret.c_str(), &found) == 0, "stat works");
  complaints.expect(try_open(f.secrets, O_RDONLY | O_DIRECTORY) == 0, "listing works");
  complaints.expect(try_open("/", O_RDONLY | O_DIRECTORY) == 0, "listing the root works");
  std::array<char, 64> target;
  complaints.expect(::symlink("password", (f.state + "/link").c_str()) == 0, "a link is made");
  complaints.expect(::readlink((f.state + "/link").c_str(), target.data(), target.size()) == 8,
                    "readlink works");
  const UniqueFd inotify(::inotify_init1(IN_CLOEXEC));
  complaints.expect(::inotify_add_watch(inotify.get(), f.secrets.c_str(), IN_MOVED_TO) > 0,
                    "a folder can be watched");
  complaints.expect(::inotify_add_watch(inotify.get(), f.secret.c_str(), IN_CLOSE_WRITE) > 0,
                    "a file can be watched");
}

void expect_kept(const Fixture& f, Complaints& complaints) {
  complaints.expect(try_open(f.setting) == 0, "the configuration can be read");
  complaints.expect(try_open(f.setting, O_WRONLY) == EACCES, "and not be written");
  complaints.expect(try_open(f.state + "/a", O_RDWR | O_CREAT) == 0, "state can be created");
  complaints.expect(::rename((f.state + "/a").c_str(), (f.state + "/b").c_str()) == 0, "renamed");
  complaints.expect(::truncate((f.state + "/b").c_str(), 0) == 0, "truncated");
  complaints.expect(::unlink((f.state + "/b").c_str()) == 0, "removed");
  complaints.expect(::mkdir((f.state + "/c").c_str(), 0700) == 0, "a folder made in it");
  complaints.expect(try_open("/etc/passwd") == 0, "/etc can be read");
  complaints.expect(try_open("/proc/self/mountinfo") == 0, "/proc can be read");
  complaints.expect(try_open("/dev/null") == 0, "/dev/null can be read");
}

std::string status_field(const std::string& field) {
  std::ifstream status("/proc/self/status");
  std::string line;
  while (std::getline(status, line)) {
    if (line.starts_with(field + ":\t")) {
      return line.substr(field.size() + 2);
    }
  }
  return {};
}

int run(const std::string& command) {
  std::array<char*, 4> argv{const_cast<char*>("sh"), const_cast<char*>("-c"),
                            const_cast<char*>(command.c_str()), nullptr};
  std::array<char*, 1> environment{nullptr};
  pid_t pid = 0;
  if (::posix_spawn(&pid, "/bin/sh", nullptr, nullptr, argv.data(), environment.data()) != 0) {
    return -1;
  }
  int status = 0;
  ::waitpid(pid, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(confinement_tests)

BOOST_AUTO_TEST_CASE(root_is_refused_the_secret_and_keeps_what_it_needs) {
  const Fixture f;
  BOOST_TEST(in_child([&](Complaints& complaints) {
               complaints.expect(try_open(f.secret) == 0, "opens before: the control");
               const Confinement confinement = confine_or_complain(f.plan, complaints);
               complaints.expect(confinement.holds(), "holds");
               complaints.expect(confinement.obstacle().empty(), "nothing in the way");
               complaints.expect(confinement.carved().empty(), "nothing carved");
               expect_refused(f, complaints);
               expect_looking_works(f, complaints);
               expect_kept(f, complaints);
             }) == "");
}

BOOST_AUTO_TEST_CASE(nobody_is_refused_the_secret_and_keeps_what_it_needs) {
  const Fixture f;
  BOOST_TEST(in_child_as_nobody([&](Complaints& complaints) {
               complaints.expect(try_open(f.secret) == 0, "opens before: the control");
               const Confinement confinement = confine_or_complain(f.plan, complaints);
               complaints.expect(confinement.holds(), "holds");
               expect_refused(f, complaints);
               expect_looking_works(f, complaints);
               expect_kept(f, complaints);
             }) == "");
}

BOOST_AUTO_TEST_CASE(no_descriptor_opened_before_is_a_way_around) {
  const Fixture f;
  BOOST_TEST(
      in_child([&](Complaints& complaints) {
        const UniqueFd file(::open(f.secret.c_str(), O_PATH | O_CLOEXEC));
        const UniqueFd folder(::open(f.secrets.c_str(), O_RDONLY | O_DIRECTORY));
        const std::string again = "/proc/self/fd/" + std::to_string(file.get());
        complaints.expect(try_open(again) == 0, "opens before: the control");
        confine_or_complain(f.plan, complaints);
        complaints.expect(try_open(again) == EACCES, "by /proc/self/fd");
        complaints.expect(::openat(folder.get(), "password", O_RDONLY) < 0 && errno == EACCES,
                          "by a folder's descriptor");
        complaints.expect(try_open("/proc/self/root" + f.secret) == EACCES, "by /proc/self/root");
      }) == "");
}

BOOST_AUTO_TEST_CASE(no_capability_is_left_and_nothing_dumps_or_traces_it) {
  BOOST_TEST(in_child([](Complaints& complaints) {
               complaints.expect(blindfold::sandbox::has_privileges(), "some before: the control");
               confine_or_complain(plan_with({}, {}, {}), complaints);
               for (const char* set : {"CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"}) {
                 complaints.expect(status_field(set) == "0000000000000000", set);
               }
               complaints.expect(status_field("NoNewPrivs") == "1", "no new privileges");
               complaints.expect(::prctl(PR_GET_DUMPABLE) == 0, "not dumpable");
               complaints.expect(!blindfold::sandbox::has_privileges(), "none by our own count");
             }) == "");
}

BOOST_AUTO_TEST_CASE(what_it_executes_inherits_all) {
  const Fixture f;
  BOOST_TEST(in_child([&](Complaints& complaints) {
               confine_or_complain(f.plan, complaints);
               complaints.expect(run("cat '" + f.setting + "' >'" + f.state + "/out'") == 0,
                                 "a child runs and reads what is kept: the control");
               complaints.expect(run("cat '" + f.secret + "' 2>'" + f.state + "/out'") != 0,
                                 "the secret is refused to it");
               complaints.expect(run("grep -q 'CapEff:.0000000000000000' /proc/self/status") == 0,
                                 "it has no capability");
               complaints.expect(run("grep -q 'CapPrm:.0000000000000000' /proc/self/status") == 0,
                                 "nor a permitted one");
             }) == "");
}

BOOST_AUTO_TEST_CASE(signals_go_both_ways) {
  BOOST_TEST(in_child([](Complaints& complaints) {
               const pid_t other = ::fork();
               if (other == 0) {
                 ::pause();
                 ::_exit(0);
               }
               confine_or_complain(plan_with({}, {}, {}), complaints);
               complaints.expect(::kill(other, SIGKILL) == 0, "to a process outside");
               int status = 0;
               complaints.expect(::waitpid(other, &status, 0) == other && WIFSIGNALED(status),
                                 "which is ended by it");
             }) == "");
}

BOOST_AUTO_TEST_CASE(a_thread_before_it_is_refused) {
  const Fixture f;
  BOOST_TEST(in_child([&](Complaints& complaints) {
               std::mutex mutex;
               std::condition_variable ended;
               bool end = false;
               std::thread thread([&] {
                 std::unique_lock lock(mutex);
                 ended.wait(lock, [&] { return end; });
               });
               const auto confinement = confine(f.plan);
               complaints.expect(!confinement && confinement.error().kind == ErrorKind::internal,
                                 "refused as a bug");
               complaints.expect(try_open(f.secret) == 0, "and nothing was given up");
               complaints.expect(status_field("NoNewPrivs") == "0", "nothing at all");
               {
                 const std::scoped_lock lock(mutex);
                 end = true;
               }
               ended.notify_one();
               thread.join();
             }) == "");
}

BOOST_AUTO_TEST_CASE(a_thread_after_it_is_confined_too) {
  const Fixture f;
  BOOST_TEST(in_child([&](Complaints& complaints) {
               confine_or_complain(f.plan, complaints);
               int refused = 0;
               std::thread([&] { refused = try_open(f.secret); }).join();
               complaints.expect(refused == EACCES, "refused");
             }) == "");
}

BOOST_AUTO_TEST_CASE(resolv_conf_replaced_by_a_rename_still_opens) {
  // /etc of a mount namespace of its own: the machine's stays as it is.
  const ScratchFolder scratch;
  const std::string etc = scratch.folder("etc");
  scratch.file("etc/resolv.conf");
  BOOST_TEST(in_child([&](Complaints& complaints) {
               blindfold::support::own_mounts();
               complaints.expect(::mount(etc.c_str(), "/etc", nullptr, MS_BIND, nullptr) == 0,
                                 "mounted");
               Partner partner([&] {
                 std::ofstream("/etc/resolv.conf.new") << "nameserver 192.0.2.1\n";
                 if (::rename("/etc/resolv.conf.new", "/etc/resolv.conf") != 0) {
                   throw std::runtime_error("rename");
                 }
               });
               confine_or_complain(plan_with({}, {}, {}), complaints);
               complaints.expect(try_open("/etc/resolv.conf") == 0, "opens");
               partner.run();
               std::ostringstream text;
               text << std::ifstream("/etc/resolv.conf").rdbuf();
               complaints.expect(text.str() == "nameserver 192.0.2.1\n", "opens, the new one");
             }) == "");
}

BOOST_AUTO_TEST_CASE(it_outlasts_dropped_caches) {
  const Fixture f;
  BOOST_TEST(in_child([&](Complaints& complaints) {
               Partner partner([] { std::ofstream("/proc/sys/vm/drop_caches") << "2"; });
               confine_or_complain(f.plan, complaints);
               partner.run();
               expect_refused(f, complaints);
               expect_kept(f, complaints);
               complaints.expect(try_open("/proc/self/status") == 0, "/proc/self is still kept");
             }) == "");
}

BOOST_AUTO_TEST_CASE(a_single_file_can_be_kept) {
  const Fixture f;
  const std::string other = f.scratch.file("settings/other");
  BOOST_TEST(in_child([&](Complaints& complaints) {
               const Confinement confinement =
                   confine_or_complain(plan_with({f.setting}, {}, {}), complaints);
               complaints.expect(confinement.holds(), "holds");
               complaints.expect(try_open(f.setting) == 0, "it can be read");
               complaints.expect(try_open(other) == EACCES, "what is beside it cannot");
             }) == "");
}

BOOST_AUTO_TEST_CASE(the_default_names_what_every_process_needs) {
  const std::vector<std::string> paths = blindfold::sandbox::default_readable();
  for (const char* needed :
       {"/usr", "/lib", "/lib64", "/lib32", "/etc", "/proc", "/dev/null", "/run/systemd/resolve"}) {
    BOOST_TEST(std::ranges::count(paths, needed) >= 1, needed);
  }
  BOOST_TEST(std::ranges::count(paths, "/") == 0);
  BOOST_TEST(std::ranges::count(paths, "") == 0);
}

BOOST_AUTO_TEST_CASE(the_default_follows_where_resolv_conf_leads) {
  const ScratchFolder scratch;
  const std::string etc = scratch.folder("etc");
  const std::string resolver =
      std::filesystem::path(scratch.file("resolver/run.conf")).parent_path();
  std::filesystem::create_symlink(resolver + "/run.conf", etc + "/resolv.conf");
  BOOST_TEST(in_child([&](Complaints& complaints) {
               blindfold::support::own_mounts();
               complaints.expect(::mount(etc.c_str(), "/etc", nullptr, MS_BIND, nullptr) == 0,
                                 "mounted");
               const auto paths = blindfold::sandbox::default_readable();
               complaints.expect(std::ranges::count(paths, resolver) == 1, "the folder is kept");
             }) == "");
}

BOOST_AUTO_TEST_SUITE_END()
