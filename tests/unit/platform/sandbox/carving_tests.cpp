// Kept folders above guarded ones, links and mounts between them.
#include <sys/mount.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>

#include "platform/sandbox/keeper.hpp"
#include "platform/sandbox/walker.hpp"
#include "support/scratch_folder.hpp"
#include "unit/platform/sandbox/attempts.hpp"

using blindfold::base::ErrorKind;
using blindfold::sandbox::check;
using blindfold::sandbox::Confinement;
using blindfold::sandbox::Plan;
using blindfold::sandbox::Walker;
using blindfold::support::Complaints;
using blindfold::support::in_child;
using blindfold::support::in_child_as_nobody;
using blindfold::support::Partner;
using blindfold::support::ScratchFolder;
using namespace blindfold::sandbox::test;

namespace {

std::optional<std::string> kept_above(const Confinement& confinement, const std::string& path) {
  Walker walker;
  return confinement.kept_above(walker.walk(path).ids());
}

void bind_mount(const std::string& from, const std::string& to) {
  if (::mount(from.c_str(), to.c_str(), nullptr, MS_BIND, nullptr) != 0) {
    throw std::runtime_error("mount");
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(carving_tests)

BOOST_AUTO_TEST_CASE(a_secret_beneath_the_configurations_folder) {
  const ScratchFolder scratch;
  const std::string setting = scratch.file("settings/agent.yaml");
  const std::string other = scratch.file("settings/manifests/one.yaml");
  const std::string deep = scratch.file("settings/app/settings.yaml");
  const std::string secret = scratch.file("settings/app/secrets/password");
  const std::string deeper = scratch.file("settings/app/secrets/..data/password");
  for (const auto& run : {in_child, in_child_as_nobody}) {
    BOOST_TEST(run([&](Complaints& complaints) {
                 const Confinement confinement = confine_or_complain(
                     plan_with({scratch / "settings"}, {}, {scratch / "settings/app/secrets"}),
                     complaints);
                 complaints.expect(try_open(secret) == EACCES, "refused");
                 complaints.expect(try_open(deeper) == EACCES, "so is what is beneath");
                 complaints.expect(!kept_above(confinement, secret), "said to be refused");
                 complaints.expect(try_open(setting) == 0, "the configuration is kept");
                 complaints.expect(try_open(other) == 0, "folders beside it are");
                 complaints.expect(try_open(deep) == 0, "on each level");
                 complaints.expect(kept_above(confinement, other) == scratch / "settings/manifests",
                                   "and said to be");
                 complaints.expect(confinement.carved() ==
                                       std::vector{scratch / "settings", scratch / "settings/app"},
                                   "it says what was carved");
               }) == "");
  }
}

BOOST_AUTO_TEST_CASE(a_secret_beneath_etc) {
  const ScratchFolder scratch;
  const std::string etc = scratch.folder("etc");
  const std::string secret = scratch.file("etc/app/password");
  scratch.file("etc/hosts");
  BOOST_TEST(in_child([&](Complaints& complaints) {
               blindfold::support::own_mounts();
               bind_mount(etc, "/etc");
               const Confinement confinement =
                   confine_or_complain(plan_with({}, {}, {"/etc/app"}), complaints);
               complaints.expect(try_open("/etc/app/password") == EACCES, "refused");
               complaints.expect(try_open(secret) == EACCES, "by its other path too");
               complaints.expect(try_open("/etc/hosts") == 0, "/etc/hosts is kept");
               complaints.expect(confinement.carved() == std::vector<std::string>{"/etc"},
                                 "/etc was carved");
             }) == "");
}

BOOST_AUTO_TEST_CASE(a_folder_that_does_not_exist_yet) {
  const ScratchFolder scratch;
  const std::string setting = scratch.file("settings/agent.yaml");
  const std::string deep = scratch.file("settings/app/settings.yaml");
  const std::string secret = scratch / "settings/app/new/secrets/password";
  BOOST_TEST(in_child([&](Complaints& complaints) {
               Partner partner([&] {
                 scratch.file("settings/app/new/secrets/password");
                 scratch.file("settings/app/new/beside");
               });
               const Confinement confinement = confine_or_complain(
                   plan_with({scratch / "settings"}, {}, {scratch / "settings/app/new/secrets"}),
                   complaints);
               partner.run();
               complaints.expect(try_open(secret) == EACCES, "refused once it is there");
               complaints.expect(!kept_above(confinement, secret), "and said to be");
               complaints.expect(try_open(setting) == 0, "the configuration is kept");
               complaints.expect(try_open(deep) == 0, "what was beside it then as well");
               complaints.expect(try_open(scratch / "settings/app/new/beside") == EACCES,
                                 "what came later beside it is not");
             }) == "");
}

BOOST_AUTO_TEST_CASE(a_file_where_the_folder_is_to_be) {
  const ScratchFolder scratch;
  const std::string in_the_way = scratch.file("settings/secrets");
  BOOST_TEST(in_child([&](Complaints& complaints) {
               const Confinement confinement = confine_or_complain(
                   plan_with({scratch / "settings"}, {}, {scratch / "settings/secrets/app"}),
                   complaints);
               complaints.expect(try_open(in_the_way) == EACCES, "not kept");
               complaints.expect(confinement.carved() == std::vector{scratch / "settings"},
                                 "and no folder that was carved");
             }) == "");
}

BOOST_AUTO_TEST_CASE(symbolic_links_on_the_way) {
  const ScratchFolder scratch;
  const std::string secret = scratch.file("settings/volumes/one/password");
  scratch.folder("run");
  std::filesystem::create_symlink("../settings/volumes/one", scratch / "run/secrets");
  std::filesystem::create_symlink(scratch / "settings", scratch / "link");
  std::filesystem::create_symlink(scratch / "settings/later", scratch / "run/dangling");
  const std::string setting = scratch.file("settings/agent.yaml");
  BOOST_TEST(
      in_child([&](Complaints& complaints) {
        Partner partner([&] { scratch.file("settings/later/password"); });
        confine_or_complain(
            plan_with({scratch / "link"}, {}, {scratch / "run/secrets", scratch / "run/dangling"}),
            complaints);
        partner.run();
        complaints.expect(try_open(setting) == 0, "kept by a link's name");
        complaints.expect(try_open(secret) == EACCES, "guarded by a link's name");
        complaints.expect(try_open(scratch / "run/secrets/password") == EACCES, "by either name");
        complaints.expect(try_open(scratch / "run/dangling/password") == EACCES,
                          "guarded where a dangling link leads");
      }) == "");
}

BOOST_AUTO_TEST_CASE(a_kept_folder_that_is_guarded_or_beneath_one) {
  const ScratchFolder scratch;
  const std::string secret = scratch.file("secrets/..1/password");
  const std::string token = scratch.file("secrets/token");
  BOOST_TEST(in_child([&](Complaints& complaints) {
               const Confinement confinement =
                   confine_or_complain(plan_with({scratch / "secrets", scratch / "secrets/..1"}, {},
                                                 {scratch / "secrets"}),
                                       complaints);
               complaints.expect(try_open(token) == EACCES, "not kept where it is guarded");
               complaints.expect(try_open(secret) == EACCES, "nor beneath");
               complaints.expect(!kept_above(confinement, secret), "and said not to be");
             }) == "");
}

BOOST_AUTO_TEST_CASE(a_folder_kept_for_writing_is_no_requirements) {
  const ScratchFolder scratch;
  scratch.file("state/secrets/password");
  std::filesystem::create_symlink(scratch / "state", scratch / "link");
  const auto kind = [](const std::string& writable, const std::string& guarded) {
    const auto checked = check(Plan{{}, {writable}, {guarded}});
    return checked ? std::optional<ErrorKind>() : checked.error().kind;
  };
  const std::string there = scratch / "state/secrets";
  BOOST_TEST((kind(there, there) == ErrorKind::configuration));
  BOOST_TEST((kind(scratch / "state", there) == ErrorKind::configuration));
  BOOST_TEST((kind("/", there) == ErrorKind::configuration));
  BOOST_TEST((kind(scratch / "link", there) == ErrorKind::configuration));
  BOOST_TEST((kind(scratch / "state", scratch / "link/secrets") == ErrorKind::configuration));
  BOOST_TEST((kind(scratch / "state", scratch / "state/a/b") == ErrorKind::configuration));
  BOOST_TEST((kind(scratch / "new", scratch / "new") == ErrorKind::configuration));
  BOOST_TEST((kind(scratch / "new", scratch / "new/../new/a") == ErrorKind::configuration));
  BOOST_TEST((kind(scratch / "new/a", scratch / "new/a/b") == ErrorKind::configuration));
  BOOST_TEST(!kind(scratch / "new/b", scratch / "new/a").has_value());
  BOOST_TEST(!kind(scratch / "new/a/b", scratch / "new/a").has_value());
  BOOST_TEST(!kind(scratch.folder("state/own"), there).has_value());
  BOOST_TEST(!kind(scratch.folder("state/secrets/own"), there).has_value());
  const auto error = check(Plan{{}, {scratch / "state"}, {there}}).error();
  BOOST_TEST(error.what.contains("\"" + scratch / "state" + "\""));
  BOOST_TEST(error.what.contains("\"" + there + "\""));
  BOOST_TEST(!error.hint.empty());
}

BOOST_AUTO_TEST_CASE(confine_refuses_such_a_folder_and_gives_nothing_up) {
  const ScratchFolder scratch;
  const std::string secret = scratch.file("state/secrets/password");
  BOOST_TEST(in_child([&](Complaints& complaints) {
               const auto confinement = blindfold::sandbox::confine(
                   Plan{{}, {scratch / "state"}, {scratch / "state/secrets"}});
               complaints.expect(
                   !confinement && confinement.error().kind == ErrorKind::configuration, "refused");
               complaints.expect(try_open(secret) == 0, "and nothing was given up");
             }) == "");
}

BOOST_AUTO_TEST_CASE(a_writable_folder_beneath_a_guarded_one_stays) {
  const ScratchFolder scratch;
  const std::string secret = scratch.file("app/password");
  const std::string state = scratch.folder("app/state");
  BOOST_TEST(in_child([&](Complaints& complaints) {
               confine_or_complain(plan_with({}, {state}, {scratch / "app"}), complaints);
               complaints.expect(try_open(secret) == EACCES, "the secret is refused");
               complaints.expect(try_open(state + "/a", O_RDWR | O_CREAT) == 0, "state is kept");
             }) == "");
}

BOOST_AUTO_TEST_CASE(a_secret_bind_mounted_into_a_kept_folder_afterwards_is_said) {
  const ScratchFolder scratch;
  const std::string secret = scratch.file("secrets/password");
  const std::string inside = scratch.folder("settings/inside");
  BOOST_TEST(in_child([&](Complaints& complaints) {
               blindfold::support::own_mounts();
               Partner partner([&] { bind_mount(scratch / "secrets", inside); });
               const Confinement confinement = confine_or_complain(
                   plan_with({scratch / "settings"}, {}, {scratch / "secrets", inside + "/a"}),
                   complaints);
               complaints.expect(!kept_above(confinement, secret), "covered at first");
               partner.run();
               complaints.expect(try_open(inside + "/password") == EACCES,
                                 "a mount on a guarded folder is not kept");
               complaints.expect(!kept_above(confinement, inside + "/password"), "nor said to be");
             }) == "");
  BOOST_TEST(
      in_child([&](Complaints& complaints) {
        blindfold::support::own_mounts();
        Partner partner([&] { bind_mount(scratch / "secrets", inside); });
        const Confinement confinement = confine_or_complain(
            plan_with({scratch / "settings"}, {}, {scratch / "secrets"}), complaints);
        partner.run();
        complaints.expect(try_open(secret) == EACCES, "its own path is refused");
        complaints.expect(try_open(inside + "/password") == 0, "the kernel lets it in there");
        complaints.expect(kept_above(confinement, inside + "/password") == scratch / "settings",
                          "which is said");
      }) == "");
}

BOOST_AUTO_TEST_CASE(a_guarded_folder_mounted_elsewhere_is_guarded_there) {
  const ScratchFolder scratch;
  const std::string secret = scratch.file("volumes/one/password");
  scratch.file("volumes/one/part/key");
  const std::string inside = scratch.folder("settings/inside");
  const std::string part_inside = scratch.folder("settings/part");
  const std::string sub_path = scratch.file("settings/sub-path");
  const std::string setting = scratch.file("settings/agent.yaml");
  BOOST_TEST(in_child([&](Complaints& complaints) {
               blindfold::support::own_mounts();
               bind_mount(scratch / "volumes", inside);
               bind_mount(scratch / "volumes/one/part", part_inside);
               bind_mount(secret, sub_path);
               confine_or_complain(plan_with({scratch / "settings"}, {}, {scratch / "volumes/one"}),
                                   complaints);
               complaints.expect(try_open(secret) == EACCES, "refused");
               complaints.expect(try_open(inside + "/one/password") == EACCES, "by a mount above");
               complaints.expect(try_open(part_inside + "/key") == EACCES, "by a mount of a part");
               complaints.expect(try_open(sub_path) == EACCES, "by a mount of the file");
               complaints.expect(try_open(setting) == 0, "the configuration is kept");
             }) == "");
}

BOOST_AUTO_TEST_CASE(the_root_can_be_kept_and_carved) {
  const ScratchFolder scratch;
  const std::string secret = scratch.file("secrets/password");
  const std::string other = scratch.file("other");
  BOOST_TEST(in_child([&](Complaints& complaints) {
               confine_or_complain(Plan{{"/"}, {}, {scratch / "secrets"}}, complaints);
               complaints.expect(try_open(secret) == EACCES, "refused");
               complaints.expect(try_open(other) == 0, "beside it kept");
               complaints.expect(try_open("/etc/passwd") == 0, "the rest kept");
             }) == "");
}

BOOST_AUTO_TEST_CASE(too_many_children_are_an_error) {
  const ScratchFolder scratch;
  scratch.folder("settings/secrets");
  for (std::size_t i = 0; i <= blindfold::sandbox::Keeper::max_kept; ++i) {
    std::ofstream(scratch / "settings/" + std::to_string(i));
  }
  BOOST_TEST(in_child([&](Complaints& complaints) {
               const auto confinement = blindfold::sandbox::confine(
                   Plan{{scratch / "settings"}, {}, {scratch / "settings/secrets"}});
               complaints.expect(!confinement && confinement.error().kind == ErrorKind::limit,
                                 "a limit");
               complaints.expect(try_open("/etc/shadow") == 0, "and nothing was given up");
             }) == "");
}

BOOST_AUTO_TEST_SUITE_END()
