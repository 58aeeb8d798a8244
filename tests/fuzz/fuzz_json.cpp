// Any bytes as JSON documents: whole and in pieces they are told as the same,
// every level that began ends, and a failure stays. Aborts where it is not so.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "platform/json/parser.hpp"

namespace {

namespace json = blindfold::json;

void require(bool holds) {
  if (!holds) {
    std::abort();
  }
}

constexpr json::Limits limits{.document = 4096, .key = 64, .depth = 8};

/// Writes down what it is told, and checks the order.
class Calls final : public json::Reader {
 public:
  bool begin_object() noexcept override { return begin('{'); }
  bool end_object() noexcept override { return end('{', '}'); }
  bool begin_array() noexcept override { return begin('['); }
  bool end_array() noexcept override { return end('[', ']'); }
  bool key(std::string_view name) noexcept override {
    require(!open_.empty() && open_.back() == '{' && name.size() <= limits.key);
    text_ += name;
    return add(':');
  }
  bool string(std::string_view piece, bool last) noexcept override {
    text_ += piece;
    return !last || add('"');
  }
  bool number(std::int64_t value) noexcept override {
    text_ += std::to_string(value);
    return add('#');
  }
  bool fraction(double value) noexcept override {
    text_ += std::to_string(value);
    return add('.');
  }
  bool boolean(bool value) noexcept override { return add(value ? 't' : 'f'); }
  bool null() noexcept override { return add('n'); }
  bool end_document() noexcept override {
    require(open_.empty());
    return add('\n');
  }

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  bool add(char call) {
    text_ += call;
    return true;
  }
  bool begin(char level) {
    open_.push_back(level);
    require(open_.size() <= limits.depth);
    return add(level);
  }
  bool end(char level, char call) {
    require(!open_.empty() && open_.back() == level);
    open_.pop_back();
    return add(call);
  }

  std::string text_;
  std::vector<char> open_;
};

struct Outcome {
  std::string calls;
  bool complete = false;
  std::size_t documents = 0;
};

/// In pieces of `size` bytes.
Outcome read(std::string_view text, std::size_t size) {
  Calls calls;
  json::Parser parser(calls, limits);
  blindfold::base::Result<> result;
  for (; result && !text.empty(); text.remove_prefix(std::min(size, text.size()))) {
    result = parser.feed(text.substr(0, size));
  }
  if (result) {
    result = parser.finish();
  }
  if (!result) {
    const std::size_t told = calls.text().size();
    require(!parser.feed("[]") && !parser.finish() && calls.text().size() == told);
  }
  return {calls.text(), result.has_value(), parser.documents()};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  const Outcome whole = read(text, std::max<std::size_t>(size, 1));
  for (const std::size_t piece : {std::size_t{1}, std::size_t{7}}) {
    const Outcome cut = read(text, piece);
    require(cut.complete == whole.complete && cut.documents == whole.documents);
    require(!whole.complete || cut.calls == whole.calls);
  }
  return 0;
}
