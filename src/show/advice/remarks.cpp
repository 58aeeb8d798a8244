#include "show/advice/remarks.hpp"

#include <iterator>
#include <utility>

#include "show/advice/shell_quote.hpp"
#include "show/report/words.hpp"

namespace blindfold::advice {

std::vector<std::string> explain(const model::Details& details) {
  std::vector<std::string> lines;
  for (const model::Detail& detail : details) {
    lines.push_back(comment(report::describe(detail)));
  }
  return lines;
}

std::vector<std::string> say_when_it_takes_effect(const model::Requirement& requirement) {
  switch (requirement.takes_effect) {
    case model::TakesEffect::unsaid:
      break;
    case model::TakesEffect::at_once:
      return {comment("a rotation takes effect at once")};
    case model::TakesEffect::after_restart:
      return {comment("a rotation takes effect after a restart of the application")};
  }
  return {};
}

std::string joined(std::span<const std::string> names, std::string_view between) {
  std::string out;
  for (const std::string& name : names) {
    if (!out.empty()) {
      out += between;
    }
    out += name;
  }
  return out;
}

void append(std::vector<std::string>& lines, std::vector<std::string> more) {
  lines.insert(lines.end(), std::make_move_iterator(more.begin()),
               std::make_move_iterator(more.end()));
}

}  // namespace blindfold::advice
