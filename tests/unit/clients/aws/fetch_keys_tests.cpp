#include "clients/aws/fetch_keys.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

#include "unit/clients/aws/fetch_fixture.hpp"

using namespace blindfold::aws;
using namespace blindfold::aws::test;
using blindfold::model::CredentialPlace;
using blindfold::model::CredentialTrouble;

namespace {

class KeysFixture : public FetchFixture {
 public:
  void begin(bool again) {
    fetch = fetch_profile_keys(loop(), keys, again, CredentialPlace::profile, taking());
  }
  void write(const std::string& id) const {
    scratch.write("credentials",
                  "[x]\naws_access_key_id = " + id + "\naws_secret_access_key = s\n");
  }

  ProfileKeys keys{.credentials = {.access_key_id = "OLD", .secret_access_key = secret_of("old")},
                   .profile = "x",
                   .file = scratch / "credentials",
                   .kind = SharedFile::credentials};
};

}  // namespace

BOOST_AUTO_TEST_SUITE(fetch_keys_tests)

BOOST_FIXTURE_TEST_CASE(the_environments_stay_what_they_are, FetchFixture) {
  const EnvironmentKeys keys{{.access_key_id = "AKID",
                              .secret_access_key = secret_of("s"),
                              .session_token = secret_of("t")}};
  for (int i = 0; i < 2; ++i) {
    fetch = fetch_environment_keys(loop(), keys, CredentialPlace::environment, taking());
    BOOST_TEST(run() == "AKID/s/t");
  }
}

BOOST_FIXTURE_TEST_CASE(a_profiles_are_read_again_once_they_are_used_up, KeysFixture) {
  write("NEW");
  begin(false);
  BOOST_TEST(run() == "OLD/old/");
  begin(true);
  BOOST_TEST(run() == "NEW/s/");
  write("NEWER");
  begin(true);
  BOOST_TEST(run() == "NEWER/s/");
}

BOOST_FIXTURE_TEST_CASE(a_file_that_has_them_no_more_is_said, KeysFixture) {
  begin(true);
  BOOST_TEST(trouble() == CredentialTrouble::file_missing);
  BOOST_TEST(failure().subject == keys.file);
  scratch.write("credentials", "[y]\n");
  begin(true);
  BOOST_TEST(trouble() == CredentialTrouble::not_set);
  BOOST_TEST(failure().subject == "x");
  scratch.write("credentials", "[x]\naws_access_key_id = A\n");
  begin(true);
  BOOST_TEST(trouble() == CredentialTrouble::incomplete);
  scratch.write("credentials", "[x\n");
  begin(true);
  BOOST_TEST(trouble() == CredentialTrouble::file_wrong);
}

BOOST_AUTO_TEST_SUITE_END()
