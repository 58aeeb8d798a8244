// Each answer beside the kernel's: what is said to be refused cannot be opened.
#include "detect/files/sight.hpp"

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <array>
#include <boost/test/unit_test.hpp>
#include <filesystem>

#include "support/child.hpp"
#include "support/scratch_folder.hpp"

using blindfold::base::Result;
using blindfold::detect::judge_sight;
using blindfold::detect::worst;
using blindfold::model::Sight;
using blindfold::model::SightLevel;
using blindfold::model::SightReason;
using blindfold::sandbox::Confinement;
using blindfold::sandbox::MountViews;
using blindfold::sandbox::Plan;
using blindfold::support::Complaints;
using blindfold::support::in_child;
using blindfold::support::in_child_as_nobody;
using blindfold::support::Partner;
using blindfold::support::refuse_call;
using blindfold::support::ScratchFolder;

namespace {

constexpr uid_t nobody = 65534;
constexpr uid_t somebody = 1234;

enum class Landlock : bool { off, on };

struct Case {
  const char* name;
  SightLevel with_landlock;
  SightLevel without;
  SightReason reason;
  std::string subject;
};

std::string in_words(const Sight& sight) {
  return std::string(to_string(sight.level)) + ", reason " +
         std::to_string(static_cast<int>(sight.reason)) + ", of \"" + sight.subject + "\"";
}

void expect_sight(const Sight& sight, const Sight& expected, Complaints& complaints) {
  complaints.expect(sight == expected, in_words(expected) + "; but " + in_words(sight));
}

/// Confines the child and judges `names` in the scratch folder's `secrets`.
Sight confined_judgement(const Plan& plan, Landlock landlock, const std::string& folder,
                         const std::vector<std::string>& names, Complaints& complaints) {
  if (landlock == Landlock::off) {
    refuse_call(SYS_landlock_create_ruleset, ENOSYS);
  }
  const Result<Confinement> confinement = blindfold::sandbox::confine(plan);
  complaints.expect(confinement.has_value(), "confined");
  const Sight sight =
      judge_sight(folder, names, *confinement, MountViews::read().value_or(MountViews{}));
  if (sight.level >= SightLevel::self) {
    for (const std::string& name : names) {
      complaints.expect(::open((folder + "/" + name).c_str(), O_RDONLY | O_NONBLOCK) < 0,
                        name + " cannot be opened");
    }
  }
  return sight;
}

using Run = std::string (*)(const std::function<void(Complaints&)>&);

/// Judges `secrets/key` as `run` does, with Landlock and without.
void check_both(const ScratchFolder& scratch, Run run, const Case& expected) {
  const std::string folder = scratch / "secrets";
  for (const Landlock landlock : {Landlock::on, Landlock::off}) {
    BOOST_TEST_CONTEXT(expected.name << (landlock == Landlock::on ? "" : ", without Landlock")) {
      BOOST_TEST(
          run([&](Complaints& complaints) {
            const Sight sight =
                confined_judgement(Plan{{}, {}, {folder}}, landlock, folder, {"key"}, complaints);
            expect_sight(sight,
                         {landlock == Landlock::on ? expected.with_landlock : expected.without,
                          expected.reason, expected.subject},
                         complaints);
          }) == "");
    }
  }
}

void own(const std::string& path, uid_t user) {
  BOOST_REQUIRE(::lchown(path.c_str(), user, user) == 0);
}

/// system.posix_acl_access as the kernel stores it: nobody may read, no other.
void let_nobody_read(const std::string& path) {
  struct Entry {
    std::uint16_t tag;
    std::uint16_t permissions;
    std::uint32_t id;
  };
  struct {
    std::uint32_t version = 2;
    std::array<Entry, 5> entries{
        {{0x01, 6, ~0U}, {0x02, 4, nobody}, {0x04, 0, ~0U}, {0x10, 4, ~0U}, {0x20, 0, ~0U}}};
  } list;
  BOOST_REQUIRE(::setxattr(path.c_str(), "system.posix_acl_access", &list, sizeof list, 0) == 0);
}

constexpr SightLevel kernel = SightLevel::kernel;
constexpr SightLevel self = SightLevel::self;
constexpr SightLevel none = SightLevel::none;

}  // namespace

BOOST_AUTO_TEST_SUITE(sight_tests)

BOOST_AUTO_TEST_CASE(another_users_file_that_may_not_be_read_is_kernel) {
  const ScratchFolder scratch;
  scratch.file("secrets/key", 0400);
  check_both(scratch, in_child_as_nobody, {"0400 root", kernel, kernel, SightReason::none, ""});
  scratch.file("secrets/key", 0000);
  check_both(scratch, in_child_as_nobody, {"0000 root", kernel, kernel, SightReason::none, ""});
}

BOOST_AUTO_TEST_CASE(a_mode_that_lets_us_read) {
  const ScratchFolder scratch;
  const std::string key = scratch.file("secrets/key", 0644);
  check_both(scratch, in_child_as_nobody, {"0644", self, none, SightReason::readable_file, key});
  scratch.file("secrets/key", 0440);
  BOOST_REQUIRE(::chown(key.c_str(), 0, nobody) == 0);
  check_both(scratch, in_child_as_nobody, {"0440", self, none, SightReason::readable_file, key});
}

BOOST_AUTO_TEST_CASE(an_access_list_that_lets_us_read) {
  const ScratchFolder scratch;
  const std::string key = scratch.file("secrets/key", 0600);
  let_nobody_read(key);
  check_both(scratch, in_child_as_nobody, {"ACL", self, none, SightReason::readable_file, key});
}

BOOST_AUTO_TEST_CASE(our_own_file_whatever_its_mode) {
  const ScratchFolder scratch;
  const std::string key = scratch.file("secrets/key", 0000);
  own(key, nobody);
  check_both(scratch, in_child_as_nobody, {"own", self, none, SightReason::own_file, key});
}

BOOST_AUTO_TEST_CASE(a_file_that_we_may_write) {
  const ScratchFolder scratch;
  const std::string key = scratch.file("secrets/key", 0602);
  check_both(scratch, in_child_as_nobody, {"0602", self, none, SightReason::writable_folder, key});
}

BOOST_AUTO_TEST_CASE(a_folder_above_that_we_may_write_or_own) {
  const ScratchFolder scratch;
  scratch.file("secrets/key", 0400);
  const std::string secrets = scratch.folder("secrets", 0777);
  check_both(scratch, in_child_as_nobody,
             {"writable", self, none, SightReason::writable_folder, secrets});
  scratch.folder("secrets", 0555);
  own(secrets, nobody);
  check_both(scratch, in_child_as_nobody,
             {"own", self, none, SightReason::writable_folder, secrets});
  own(secrets, 0);
  own(scratch.path(), nobody);
  check_both(scratch, in_child_as_nobody,
             {"own further up", self, none, SightReason::writable_folder, scratch.path()});
}

BOOST_AUTO_TEST_CASE(a_sticky_folder_of_others) {
  const ScratchFolder scratch;
  const std::string key = scratch.file("secrets/key", 0400);
  const std::string secrets = scratch.folder("secrets", 01777);
  check_both(scratch, in_child_as_nobody,
             {"another's file", kernel, kernel, SightReason::none, ""});
  // A link of ours may be replaced, whoever owns what it leads to.
  std::filesystem::rename(key, scratch / "elsewhere");
  std::filesystem::create_symlink(scratch / "elsewhere", key);
  check_both(scratch, in_child_as_nobody,
             {"another's link", kernel, kernel, SightReason::none, ""});
  own(key, nobody);
  check_both(scratch, in_child_as_nobody,
             {"own link", self, none, SightReason::writable_folder, secrets});
}

BOOST_AUTO_TEST_CASE(the_way_as_written_counts_and_the_real_one) {
  const ScratchFolder scratch;
  scratch.file("volume/..1/key", 0400);
  scratch.folder("secrets");
  const std::string links = scratch.folder("links", 0777);
  std::filesystem::create_symlink("..1", scratch / "volume/..data");
  std::filesystem::create_symlink("../volume", scratch / "links/volume");
  std::filesystem::create_symlink("../links/volume/..data/key", scratch / "secrets/key");
  check_both(scratch, in_child_as_nobody,
             {"a link's folder", self, none, SightReason::writable_folder, links});
  scratch.folder("links", 0755);
  check_both(scratch, in_child_as_nobody, {"the control", kernel, kernel, SightReason::none, ""});
  const std::string real = scratch.folder("volume/..1", 0777);
  check_both(scratch, in_child_as_nobody,
             {"the real folder", self, none, SightReason::writable_folder, real});
}

BOOST_AUTO_TEST_CASE(root_is_an_ordinary_owner) {
  const ScratchFolder scratch;
  const std::string key = scratch.file("secrets/key", 0400);
  check_both(scratch, in_child, {"its own", self, none, SightReason::own_file, key});
  own(key, somebody);
  check_both(scratch, in_child,
             {"another's", self, none, SightReason::writable_folder, scratch / "secrets"});
}

BOOST_AUTO_TEST_CASE(a_second_user_to_return_to_is_no_kernel) {
  const ScratchFolder scratch;
  const std::string key = scratch.file("secrets/key", 0400);
  BOOST_TEST(in_child([&](Complaints& complaints) {
               complaints.expect(::setresuid(nobody, nobody, 0) == 0, "become nobody, for now");
               const Sight sight = judge_sight(scratch / "secrets", std::vector<std::string>{"key"},
                                               Confinement{}, {});
               expect_sight(sight, {none, SightReason::readable_file, key}, complaints);
             }) == "");
}

BOOST_AUTO_TEST_CASE(beneath_a_kept_folder_it_is_none) {
  const ScratchFolder scratch;
  const std::string key = scratch.file("secrets/key");
  for (const std::string& kept : {scratch.path().string(), key}) {
    BOOST_TEST(in_child_as_nobody([&](Complaints& complaints) {
                 const Sight sight = confined_judgement(Plan{{kept}, {}, {}}, Landlock::on,
                                                        scratch / "secrets", {"key"}, complaints);
                 expect_sight(sight, {none, SightReason::beneath_kept_folder, kept}, complaints);
                 complaints.expect(::open(key.c_str(), O_RDONLY) >= 0, "it can be opened");
               }) == "");
  }
}

BOOST_AUTO_TEST_CASE(a_mode_that_refuses_is_kernel_beneath_a_kept_folder_too) {
  const ScratchFolder scratch;
  scratch.file("secrets/key", 0400);
  BOOST_TEST(in_child_as_nobody([&](Complaints& complaints) {
               const Sight sight = confined_judgement(Plan{{scratch.path()}, {}, {}}, Landlock::on,
                                                      scratch / "secrets", {"key"}, complaints);
               expect_sight(sight, {kernel, SightReason::none, ""}, complaints);
             }) == "");
}

BOOST_AUTO_TEST_CASE(a_key_that_leads_beneath_a_kept_folder_is_none) {
  const ScratchFolder scratch;
  scratch.file("kept/key");
  scratch.folder("secrets");
  std::filesystem::create_symlink("../kept/key", scratch / "secrets/key");
  const std::string kept = scratch / "kept";
  BOOST_TEST(in_child([&](Complaints& complaints) {
               const Sight sight =
                   confined_judgement(Plan{{kept}, {}, {scratch / "secrets"}}, Landlock::on,
                                      scratch / "secrets", {"key"}, complaints);
               expect_sight(sight, {none, SightReason::beneath_kept_folder, kept}, complaints);
             }) == "");
}

BOOST_AUTO_TEST_CASE(a_second_name_is_none_unless_its_mode_refuses) {
  const ScratchFolder scratch;
  const std::string key = scratch.file("secrets/key");
  std::filesystem::create_hard_link(key, scratch / "other");
  BOOST_TEST(in_child_as_nobody([&](Complaints& complaints) {
               const Sight sight = confined_judgement(Plan{}, Landlock::on, scratch / "secrets",
                                                      {"key"}, complaints);
               expect_sight(sight, {none, SightReason::hard_linked, key}, complaints);
             }) == "");
  scratch.file("secrets/key", 0400);
  check_both(scratch, in_child_as_nobody, {"0400", kernel, kernel, SightReason::none, ""});
}

BOOST_AUTO_TEST_CASE(mounted_into_a_kept_folder_while_running_it_is_none) {
  const ScratchFolder scratch;
  scratch.file("secrets/key");
  const std::string kept = scratch.folder("kept");
  const std::string inside = scratch.folder("kept/inside");
  BOOST_TEST(in_child([&](Complaints& complaints) {
               blindfold::support::own_mounts();
               Partner partner([&] {
                 if (::mount((scratch / "secrets").c_str(), inside.c_str(), nullptr, MS_BIND,
                             nullptr) != 0) {
                   throw std::runtime_error("mount");
                 }
               });
               const std::string folder = scratch / "secrets";
               const std::vector<std::string> names{"key"};
               const auto confinement =
                   blindfold::sandbox::confine(Plan{{kept, "/proc"}, {}, {folder}});
               complaints.expect(confinement && confinement->holds(), "holds");
               const MountViews before = MountViews::read().value();
               complaints.expect(judge_sight(folder, names, *confinement, before).level == self,
                                 "self at first");
               partner.run();
               const MountViews after = MountViews::read().value();
               complaints.expect(::open((inside + "/key").c_str(), O_RDONLY) >= 0,
                                 "it can be opened there");
               const Sight expected{none, SightReason::beneath_kept_folder, kept};
               expect_sight(judge_sight(folder, names, *confinement, after), expected, complaints);
               expect_sight(judge_sight(folder, {}, *confinement, after), expected, complaints);
               expect_sight(judge_sight(inside, names, *confinement, after), expected, complaints);
             }) == "");
}

BOOST_AUTO_TEST_CASE(another_place_that_is_hidden_counts_no_more) {
  const ScratchFolder scratch;
  scratch.file("secrets/key");
  scratch.file("other/key");
  const std::string inside = scratch.folder("kept/inside");
  BOOST_TEST(in_child([&](Complaints& complaints) {
               blindfold::support::own_mounts();
               for (const char* shown : {"secrets", "other"}) {
                 complaints.expect(::mount((scratch / shown).c_str(), inside.c_str(), nullptr,
                                           MS_BIND, nullptr) == 0,
                                   "mounted");
               }
               const auto confinement =
                   blindfold::sandbox::confine(Plan{{scratch / "kept", "/proc"}, {}, {}});
               const Sight sight = judge_sight(scratch / "secrets", std::vector<std::string>{"key"},
                                               *confinement, MountViews::read().value());
               complaints.expect(sight.level == self, in_words(sight));
             }) == "");
}

BOOST_AUTO_TEST_CASE(only_a_refusal_is_a_refusal) {
  const ScratchFolder scratch;
  const std::string key = scratch.file("secrets/key", 0400);
  BOOST_TEST(in_child_as_nobody([&](Complaints& complaints) {
               refuse_call(SYS_faccessat2, EPERM);  // as filters older than the call did
               const Sight sight = judge_sight(scratch / "secrets", std::vector<std::string>{"key"},
                                               Confinement{}, {});
               expect_sight(sight, {none, SightReason::readable_file, key}, complaints);
             }) == "");
}

BOOST_AUTO_TEST_CASE(what_is_mounted_read_only_cannot_be_replaced) {
  const ScratchFolder scratch;
  scratch.file("secrets/key", 0400);
  const std::string secrets = scratch.folder("secrets", 0777);
  BOOST_TEST(in_child([&](Complaints& complaints) {
               blindfold::support::own_mounts();
               complaints.expect(
                   ::mount(secrets.c_str(), secrets.c_str(), nullptr, MS_BIND, nullptr) == 0 &&
                       ::mount("none", secrets.c_str(), nullptr, MS_BIND | MS_REMOUNT | MS_RDONLY,
                               nullptr) == 0,
                   "mounted");
               complaints.expect(::setresgid(nobody, nobody, nobody) == 0 &&
                                     ::setresuid(nobody, nobody, nobody) == 0,
                                 "become nobody");
               const Sight sight =
                   confined_judgement(Plan{}, Landlock::on, secrets, {"key"}, complaints);
               expect_sight(sight, {kernel, SightReason::none, ""}, complaints);
             }) == "");
}

BOOST_AUTO_TEST_CASE(what_is_missing_is_judged_by_landlock_alone) {
  const ScratchFolder scratch;
  const std::string folder = scratch.folder("secrets");
  BOOST_TEST(in_child_as_nobody([&](Complaints& complaints) {
               const Sight sight =
                   confined_judgement(Plan{}, Landlock::on, folder, {"key"}, complaints);
               expect_sight(sight, {self, SightReason::none, ""}, complaints);
             }) == "");
}

BOOST_AUTO_TEST_CASE(without_landlock_what_is_missing_says_so) {
  const ScratchFolder scratch;
  for (const std::string& folder : {scratch.folder("secrets"), scratch / "later/on"}) {
    for (const std::vector<std::string>& names : {std::vector<std::string>{"key"}, {}}) {
      BOOST_TEST(in_child_as_nobody([&](Complaints& complaints) {
                   const Sight sight =
                       confined_judgement(Plan{}, Landlock::off, folder, names, complaints);
                   expect_sight(sight, {none, SightReason::no_landlock, ""}, complaints);
                 }) == "");
      BOOST_TEST(in_child_as_nobody([&](Complaints& complaints) {
                   const Sight sight = confined_judgement(Plan{{scratch.path()}, {}, {}},
                                                          Landlock::on, folder, names, complaints);
                   expect_sight(sight, {none, SightReason::beneath_kept_folder, scratch.path()},
                                complaints);
                 }) == "");
    }
  }
}

BOOST_AUTO_TEST_CASE(behind_a_folder_that_may_not_be_searched_landlock_decides) {
  const ScratchFolder scratch;
  scratch.file("secrets/key", 0644);
  scratch.folder("secrets", 0700);
  BOOST_TEST(in_child_as_nobody([&](Complaints& complaints) {
               const Sight sight = confined_judgement(Plan{}, Landlock::on, scratch / "secrets",
                                                      {"key"}, complaints);
               expect_sight(sight, {self, SightReason::none, ""}, complaints);
             }) == "");
}

BOOST_AUTO_TEST_CASE(a_requirement_is_its_worst_key) {
  const ScratchFolder scratch;
  scratch.file("secrets/good", 0400);
  const std::string bad = scratch.file("secrets/bad", 0644);
  BOOST_TEST(in_child_as_nobody([&](Complaints& complaints) {
               const Sight sight = confined_judgement(Plan{}, Landlock::on, scratch / "secrets",
                                                      {"good", "bad", "good"}, complaints);
               expect_sight(sight, {self, SightReason::readable_file, bad}, complaints);
             }) == "");
}

BOOST_AUTO_TEST_CASE(the_worst_of_several) {
  const Sight good{kernel, SightReason::none, ""};
  const Sight middling{self, SightReason::readable_file, "/a"};
  const Sight bad{none, SightReason::hard_linked, "/b"};
  const Sight as_bad{none, SightReason::no_landlock, ""};
  BOOST_TEST((worst(std::vector{good, bad, middling, as_bad}) == bad));
  BOOST_TEST((worst(std::vector{good, middling}) == middling));
  BOOST_TEST((worst(std::vector{good}) == good));
  BOOST_TEST((worst(std::vector<Sight>{}) == Sight{}));
}

BOOST_AUTO_TEST_SUITE_END()
