#include "platform/sandbox/walker.hpp"

#include <boost/test/unit_test.hpp>
#include <cerrno>
#include <filesystem>
#include <fstream>

#include "support/child.hpp"
#include "support/scratch.hpp"

using blindfold::sandbox::Walker;
using blindfold::sandbox::Way;
using blindfold::test::Complaints;
using blindfold::test::Scratch;

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
  const Scratch scratch;
  scratch.file("a/b/c");
  std::filesystem::create_symlink("b", scratch.path("a/relative"));
  std::filesystem::create_symlink(scratch.path("a"), scratch.path("absolute"));
  std::filesystem::create_symlink("../absolute/relative/./../b/c", scratch.path("a/long"));
  std::filesystem::create_symlink("loop", scratch.path("loop"));
  std::filesystem::create_symlink("nowhere", scratch.path("dangling"));
  std::filesystem::create_symlink("/", scratch.path("root"));
  for (const char* below :
       {"", "a", "a/", "a/b/c", "a//b/./c", "a/b/../b", "a/relative/c", "absolute/relative/c",
        "a/relative/../b", "a/long", "loop", "loop/a", "dangling", "missing", "missing/a",
        "a/b/c/d", "root/etc", "../../../../../../../../etc/passwd"}) {
    check_like_the_kernel(scratch.path() + "/" + below);
  }
}

BOOST_AUTO_TEST_CASE(it_names_what_would_lead_on) {
  const Scratch scratch;
  scratch.file("a/file");
  std::filesystem::create_symlink("later/on", scratch.path("a/link"));
  Walker walker;
  const Way missing = walker.walk(scratch.path("a/b/./c/../d"));
  BOOST_TEST(missing.error_number == ENOENT);
  BOOST_TEST(missing.folders.back()->path == scratch.path("a"));
  BOOST_TEST((missing.rest == Names{"b", "d"}));
  const Way dangling = walker.walk(scratch.path("a/link/more"));
  BOOST_TEST((dangling.rest == Names{"later", "on", "more"}));
  const Way blocked = walker.walk(scratch.path("a/file/more"));
  BOOST_TEST(blocked.error_number == ENOTDIR);
  BOOST_TEST(blocked.in_the_way.has_value());
  BOOST_TEST((blocked.rest == Names{"file", "more"}));
}

BOOST_AUTO_TEST_CASE(its_steps_are_every_name_that_was_looked_up) {
  const Scratch scratch;
  scratch.file("one/file");
  scratch.folder("two");
  std::filesystem::create_symlink("../one/file", scratch.path("two/link"));
  Walker walker;
  const Way way = walker.walk(scratch.path("two/link"));
  Names folders;
  for (const auto& step : way.steps) {
    folders.push_back(step.folder->path);
  }
  const auto count = [&folders](const std::string& path) {
    return std::ranges::count(folders, path);
  };
  BOOST_TEST(count(scratch.path()) == 2);  // "two" and, by the link, "one"
  BOOST_TEST(count(scratch.path("two")) == 1);
  BOOST_TEST(count(scratch.path("one")) == 1);
  BOOST_TEST(count("/") == 1);
}

BOOST_AUTO_TEST_CASE(a_folder_that_may_not_be_searched_ends_it) {
  const Scratch scratch;
  scratch.file("closed/file");
  scratch.folder("closed", 0700);
  BOOST_TEST(blindfold::test::in_child_as_nobody([&](Complaints& complaints) {
               Walker walker;
               const Way way = walker.walk(scratch.path("closed/file"));
               complaints.expect(way.error_number == EACCES, "denied");
               complaints.expect(way.folders.back()->path == scratch.path("closed"), "by which");
             }) == "");
}

BOOST_AUTO_TEST_SUITE_END()
