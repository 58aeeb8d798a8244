#include "app/terminal_size.hpp"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <cstdlib>

#include "platform/base/unique_fd.hpp"

using blindfold::app::terminal_size;
using blindfold::app::wants_color;
using blindfold::base::UniqueFd;

namespace {

struct Terminal {
  Terminal() : other_end(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)) {
    BOOST_REQUIRE(::grantpt(other_end.get()) == 0 && ::unlockpt(other_end.get()) == 0);
    fd = UniqueFd(::ioctl(other_end.get(), TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC));
    BOOST_REQUIRE(fd);
    ::unsetenv("NO_COLOR");
    ::setenv("TERM", "xterm", 1);
  }

  void resize(unsigned short columns, unsigned short rows) const {
    const winsize size{.ws_row = rows, .ws_col = columns, .ws_xpixel = 0, .ws_ypixel = 0};
    BOOST_REQUIRE(::ioctl(fd.get(), TIOCSWINSZ, &size) == 0);
  }

  UniqueFd other_end;
  UniqueFd fd;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(terminal_size_tests, Terminal)

BOOST_AUTO_TEST_CASE(a_terminal_tells_its_size_as_it_is_now) {
  resize(132, 50);
  BOOST_TEST(terminal_size(fd.get()).columns == 132U);
  BOOST_TEST(terminal_size(fd.get()).rows == 50U);
  resize(20, 4);
  BOOST_TEST(terminal_size(fd.get()).columns == 20U);
  BOOST_TEST(terminal_size(fd.get()).rows == 4U);
}

BOOST_AUTO_TEST_CASE(one_that_does_not_know_is_the_usual_one) {
  resize(0, 0);
  BOOST_TEST(terminal_size(fd.get()).columns == 80U);
  BOOST_TEST(terminal_size(fd.get()).rows == 24U);
}

BOOST_AUTO_TEST_CASE(what_is_no_terminal_has_no_size_and_no_color) {
  const UniqueFd null(::open("/dev/null", O_WRONLY | O_CLOEXEC));
  for (const int other : {null.get(), -1}) {
    BOOST_TEST(terminal_size(other).columns == 0U);
    BOOST_TEST(terminal_size(other).rows == 0U);
    BOOST_TEST(!wants_color(other));
  }
}

BOOST_AUTO_TEST_CASE(color_is_for_terminals_that_were_not_told_otherwise) {
  BOOST_TEST(wants_color(fd.get()));
  ::setenv("NO_COLOR", "1", 1);
  BOOST_TEST(!wants_color(fd.get()));
  ::setenv("NO_COLOR", "", 1);
  BOOST_TEST(wants_color(fd.get()));
  ::setenv("TERM", "dumb", 1);
  BOOST_TEST(!wants_color(fd.get()));
  ::unsetenv("TERM");
  BOOST_TEST(!wants_color(fd.get()));
}

BOOST_AUTO_TEST_SUITE_END()
