#include "show/advice/value_feed.hpp"

#include "show/advice/typed_value.hpp"

namespace blindfold::advice {
namespace {

constexpr std::size_t first_descriptor = 3;

}  // namespace

std::string ValueFeed::source(std::size_t number) const {
  if (count_ == 1) {
    return "/dev/stdin";
  }
  if (shell_ == Shell::bash) {
    return "<(" + print_variable(variable(number)) + ")";
  }
  return number + 1 == count_ ? "/dev/stdin"
                              : "/dev/fd/" + std::to_string(first_descriptor + number);
}

std::string ValueFeed::line(const std::string& before, const std::string& command) const {
  if (count_ == 0) {
    return before + command;
  }
  std::string reads;
  std::string variables;
  for (std::size_t number = 0; number < count_; ++number) {
    reads += read_line(variable(number), shell_) + "; ";
    variables += (number == 0 ? "" : " ") + variable(number);
  }
  return unseen(reads + before + fed(command), shell_, variables);
}

std::string ValueFeed::variable(std::size_t number) const {
  return count_ == 1 ? "V" : "V" + std::to_string(number + 1);
}

std::string ValueFeed::fed(const std::string& command) const {
  if (shell_ == Shell::bash && count_ > 1) {
    return command;
  }
  std::string out = print_variable(variable(count_ - 1)) + " | " + command;
  for (std::size_t number = count_ - 1; number > 0; --number) {
    out = print_variable(variable(number - 1)) + " | { " + out + "; } " +
          std::to_string(first_descriptor + number - 1) + "<&0";
  }
  return out;
}

}  // namespace blindfold::advice
