#include "platform/base/error.hpp"

#include <boost/test/unit_test.hpp>
#include <cerrno>

using blindfold::base::Error;
using blindfold::base::ErrorKind;
using blindfold::base::system_error;

BOOST_AUTO_TEST_SUITE(error_tests)

BOOST_AUTO_TEST_CASE(says_what_and_the_message_of_errno) {
  const Error error = system_error(EACCES, "cannot open \"/etc/blindfold/agent.yaml\"");
  BOOST_TEST(error.what == "cannot open \"/etc/blindfold/agent.yaml\": Permission denied");
  BOOST_TEST(error.hint.empty());
}

BOOST_AUTO_TEST_CASE(the_kind_follows_from_errno) {
  const auto kind = [](int error_number) { return system_error(error_number, "x").kind; };
  for (const int number : {EACCES, EPERM, EROFS}) {
    BOOST_CHECK(kind(number) == ErrorKind::denied);
  }
  for (const int number : {ENOENT, ENOTDIR, ESTALE}) {
    BOOST_CHECK(kind(number) == ErrorKind::missing);
  }
  for (const int number : {ETIMEDOUT, EHOSTUNREACH, ENETUNREACH, ECONNREFUSED}) {
    BOOST_CHECK(kind(number) == ErrorKind::unreachable);
  }
  for (const int number : {EMFILE, ENFILE, ENOSPC, ENOMEM}) {
    BOOST_CHECK(kind(number) == ErrorKind::limit);
  }
  for (const int number : {EINVAL, EIO, 0, -1, 99999}) {
    BOOST_CHECK(kind(number) == ErrorKind::internal);
  }
}

BOOST_AUTO_TEST_SUITE_END()
