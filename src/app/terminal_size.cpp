#include "app/terminal_size.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <string_view>

#include "show/terminal/screen.hpp"

namespace blindfold::app {
namespace {

std::string_view variable(const char* name) noexcept {
  const char* const value = std::getenv(name);
  return value != nullptr ? value : "";
}

}  // namespace

TerminalSize terminal_size(int fd) noexcept {
  winsize size{};
  if (::isatty(fd) == 0 || ::ioctl(fd, TIOCGWINSZ, &size) != 0) {
    return {};
  }
  // A terminal that does not know its size is taken for the usual one.
  return {size.ws_col != 0 ? size.ws_col : std::size_t{80},
          size.ws_row != 0 ? size.ws_row : std::size_t{24}};
}

bool wants_color(int fd) noexcept {
  return terminal::abilities_of(::isatty(fd) != 0, variable("TERM"), variable("NO_COLOR")).color;
}

}  // namespace blindfold::app
