#include "clients/aws/split_command.hpp"

#include <cstddef>
#include <utility>

namespace blindfold::aws {
namespace {

constexpr std::string_view white_space = " \t\r\n";

class Splitter final {
 public:
  explicit Splitter(std::string_view rest) noexcept : rest_(rest) {}

  std::optional<std::vector<std::string>> split() {
    while (skip_space()) {
      if (!take_word()) {
        return std::nullopt;
      }
    }
    return std::move(words_);
  }

 private:
  bool skip_space() noexcept {
    const std::size_t begin = rest_.find_first_not_of(white_space);
    rest_.remove_prefix(begin == std::string_view::npos ? rest_.size() : begin);
    return !rest_.empty();
  }

  char take() noexcept {
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }

  bool take_word() {
    std::string& word = words_.emplace_back();
    while (!rest_.empty() && white_space.find(rest_.front()) == std::string_view::npos) {
      const char c = take();
      if (c == '\'' || c == '"') {
        if (!take_quoted(word, c)) {
          return false;
        }
      } else if (c != '\\') {
        word += c;
      } else if (rest_.empty()) {
        return false;
      } else {
        word += take();
      }
    }
    return true;
  }

  /// Up to the quote that ends it.
  bool take_quoted(std::string& word, char quote) {
    while (!rest_.empty()) {
      const char c = take();
      if (c == quote) {
        return true;
      }
      const bool escapes = quote == '"' && c == '\\' && !rest_.empty() &&
                           (rest_.front() == '"' || rest_.front() == '\\');
      word += escapes ? take() : c;
    }
    return false;
  }

  std::string_view rest_;
  std::vector<std::string> words_;
};

}  // namespace

std::optional<std::vector<std::string>> split_command(std::string_view command) {
  return Splitter(command).split();
}

}  // namespace blindfold::aws
