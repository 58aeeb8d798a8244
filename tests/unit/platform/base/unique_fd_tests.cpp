#include "platform/base/unique_fd.hpp"

#include <fcntl.h>
#include <sys/eventfd.h>

#include <boost/test/unit_test.hpp>
#include <type_traits>

using blindfold::base::UniqueFd;

static_assert(!std::is_copy_constructible_v<UniqueFd> && !std::is_copy_assignable_v<UniqueFd>);
static_assert(std::is_nothrow_move_constructible_v<UniqueFd>);

namespace {

UniqueFd open_one() {
  return UniqueFd(::eventfd(0, EFD_CLOEXEC));
}

bool is_open(int fd) {
  return ::fcntl(fd, F_GETFD) >= 0;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(unique_fd_tests)

BOOST_AUTO_TEST_CASE(empty_is_minus_one) {
  const UniqueFd none;
  BOOST_TEST(none.get() == -1);
  BOOST_TEST(!none);
  BOOST_TEST(!UniqueFd(-1));
  BOOST_TEST(static_cast<bool>(UniqueFd(::dup(0))));
}

BOOST_AUTO_TEST_CASE(closes_when_it_goes) {
  int fd = -1;
  {
    const UniqueFd owner = open_one();
    fd = owner.get();
    BOOST_TEST(is_open(fd));
  }
  BOOST_TEST(!is_open(fd));
}

BOOST_AUTO_TEST_CASE(closes_once_on_demand) {
  UniqueFd owner = open_one();
  const int fd = owner.get();
  owner.close();
  BOOST_TEST(!is_open(fd));
  BOOST_TEST(!owner);
  const UniqueFd next = open_one();
  owner.close();
  BOOST_TEST(is_open(next.get()));
}

BOOST_AUTO_TEST_CASE(moving_hands_it_on) {
  UniqueFd first = open_one();
  const int fd = first.get();
  UniqueFd second = std::move(first);
  BOOST_TEST(!first);
  BOOST_TEST(second.get() == fd);

  UniqueFd third = open_one();
  const int replaced = third.get();
  third = std::move(second);
  BOOST_TEST(!second);
  BOOST_TEST(third.get() == fd);
  BOOST_TEST(is_open(fd));
  BOOST_TEST(!is_open(replaced));
}

BOOST_AUTO_TEST_CASE(moving_to_itself_keeps_it_open) {
  UniqueFd owner = open_one();
  UniqueFd& same = owner;
  owner = std::move(same);
  BOOST_TEST(is_open(owner.get()));
}

BOOST_AUTO_TEST_SUITE_END()
