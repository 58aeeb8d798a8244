#include "platform/sandbox/walker.hpp"

#include <boost/test/unit_test.hpp>
#include <cerrno>
#include <filesystem>
#include <fstream>

#include "support/child.hpp"
#include "support/scratch_folder.hpp"

using blindfold::sandbox::Walker;
using blindfold::sandbox::Way;
using blindfold::support::Complaints;
using blindfold::support::ScratchFolder;

namespace {

using Names = std::vector<std::string>;

/// Whether the walk leads where the kernel's own does.
void check_like_the_kernel(const std::string& path) {
  BOOST_TEST_CONTEXT(path) {
    Walker walker;
    const Way way = walker.walk(path);
    std::error_code error;
    const std::string real = std::filesystem::canonical(path, error).string();
    BOOST_TEST(way.error_number == error.value());
    if (!error) {
      BOOST_TEST(way.last().path == real);
    }
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(walker_tests)

BOOST_AUTO_TEST_CASE(it_goes_where_the_kernel_goes) {
  const ScratchFolder scratch;
  scratch.file("a/b/c");
  std::filesystem::create_symlink("b", scratch / "a/relative");
  std::filesystem::create_symlink(scratch / "a", scratch / "absolute");
  std::filesystem::create_symlink("../absolute/relative/./../b/c", scratch / "a/long");
  std::filesystem::create_symlink("loop", scratch / "loop");
  std::filesystem::create_symlink("nowhere", scratch / "dangling");
  std::filesystem::create_symlink("/", scratch / "root");
  for (const char* below :
       {"", "a", "a/", "a/b/c", "a//b/./c", "a/b/../b", "a/relative/c", "absolute/relative/c",
        "a/relative/../b", "a/long", "loop", "loop/a", "dangling", "missing", "missing/a",
        "a/b/c/d", "root/etc", "../../../../../../../../etc/passwd"}) {
    check_like_the_kernel(scratch / below);
  }
}

BOOST_AUTO_TEST_CASE(it_names_what_would_lead_on) {
  const ScratchFolder scratch;
  scratch.file("a/file");
  std::filesystem::create_symlink("later/on", scratch / "a/link");
  Walker walker;
  const Way missing = walker.walk(scratch / "a/b/./c/../d");
  BOOST_TEST(missing.error_number == ENOENT);
  BOOST_TEST(missing.folders.back()->path == scratch / "a");
  BOOST_TEST((missing.rest == Names{"b", "d"}));
  const Way dangling = walker.walk(scratch / "a/link/more");
  BOOST_TEST((dangling.rest == Names{"later", "on", "more"}));
  const Way blocked = walker.walk(scratch / "a/file/more");
  BOOST_TEST(blocked.error_number == ENOTDIR);
  BOOST_TEST(blocked.in_the_way.has_value());
  BOOST_TEST((blocked.rest == Names{"file", "more"}));
}

BOOST_AUTO_TEST_CASE(its_steps_are_every_name_that_was_looked_up) {
  const ScratchFolder scratch;
  scratch.file("one/file");
  scratch.folder("two");
  std::filesystem::create_symlink("../one/file", scratch / "two/link");
  Walker walker;
  const Way way = walker.walk(scratch / "two/link");
  Names folders;
  for (const auto& step : way.steps) {
    folders.push_back(step.folder->path);
  }
  const auto count = [&folders](const std::string& path) {
    return std::ranges::count(folders, path);
  };
  BOOST_TEST(count(scratch.path()) == 2);  // "two" and, by the link, "one"
  BOOST_TEST(count(scratch / "two") == 1);
  BOOST_TEST(count(scratch / "one") == 1);
  BOOST_TEST(count("/") == 1);
}

BOOST_AUTO_TEST_CASE(a_folder_that_may_not_be_searched_ends_it) {
  const ScratchFolder scratch;
  scratch.file("closed/file");
  scratch.folder("closed", 0700);
  BOOST_TEST(blindfold::support::in_child_as_nobody([&](Complaints& complaints) {
               Walker walker;
               const Way way = walker.walk(scratch / "closed/file");
               complaints.expect(way.error_number == EACCES, "denied");
               complaints.expect(way.folders.back()->path == scratch / "closed", "by which");
             }) == "");
}

BOOST_AUTO_TEST_SUITE_END()
