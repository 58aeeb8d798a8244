// Kernels and containers on which Landlock does not hold, at the system call.
#include "platform/sandbox/landlock.hpp"

#include <sys/syscall.h>

#include <boost/test/unit_test.hpp>

#include "support/scratch_folder.hpp"
#include "unit/platform/sandbox/attempts.hpp"

using blindfold::sandbox::Confinement;
using blindfold::sandbox::Plan;
using blindfold::support::Complaints;
using blindfold::support::in_child;
using blindfold::support::refuse_call;
using blindfold::support::ScratchFolder;
using namespace blindfold::sandbox::test;

namespace {

struct Failure {
  long call;
  int error_number;
  const char* name;
  const char* advice;
};

constexpr Failure failures[] = {
    {SYS_landlock_create_ruleset, ENOSYS, "landlock_create_ruleset", "Linux 5.13"},
    {SYS_landlock_create_ruleset, EOPNOTSUPP, "landlock_create_ruleset", "lsm="},
    {SYS_landlock_create_ruleset, EPERM, "landlock_create_ruleset", "filter"},
    {SYS_landlock_add_rule, EPERM, "landlock_add_rule", "filter"},
    {SYS_landlock_restrict_self, E2BIG, "landlock_restrict_self", "as often"},
    {SYS_landlock_restrict_self, EINVAL, "landlock_restrict_self", "Invalid argument"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(landlock_tests)

BOOST_AUTO_TEST_CASE(an_error_of_its_calls_is_no_landlock) {
  const ScratchFolder scratch;
  const std::string secret = scratch.file("secrets/password");
  for (const Failure& failure : failures) {
    BOOST_TEST_CONTEXT(failure.name << " fails with " << failure.error_number) {
      BOOST_TEST(in_child([&](Complaints& complaints) {
                   refuse_call(failure.call, failure.error_number);
                   const Confinement confinement =
                       confine_or_complain(plan_with({}, {}, {scratch / "secrets"}), complaints);
                   complaints.expect(!confinement.holds(), "does not hold");
                   complaints.expect(confinement.abi() == 0, "no version");
                   complaints.expect(confinement.obstacle().contains(failure.name), "which call");
                   complaints.expect(confinement.obstacle().contains(failure.advice), "what to do");
                   complaints.expect(try_open(secret) == 0, "modes alone decide");
                 }) == "");
    }
  }
}

BOOST_AUTO_TEST_CASE(without_landlock_modes_refuse_all_the_same) {
  const ScratchFolder scratch;
  const std::string secret = scratch.file("secrets/password", 0400);
  BOOST_REQUIRE(::chown(secret.c_str(), 1234, 1234) == 0);
  BOOST_TEST(in_child([&](Complaints& complaints) {
               refuse_call(SYS_landlock_create_ruleset, ENOSYS);
               complaints.expect(try_open(secret) == 0, "root opens it before");
               confine_or_complain(Plan{}, complaints);
               complaints.expect(try_open(secret) == EACCES, "root without capabilities does not");
             }) == "");
}

BOOST_AUTO_TEST_CASE(a_seventeenth_layer_is_no_landlock) {
  BOOST_TEST(in_child([](Complaints& complaints) {
               for (int layer = 0; layer < 16; ++layer) {
                 complaints.expect(confine_or_complain(plan_with({}, {}, {}), complaints).holds(),
                                   "holds");
               }
               const Confinement last = confine_or_complain(plan_with({}, {}, {}), complaints);
               complaints.expect(!last.holds(), "one too many");
               complaints.expect(last.obstacle().contains("as often"), "says why");
             }) == "");
}

BOOST_AUTO_TEST_SUITE_END()
