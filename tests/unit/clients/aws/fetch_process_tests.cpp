#include "clients/aws/fetch_process.hpp"

#include <sys/wait.h>

#include <boost/test/unit_test.hpp>
#include <optional>
#include <string>
#include <vector>

#include "clients/aws/find_account.hpp"
#include "platform/helper/helper.hpp"
#include "unit/clients/aws/fetch_fixture.hpp"

using namespace blindfold::aws;
using namespace blindfold::aws::test;
using blindfold::helper::fork_helper;
using blindfold::helper::Helper;
using blindfold::model::CredentialPlace;
using blindfold::model::CredentialTrouble;

namespace {

class ProcessFixture : public FetchFixture {
 public:
  ~ProcessFixture() {
    fetch.reset();
    helper.reset();
    if (child > 0) {
      ::waitpid(child, nullptr, 0);
    }
  }

  void start(std::vector<std::string> arguments) {
    process = {.name = "credential process", .arguments = std::move(arguments)};
    Account of_the_helper;
    of_the_helper.sources.push_back(Source{process});
    auto forked = fork_helper(programs_of(of_the_helper), {.landlock = true, .kept = {}});
    BOOST_REQUIRE(forked.has_value());
    child = forked->process;
    helper.emplace(loop(), *std::move(forked));
  }
  void begin() {
    fetch = fetch_process(loop(), helper ? &*helper : nullptr, process, CredentialPlace::profile,
                          taking());
  }
  void script(const std::string& text) {
    scratch.write("script", text);
    start({"/bin/sh", scratch / "script"});
    begin();
  }

  std::optional<Helper> helper;
  pid_t child = -1;
  Process process;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(fetch_process_tests)

BOOST_FIXTURE_TEST_CASE(what_it_prints_are_the_credentials, ProcessFixture) {
  script(R"(echo '{"Version":1,"AccessKeyId":"AKID","SecretAccessKey":"s","SessionToken":"t",)"
         R"("Expiration":"2026-11-23T13:00:00Z"}')");
  BOOST_TEST(run() == "AKID/s/t");
  BOOST_TEST((*result)->expires.has_value());
}

BOOST_FIXTURE_TEST_CASE(each_attempt_runs_it_again, ProcessFixture) {
  script("echo x >> " + scratch / "runs" + "\nn=$(wc -l < " + scratch / "runs" + ")\n" +
         R"(printf '{"Version":1,"AccessKeyId":"AKID%s","SecretAccessKey":"s"}' "$n")");
  BOOST_TEST(run() == "AKID1/s/");
  begin();
  BOOST_TEST(run() == "AKID2/s/");
}

BOOST_FIXTURE_TEST_CASE(a_program_that_fails_is_said_by_its_name, ProcessFixture) {
  script("echo canary; exit 3");
  BOOST_TEST(trouble() == CredentialTrouble::failed);
  BOOST_TEST(failure().subject == "/bin/sh");
}

BOOST_FIXTURE_TEST_CASE(what_it_prints_instead_is_nowhere, ProcessFixture) {
  script("echo canary");
  BOOST_TEST(trouble() == CredentialTrouble::not_the_form);
  BOOST_TEST(failure().subject == "/bin/sh");
}

BOOST_FIXTURE_TEST_CASE(more_than_it_may_print_is_not_read, ProcessFixture) {
  script("yes | head -c 100000");
  BOOST_TEST(trouble() == CredentialTrouble::not_the_form);
}

BOOST_FIXTURE_TEST_CASE(a_program_that_is_not_there_is_said, ProcessFixture) {
  start({"/no/such/program"});
  begin();
  BOOST_TEST(trouble() == CredentialTrouble::file_missing);
  BOOST_TEST(failure().subject == "/no/such/program");
}

BOOST_FIXTURE_TEST_CASE(without_a_helper_it_is_a_failure, ProcessFixture) {
  process = {.name = "credential process", .arguments = {"/bin/sh"}};
  begin();
  BOOST_TEST(trouble() == CredentialTrouble::internal);
}

BOOST_FIXTURE_TEST_CASE(an_attempt_that_is_dropped_is_told_nothing, ProcessFixture) {
  script("echo {}");
  fetch.reset();
  turn(20);
  BOOST_TEST(!result.has_value());
}

BOOST_AUTO_TEST_SUITE_END()
