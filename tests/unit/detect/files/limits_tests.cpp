// The end of inotify's watches and instances, in a user namespace of the test's
// own: the system's limits stay as they are for everybody else.

#include <sched.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <string>

#include "files_fixture.hpp"
#include "support/child.hpp"

namespace {

using namespace std::chrono_literals;
using namespace blindfold;
using model::PollingReason;
using model::Presence;
using support::Complaints;
namespace fs = std::filesystem;

bool set_limit(const char* name, int value) {
  std::ofstream file("/proc/sys/user/" + std::string(name));
  return static_cast<bool>(file << value << std::flush);
}

boost::test_tools::assertion_result has_user_namespaces(boost::unit_test::test_unit_id /*id*/) {
  boost::test_tools::assertion_result result(support::in_child([](Complaints& complaints) {
                                               complaints.expect(::unshare(CLONE_NEWUSER) == 0,
                                                                 "a user namespace");
                                             }).empty());
  result.message() << "this system allows no user namespace";
  return result;
}

// With `few` of what `limit` limits it says so and looks every 5 s; with enough
// it is told again.
void exhausted_and_there_again(Complaints& complaints, const char* limit, int few,
                               PollingReason reason) {
  complaints.expect(::unshare(CLONE_NEWUSER) == 0 && set_limit(limit, few), "the limit");
  {
    detect::ManualFilesFixture files;
    fs::create_directory(files.scratch / "folder");
    const std::string key = files.scratch / "folder/key";
    files.watch_directory(files.scratch / "folder", {"key"});
    complaints.expect(files.presence() == Presence::missing, "missing at first");
    complaints.expect(files.says(model::Polled{reason}), "it says why it is polled");

    std::ofstream(key) << "x";
    files.pass(4900ms);
    complaints.expect(files.presence() == Presence::missing, "nothing tells of the file");
    files.pass(100ms);
    complaints.expect(files.presence() == Presence::present, "present after 5 s");
    fs::remove(key);
    files.pass(5s);
    complaints.expect(files.presence() == Presence::missing, "missing after 5 s more");

    complaints.expect(set_limit(limit, 100), "the limit raised");
    files.pass(5s);
    complaints.expect(!files.says(model::Polled{reason}), "it is told again, and says so");
    std::ofstream(key) << "x";
    files.turn(3);
    files.pass(300ms);
    complaints.expect(files.presence() == Presence::present, "present without a poll");
    fs::remove(key);
    files.turn(3);
    complaints.expect(files.presence() == Presence::missing, "missing at once");
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(limits_tests, *boost::unit_test::precondition(has_user_namespaces))

BOOST_AUTO_TEST_CASE(the_end_of_watches) {
  BOOST_TEST(support::in_child([](Complaints& complaints) {
               exhausted_and_there_again(complaints, "max_inotify_watches", 3,
                                         PollingReason::watch_limit);
             }) == "");
}

BOOST_AUTO_TEST_CASE(the_end_of_watches_on_the_way) {
  BOOST_TEST(support::in_child([](Complaints& complaints) {
               exhausted_and_there_again(complaints, "max_inotify_watches", 1,
                                         PollingReason::watch_limit);
             }) == "");
}

BOOST_AUTO_TEST_CASE(the_end_of_instances) {
  BOOST_TEST(support::in_child([](Complaints& complaints) {
               exhausted_and_there_again(complaints, "max_inotify_instances", 0,
                                         PollingReason::instance_limit);
             }) == "");
}

BOOST_AUTO_TEST_SUITE_END()
