#include "app/refuse.hpp"

#include <string>

#include "app/output.hpp"
#include "platform/base/printable.hpp"

namespace blindfold::app {

int refuse(std::string_view text) noexcept {
  complain(text);
  return bad_usage;
}

int refuse(const base::Error& error) {
  std::string text = "agent: " + base::printable(error.what) + "\n";
  if (!error.hint.empty()) {
    text += "  " + base::printable(error.hint) + "\n";
  }
  return refuse(std::string_view(text));
}

}  // namespace blindfold::app
