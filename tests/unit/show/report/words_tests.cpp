#include "show/report/words.hpp"

#include <boost/test/unit_test.hpp>
#include <cerrno>

using namespace blindfold;
using report::describe;

namespace {

std::string words(const model::Detail& detail) {
  return describe(detail);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(words_tests)

BOOST_AUTO_TEST_CASE(a_denied_folder_has_mode_owner_and_what_to_do) {
  BOOST_TEST(words(model::FolderDenied{"/s", 0700, 1000, 1001, false}) ==
             "the agent's user may not search folder \"/s\" (mode 0700, owner 1000, group 1001): "
             "allow it with chmod o+x, or with chmod g+x where its user is in the group");
  BOOST_TEST(words(model::FolderDenied{"/s", 01711, 0, 0, true}) ==
             "the agent's user may not list folder \"/s\" (mode 1711, owner 0, group 0): "
             "allow it with chmod o+r, or name the keys");
}

BOOST_AUTO_TEST_CASE(a_near_miss_is_asked_for) {
  BOOST_TEST(words(model::KeyMissing{"tls.key", "tls.kay"}) ==
             "\"tls.key\" is missing; did you mean \"tls.kay\"?");
  BOOST_TEST(words(model::KeyMissing{"tls.key", ""}) == "\"tls.key\" is missing");
}

BOOST_AUTO_TEST_CASE(what_is_never_updated_says_restart) {
  BOOST_TEST(words(model::NeverUpdated{"key"}) ==
             "\"key\" is mounted by subPath, which kubelet never updates: a rotation needs a "
             "restart of the pod");
}

BOOST_AUTO_TEST_CASE(polling_names_the_limit) {
  BOOST_TEST(words(model::Polled{model::PollingReason::watch_limit}) ==
             "looked at every few seconds, since fs.inotify.max_user_watches is reached; raise "
             "it with sysctl");
  BOOST_TEST(words(model::Polled{model::PollingReason::instance_limit})
                 .contains("fs.inotify.max_user_instances"));
  BOOST_TEST(words(model::Polled{model::PollingReason::no_events}) ==
             "looked at every few seconds, since its file system tells of no changes");
  BOOST_TEST(words(model::Polled{model::PollingReason::listing_denied}).contains("chmod o+r"));
}

BOOST_AUTO_TEST_CASE(refused_sight_says_both_and_why) {
  const model::Sight own{model::SightLevel::none, model::SightReason::no_landlock, ""};
  BOOST_TEST(words(model::SightRefused{own, model::RequiredSight::enforced})
                 .starts_with("not looked at: sight is none and require-sight asks for enforced "
                              "(the agent's account can read the value: this kernel has no "
                              "Landlock"));
}

BOOST_AUTO_TEST_CASE(each_detail_is_lower_case_without_a_stop) {
  const model::Details details{
      model::FolderMissing{"/s"},
      model::NotAFolder{"/s"},
      model::FolderDenied{"/s", 0, 0, 0, false},
      model::KeyMissing{"k", ""},
      model::KeyEmpty{"k"},
      model::KeyNotAFile{"k"},
      model::KeyDenied{"k"},
      model::NoEntries{},
      model::NeverUpdated{"k"},
      model::Polled{model::PollingReason::no_events},
      model::SightRefused{{}, model::RequiredSight::self},
      model::LookFailed{"/s", EACCES},
      model::LookTimedOut{"/s"},
      model::SecretMissing{"n", "s", "", ""},
      model::NamespaceMissing{"n"},
      model::SecretEmpty{},
      model::KeysTooFew{1, 2},
      model::KeysNotChecked{},
      model::KeyMissedByPods{"k"},
      model::SecretType{"", "Opaque"},
      model::BeingDeleted{},
      model::RotationUnseen{},
      model::PermissionMissing{"update", "secrets", "n", "s"},
      model::AdmissionRefused{model::AdmissionRefused::By::policy, "p"},
      model::ApiFailed{model::ApiTrouble::timed_out, "s", 0},
      model::NamespaceRefused{"n"},
      model::AwsMissing{model::StoreKind::aws_secrets_manager, "r", "s", "", ""},
      model::NoCurrentVersion{},
      model::ValueNotChecked{"a"},
      model::ScheduledForDeletion{},
      model::ParameterType{"String", "SecureString"},
      model::ActionDenied{"a", "r", "s"},
      model::RegionMissing{},
      model::TooManyPages{"ssm:DescribeParameters", 100},
      model::CredentialsMissing{{}},
      model::ServiceFailed{model::ApiTrouble::timed_out, "s", 0},
  };
  BOOST_TEST(details.size() == std::variant_size_v<model::Detail>);
  for (std::size_t i = 0; i < details.size(); ++i) {
    BOOST_TEST(details[i].index() == i);
    const std::string text = describe(details[i]);
    BOOST_TEST_CONTEXT(text) {
      BOOST_TEST(text.size() > 5U);
      BOOST_TEST(!text.ends_with('.'));
      BOOST_TEST((text.front() == '"' || (text.front() >= 'a' && text.front() <= 'z')));
    }
  }
}

BOOST_AUTO_TEST_CASE(details_are_joined) {
  BOOST_TEST(describe(model::Details{model::KeyEmpty{"a"}, model::KeyMissing{"b", ""}}) ==
             "\"a\" is empty; \"b\" is missing");
  BOOST_TEST(describe(model::Details{}) == "");
}

BOOST_AUTO_TEST_CASE(sight_none_says_plainly_that_the_value_can_be_read) {
  const std::string plain = "the agent's account can read the value: ";
  BOOST_TEST(describe(model::Sight{model::SightLevel::none, {}, {}}) ==
             plain + "agent permissions prints how to change that");
  BOOST_TEST(describe(model::Sight{model::SightLevel::none, model::SightReason::beneath_kept_folder,
                                   "/etc"}) ==
             plain +
                 "the agent has to go on reading \"/etc\": move the credential to a folder "
                 "that is not beneath it");
}

BOOST_AUTO_TEST_CASE(a_better_sight_has_its_reason_only) {
  BOOST_TEST(describe(model::Sight{model::SightLevel::kernel, {}, {}}) == "");
  BOOST_TEST(describe(model::Sight{model::SightLevel::self, model::SightReason::own_file, ""}) ==
             "the file belongs to the agent's own user, who may change its mode: give it another "
             "owner");
  for (const model::SightReason reason :
       {model::SightReason::own_file, model::SightReason::readable_file,
        model::SightReason::writable_folder, model::SightReason::hard_linked,
        model::SightReason::no_landlock, model::SightReason::beneath_kept_folder}) {
    BOOST_TEST(!describe(model::Sight{model::SightLevel::self, reason, "/x"}).empty());
  }
}

BOOST_AUTO_TEST_CASE(names_cannot_act_or_deceive) {
  BOOST_TEST(report::quoted("a\" is fine; \"b\\") == R"("a\" is fine; \"b\\")");
  BOOST_TEST(words(model::KeyMissing{"\x1b[2J\n", "\u202e"}) ==
             R"("\x1b[2J\x0a" is missing; did you mean "\u{202e}"?)");
}

BOOST_AUTO_TEST_CASE(a_place_has_its_store) {
  BOOST_TEST(describe(model::Locator(model::DirectoryLocator{"/var/lib/app", {"a"}})) ==
             "directory /var/lib/app");
  BOOST_TEST(describe(model::Locator(model::KubernetesLocator{
                 .name_space = "app", .secret = "db", .keys = {}})) == "kubernetes app/db");
}

BOOST_AUTO_TEST_SUITE_END()
