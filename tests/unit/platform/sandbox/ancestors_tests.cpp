#include <fcntl.h>
#include <sys/mount.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>

#include "platform/base/unique_fd.hpp"
#include "platform/sandbox/confinement.hpp"
#include "platform/sandbox/walker.hpp"
#include "support/child.hpp"
#include "support/scratch_folder.hpp"

using blindfold::base::ErrorKind;
using blindfold::base::UniqueFd;
using blindfold::sandbox::ancestors;
using blindfold::sandbox::Walker;
using blindfold::support::Complaints;
using blindfold::support::ScratchFolder;

namespace {

bool agrees(const std::string& path) {
  const UniqueFd fd(::open(path.c_str(), O_PATH | O_CLOEXEC));
  const auto above = ancestors(fd.get());
  Walker walker;
  return above.has_value() && *above == walker.walk(path).ids();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(ancestors_tests)

BOOST_AUTO_TEST_CASE(of_a_folder_a_file_and_the_root) {
  const ScratchFolder scratch;
  scratch.file("a/b/c");
  BOOST_TEST(agrees(scratch / "a/b"));
  BOOST_TEST(agrees(scratch / "a/b/c"));
  BOOST_TEST(agrees("/"));
  BOOST_TEST(agrees("/proc/sys/kernel"));
  BOOST_TEST(agrees("/etc/passwd"));
}

BOOST_AUTO_TEST_CASE(across_a_folder_bound_over_its_own_child) {
  const ScratchFolder scratch;
  scratch.folder("a/b");
  BOOST_TEST(blindfold::support::in_child([&](Complaints& complaints) {
               blindfold::support::own_mounts();
               complaints.expect(::mount((scratch / "a").c_str(), (scratch / "a/b").c_str(),
                                         nullptr, MS_BIND, nullptr) == 0,
                                 "mounted");
               complaints.expect(agrees(scratch / "a/b"), "it goes on up to the root");
               complaints.expect(agrees(scratch / "a/b/b"), "from beneath too");
             }) == "");
}

BOOST_AUTO_TEST_CASE(from_a_folder_that_may_not_be_searched) {
  const ScratchFolder scratch;
  const std::string closed = scratch.folder("closed", 0700);
  BOOST_TEST(blindfold::support::in_child_as_nobody([&](Complaints& complaints) {
               complaints.expect(agrees(closed), "its parent is found by its path");
             }) == "");
}

BOOST_AUTO_TEST_CASE(a_file_that_was_removed_has_none) {
  const ScratchFolder scratch;
  const std::string path = scratch.file("a/b");
  const UniqueFd fd(::open(path.c_str(), O_PATH | O_CLOEXEC));
  ::unlink(path.c_str());
  BOOST_TEST((ancestors(fd.get()).error().kind == ErrorKind::missing));
  scratch.file("a/b (deleted)");  // as the kernel calls it now
  BOOST_TEST((ancestors(fd.get()).error().kind == ErrorKind::missing));
}

BOOST_AUTO_TEST_SUITE_END()
