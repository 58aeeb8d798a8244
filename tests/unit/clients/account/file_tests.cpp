#include "clients/account/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>

#include "platform/base/unique_fd.hpp"
#include "support/scratch_folder.hpp"

using namespace std::chrono_literals;
using blindfold::base::ErrorKind;
using blindfold::base::UniqueFd;
using blindfold::secret::SecretBuffer;
using blindfold::support::ScratchFolder;
using namespace blindfold::account;

namespace {

std::string text_of(const SecretBuffer& buffer) {
  return buffer.with_bytes([](std::string_view bytes) { return std::string(bytes); });
}

ErrorKind kind_of(const std::string& path, std::size_t limit) {
  const auto read = read_file(path, limit, 10ms);
  BOOST_REQUIRE(!read.has_value());
  BOOST_TEST(read.error().what.starts_with(path + ": "));
  return read.error().kind;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(file_tests)

BOOST_AUTO_TEST_CASE(a_file_is_read_to_its_last_byte) {
  const ScratchFolder scratch;
  const std::string bytes("a\0b\n\xff", 5);
  BOOST_TEST(text_of(read_file(scratch.write("file", bytes), 5).value()) == bytes);
  BOOST_TEST(read_text(scratch.write("file", bytes), 100).value() == bytes);
  BOOST_TEST(text_of(read_file("/dev/null", 100).value()) == "");
}

BOOST_AUTO_TEST_CASE(a_file_beyond_the_limit_is_refused) {
  const ScratchFolder scratch;
  const std::string path = scratch.write("file", std::string(2049, 'x'));
  BOOST_CHECK(kind_of(path, 2048) == ErrorKind::limit);
  BOOST_TEST(read_file(path, 2048).error().what == path + ": larger than 2 KiB");
  BOOST_TEST(read_file(path, 2049).has_value());
  BOOST_CHECK(kind_of("/dev/zero", 2048) == ErrorKind::limit);
}

BOOST_AUTO_TEST_CASE(what_is_no_file_is_refused) {
  const ScratchFolder scratch;
  BOOST_CHECK(kind_of(scratch / "none", 10) == ErrorKind::missing);
  BOOST_CHECK(kind_of(scratch.path(), 10) == ErrorKind::configuration);
}

BOOST_AUTO_TEST_CASE(a_pipe_is_read_and_not_waited_for_without_end) {
  const ScratchFolder scratch;
  const std::string pipe = scratch / "pipe";
  BOOST_REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  UniqueFd both(::open(pipe.c_str(), O_RDWR | O_CLOEXEC));
  BOOST_CHECK(kind_of(pipe, 10) == ErrorKind::unreachable);
}

BOOST_AUTO_TEST_CASE(a_token_is_taken_without_the_white_space_around_it) {
  for (const char* const bytes : {"abc.DEF-_~+/=", " \tabc.DEF-_~+/=\r\n", "abc.DEF-_~+/=\n\n"}) {
    BOOST_TEST(text_of(usable_token(copied(bytes).value(), "it").value()) == "abc.DEF-_~+/=");
  }
}

BOOST_AUTO_TEST_CASE(what_cannot_stand_in_a_header_is_no_token) {
  for (const char* const bytes : {"", " ", "\n\r\n", "canary canary", "canary\ncanary: x",
                                  "canary\x01", "canary\x7f", "canary\xc3\xa4"}) {
    const auto token = usable_token(copied(bytes).value(), "PLACE");
    BOOST_REQUIRE(!token.has_value());
    BOOST_TEST(token.error().what.starts_with("PLACE: holds"));
    BOOST_TEST(token.error().what.find("canary") == std::string::npos);
  }
}

BOOST_AUTO_TEST_SUITE_END()
