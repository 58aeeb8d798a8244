#include "app/refuse.hpp"

#include <string>

#include "app/output.hpp"

namespace blindfold::app {

int refuse(std::string_view text) noexcept {
  complain(text);
  return bad_usage;
}

int refuse(const base::Error& error) {
  std::string text = "agent: " + error.what + "\n";
  if (!error.hint.empty()) {
    text += "  " + error.hint + "\n";
  }
  return refuse(std::string_view(text));
}

}  // namespace blindfold::app
