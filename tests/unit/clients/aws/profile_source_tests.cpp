#include <boost/test/unit_test.hpp>
#include <chrono>
#include <string>
#include <string_view>
#include <variant>

#include "clients/aws/chain_place.hpp"
#include "unit/clients/aws/home.hpp"

using namespace std::chrono_literals;
using namespace blindfold::aws;
using blindfold::aws::test::error_of;
using blindfold::aws::test::failure_of;
using blindfold::aws::test::Home;
using blindfold::aws::test::taken;
using blindfold::aws::test::text_of;
using blindfold::model::CredentialFailure;
using blindfold::model::CredentialPlace;
using blindfold::model::CredentialTrouble;

namespace {

constexpr std::string_view keys = "aws_access_key_id = AKID\naws_secret_access_key = secret\n";
constexpr std::string_view role = "role_arn = arn:aws:iam::123456789012:role/agent\n";

struct Person : Home {
  void say(std::string_view profile, std::string_view first, std::string_view second = {}) {
    text += (profile == "default" ? "[" : "[profile ") + std::string(profile) + "]\n" +
            std::string(first) + std::string(second) + '\n';
    config(text);
  }
  [[nodiscard]] auto place() const { return profile_source(environment, profiles()); }
  /// What is wrong, behind the file's name.
  [[nodiscard]] std::string wrong() const {
    const std::string what = error_of(place());
    const std::string file = this->file(".aws/config");
    BOOST_TEST(what.starts_with(file));
    return what.substr(std::min(file.size(), what.size()));
  }

  std::string text;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(profile_source_tests)

BOOST_FIXTURE_TEST_CASE(a_profile_that_says_nothing_has_none, Person) {
  BOOST_CHECK((failure_of(place()) ==
               CredentialFailure{CredentialPlace::profile, CredentialTrouble::not_set, "default"}));
  say("x", "region = a\n");
  environment["AWS_PROFILE"] = "x";
  BOOST_TEST(failure_of(place()).subject == "x");
}

BOOST_FIXTURE_TEST_CASE(keys_of_the_credentials_file_count_before_those_of_the_config_file,
                        Person) {
  say("default", keys);
  auto found = taken<ProfileKeys>(place());
  BOOST_TEST(found.credentials.access_key_id == "AKID");
  BOOST_TEST(text_of(found.credentials.secret_access_key) == "secret");
  BOOST_TEST(found.profile == "default");
  BOOST_TEST(found.file == file(".aws/config"));
  BOOST_CHECK(found.kind == SharedFile::config);
  credentials("[default]\naws_access_key_id = OTHER\naws_secret_access_key = x\n");
  found = taken<ProfileKeys>(place());
  BOOST_TEST(found.credentials.access_key_id == "OTHER");
  BOOST_TEST(found.file == file(".aws/credentials"));
  BOOST_CHECK(found.kind == SharedFile::credentials);
}

BOOST_FIXTURE_TEST_CASE(a_process_counts_between_the_two_files, Person) {
  say("default", keys, "credential_process = \"/opt/my keys\" --for 'a b'\n");
  const auto process = taken<Process>(place());
  BOOST_TEST(process.name == "credential process");
  BOOST_TEST(process.arguments == (std::vector<std::string>{"/opt/my keys", "--for", "a b"}));
  credentials("[default]\n" + std::string(keys));
  BOOST_TEST(taken<ProfileKeys>(place()).file == file(".aws/credentials"));
}

BOOST_FIXTURE_TEST_CASE(a_process_is_a_command_line, Person) {
  say("default", "credential_process = 'x\n");
  BOOST_TEST(wrong() == ":2: `credential_process` is no command line");
}

BOOST_FIXTURE_TEST_CASE(a_role_is_taken_with_another_profiles_keys, Person) {
  say("default", role,
      "source_profile = base\nexternal_id = e\nrole_session_name = s1\nduration_seconds = 900\n");
  say("base", keys);
  const auto assumed = taken<AssumedRole>(place());
  BOOST_TEST(assumed.role_arn == "arn:aws:iam::123456789012:role/agent");
  BOOST_TEST(assumed.external_id == "e");
  BOOST_TEST(assumed.session_name == "s1");
  BOOST_CHECK(assumed.duration == 900s);
  BOOST_TEST(std::get<ProfileKeys>(assumed.source->kind).profile == "base");
}

BOOST_FIXTURE_TEST_CASE(roles_follow_from_one_another, Person) {
  say("default", role, "source_profile = a\n");
  say("a", role, "source_profile = b\n");
  say("b", "web_identity_token_file = ~/token\n", role);
  const auto first = taken<AssumedRole>(place());
  BOOST_TEST(first.session_name == "blindfold");
  BOOST_CHECK(!first.duration);
  const auto& second = std::get<AssumedRole>(first.source->kind);
  const auto& identity = std::get<WebIdentity>(second.source->kind);
  BOOST_TEST(identity.profile == "b");
  BOOST_TEST(identity.token_file == file("token"));
}

BOOST_FIXTURE_TEST_CASE(a_profile_with_keys_may_be_its_own_source, Person) {
  say("default", keys, std::string(role) + "source_profile = default\n");
  BOOST_TEST(std::get<ProfileKeys>(taken<AssumedRole>(place()).source->kind).profile == "default");
}

BOOST_FIXTURE_TEST_CASE(keys_of_a_source_count_before_its_own_role, Person) {
  say("default", role, "source_profile = a\n");
  say("a", keys, std::string(role) + "source_profile = b\n");
  BOOST_TEST(std::get<ProfileKeys>(taken<AssumedRole>(place()).source->kind).profile == "a");
}

BOOST_FIXTURE_TEST_CASE(a_chain_that_leads_back_is_refused, Person) {
  say("default", role, "source_profile = a\n");
  say("a", role, "source_profile = default\n");
  BOOST_TEST(wrong() == ":7: this `source_profile` leads back to where it came from");
}

BOOST_FIXTURE_TEST_CASE(a_profile_without_keys_is_not_its_own_source, Person) {
  say("default", role, "source_profile = default\n");
  BOOST_TEST(wrong() == ":3: this `source_profile` leads back to where it came from");
  say("default", "credential_process = /bin/keys\n");
  BOOST_TEST(wrong() == ":3: this `source_profile` leads back to where it came from");
}

BOOST_FIXTURE_TEST_CASE(a_chain_has_ten_profiles_at_most, Person) {
  say("default", role, "source_profile = 1\n");
  for (int i = 1; i < 11; ++i) {
    say(std::to_string(i), role, "source_profile = " + std::to_string(i + 1) + '\n');
  }
  say("11", keys);
  BOOST_TEST(wrong().ends_with(": more profiles than 10 follow from one another here"));
}

BOOST_FIXTURE_TEST_CASE(a_role_says_whose_credentials_take_it, Person) {
  say("default", role);
  BOOST_TEST(wrong() == ":2: `role_arn` has no `source_profile` and no `credential_source`");
  say("default", "source_profile = a\n");
  BOOST_TEST(wrong() == ":5: there is no profile \"a\"");
  say("a", "region = x\n");
  BOOST_TEST(wrong() == ":2: the role's source has no credentials");
  say("default", "credential_source = Environment\n");
  BOOST_TEST(wrong() == ":11: there is a `source_profile` as well as a `credential_source`");
}

BOOST_FIXTURE_TEST_CASE(a_role_can_be_taken_with_another_places_credentials, Person) {
  say("default", role, "credential_source = Ec2InstanceMetadata\n");
  const auto of_instance = taken<AssumedRole>(place());
  BOOST_TEST(std::holds_alternative<Instance>(of_instance.source->kind));
  environment["AWS_EC2_METADATA_DISABLED"] = "true";
  BOOST_TEST(wrong() == ":3: `credential_source` names a place that has no credentials");
  say("default", "credential_source = EcsContainer\n");
  BOOST_TEST(wrong() == ":6: `credential_source` names a place that has no credentials");
  environment["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] = "/x";
  BOOST_TEST(std::holds_alternative<Container>(taken<AssumedRole>(place()).source->kind));
  say("default", "credential_source = Environment\n");
  environment["AWS_ACCESS_KEY_ID"] = "AKID";
  environment["AWS_SECRET_ACCESS_KEY"] = "x";
  BOOST_TEST(std::holds_alternative<EnvironmentKeys>(taken<AssumedRole>(place()).source->kind));
  say("default", "credential_source = Pocket\n");
  BOOST_TEST(wrong() == ":12: `credential_source` is none that there is");
}

BOOST_FIXTURE_TEST_CASE(what_sts_or_a_person_would_refuse_is_refused, Person) {
  say("default", "role_arn = agent\n");
  BOOST_TEST(wrong() == ":2: `role_arn` is no role's ARN");
  say("default", role, "duration_seconds = 60\n");
  BOOST_TEST(wrong() == ":6: `duration_seconds` is not from 900 to 43200");
  say("default", "mfa_serial = arn:aws:iam::1:mfa/x\n");
  BOOST_TEST(wrong() == ":9: `mfa_serial` asks for a code, and nobody could type one");
  say("default", "role_session_name = x\n");
  BOOST_TEST(wrong() == ":5: `role_session_name` is no name that STS takes");
}

BOOST_FIXTURE_TEST_CASE(a_web_identity_needs_its_role, Person) {
  say("default", "web_identity_token_file = /t\n");
  BOOST_TEST(wrong() == ":2: `web_identity_token_file` needs a `role_arn` beside it");
}

BOOST_FIXTURE_TEST_CASE(a_sign_in_is_where_aws_sso_login_left_it, Person) {
  text = "[sso-session acme]\nsso_region = eu-west-1\nsso_start_url = https://x/start\n";
  say("default", "sso_session = acme\nsso_account_id = 123\nsso_role_name = reader\n");
  const auto sign_in = taken<SingleSignOn>(place());
  // sha1sum of "acme", and of the URL below.
  BOOST_TEST(sign_in.cache_file ==
             file(".aws/sso/cache/293abb6b76d7791c0732cc517d38c4b5c734b87f.json"));
  BOOST_TEST(sign_in.region == "eu-west-1");
  BOOST_TEST(sign_in.account_id == "123");
  BOOST_TEST(sign_in.role_name == "reader");
}

BOOST_FIXTURE_TEST_CASE(a_sign_in_of_the_older_form_is_named_by_its_address, Person) {
  say("default", "sso_start_url = https://acme.awsapps.com/start\nsso_region = us-east-1\n",
      "sso_account_id = 123\nsso_role_name = reader\n");
  BOOST_TEST(taken<SingleSignOn>(place()).cache_file ==
             file(".aws/sso/cache/40169cea58ca6cbf23fb27b2542923fb5f524af0.json"));
}

BOOST_FIXTURE_TEST_CASE(a_sign_in_is_whole, Person) {
  say("default", "sso_account_id = 123\nsso_session = acme\n");
  BOOST_TEST(wrong() == ":2: there is no `[sso-session acme]`");
  text += "[sso-session acme]\nsso_region = a\nsso_start_url = b\n";
  say("x", "");
  BOOST_TEST(wrong() ==
             ":2: a sign-in needs `sso_account_id`, `sso_role_name`, `sso_start_url` "
             "and `sso_region`");
  say("default", "sso_role_name = r\n");
  BOOST_TEST(taken<SingleSignOn>(place()).region == "a");
}

BOOST_AUTO_TEST_SUITE_END()
