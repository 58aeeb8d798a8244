#include "app/read_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

#include "folder.hpp"
#include "platform/base/unique_fd.hpp"
#include "support/child.hpp"

using namespace std::chrono_literals;
using blindfold::app::read_file;
using blindfold::base::ErrorKind;
using blindfold::base::UniqueFd;
using blindfold::support::Complaints;
using blindfold::support::Folder;
using blindfold::support::in_child_as_nobody;

namespace {

constexpr std::size_t limit = 1024;

struct Place : Folder {
  const std::string pipe = *this / "pipe";
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(read_file_tests, Place)

BOOST_AUTO_TEST_CASE(a_file_is_read_to_its_end) {
  BOOST_TEST(read_file(write("empty", ""), limit).value() == "");
  const std::string bytes("a\0\xff\n", 4);
  BOOST_TEST(read_file(write("bytes", bytes), limit).value() == bytes);
}

BOOST_AUTO_TEST_CASE(the_limit_is_the_last_that_is_taken) {
  BOOST_TEST(read_file(write("fits", std::string(limit, 'x')), limit).value().size() == limit);
  const auto large = read_file(write("large", std::string(limit + 1, 'x')), limit);
  BOOST_REQUIRE(!large);
  BOOST_CHECK(large.error().kind == ErrorKind::limit);
  BOOST_TEST(large.error().what == (*this / "large") + ": larger than 1 KiB");
}

BOOST_AUTO_TEST_CASE(what_is_not_there_is_missing) {
  const auto missing = read_file((*this / "missing"), limit);
  BOOST_REQUIRE(!missing);
  BOOST_CHECK(missing.error().kind == ErrorKind::missing);
  BOOST_TEST(missing.error().what == (*this / "missing") + ": No such file or directory");
  BOOST_TEST(!read_file("", limit).has_value());
}

BOOST_AUTO_TEST_CASE(a_folder_and_a_device_are_no_files) {
  for (const std::string& each : {path().string(), std::string("/dev/zero")}) {
    const auto wrong = read_file(each, limit);
    BOOST_REQUIRE(!wrong);
    BOOST_TEST(wrong.error().what == each + ": neither a file nor a pipe");
  }
}

BOOST_AUTO_TEST_CASE(what_may_not_be_read_is_denied) {
  std::filesystem::permissions(path(), std::filesystem::perms(0755));
  const std::string file = write("closed");
  std::filesystem::permissions(file, std::filesystem::perms(0600));
  BOOST_TEST(in_child_as_nobody([&file](Complaints& complaints) {
               const auto denied = read_file(file, limit);
               complaints.expect(!denied && denied.error().kind == ErrorKind::denied, "denied");
               complaints.expect(!denied && denied.error().what == file + ": Permission denied",
                                 "its name");
             }) == "");
}

BOOST_AUTO_TEST_CASE(a_pipe_is_read_to_its_end_however_late_its_writer_comes) {
  BOOST_REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  std::thread writing([this] {
    std::ofstream writer(pipe);  // waits until somebody reads
    writer << "one" << std::flush << "two";
  });
  BOOST_TEST(read_file(pipe, limit, 10s).value() == "onetwo");
  writing.join();
}

BOOST_AUTO_TEST_CASE(a_pipe_of_a_shell_is_read) {
  std::array<int, 2> ends{};
  BOOST_REQUIRE(::pipe(ends.data()) == 0);
  const UniqueFd reader(ends[0]);
  {
    const UniqueFd writer(ends[1]);
    BOOST_REQUIRE(::write(writer.get(), "text", 4) == 4);
  }
  BOOST_TEST(read_file("/dev/fd/" + std::to_string(reader.get()), limit).value() == "text");
}

BOOST_AUTO_TEST_CASE(a_pipe_that_nobody_writes_to_is_not_waited_for_for_ever) {
  BOOST_REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  const auto without_writer = read_file(pipe, limit, 1ms);
  BOOST_REQUIRE(!without_writer);
  BOOST_TEST(without_writer.error().what == pipe + ": nobody writes to this pipe");
  const UniqueFd silent(::open(pipe.c_str(), O_RDWR | O_CLOEXEC));
  BOOST_TEST(!read_file(pipe, limit, 1ms).has_value());
}

BOOST_AUTO_TEST_CASE(a_pipe_has_the_same_limit) {
  BOOST_REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  const UniqueFd writer(::open(pipe.c_str(), O_RDWR | O_CLOEXEC));
  const std::string text(limit + 1, 'x');
  BOOST_REQUIRE(::write(writer.get(), text.data(), text.size()) > 0);
  const auto large = read_file(pipe, limit, 10s);
  BOOST_REQUIRE(!large);
  BOOST_CHECK(large.error().kind == ErrorKind::limit);
}

BOOST_AUTO_TEST_SUITE_END()
