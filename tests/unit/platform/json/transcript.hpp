#pragma once

#include <algorithm>
#include <boost/json.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "platform/json/parser.hpp"

namespace blindfold::json {

/// Writes down what a parser tells, one word a call; a string's pieces are put
/// together. After `calls` calls it ends the parse.
class Transcript final : public Reader {
 public:
  explicit Transcript(std::size_t calls = static_cast<std::size_t>(-1)) : calls_(calls) {}

  bool begin_object() noexcept override { return add("{"); }
  bool end_object() noexcept override { return add("}"); }
  bool begin_array() noexcept override { return add("["); }
  bool end_array() noexcept override { return add("]"); }
  bool key(std::string_view name) noexcept override { return add("key " + std::string(name)); }
  bool string(std::string_view piece, bool last) noexcept override {
    longest_piece_ = std::max(longest_piece_, piece.size());
    pieces_ += piece;
    if (!last) {
      return true;
    }
    const bool go_on = add("string " + pieces_);
    pieces_.clear();
    return go_on;
  }
  bool number(std::int64_t value) noexcept override {
    return add("number " + std::to_string(value));
  }
  bool fraction(double value) noexcept override { return add("fraction " + std::to_string(value)); }
  bool boolean(bool value) noexcept override { return add(value ? "true" : "false"); }
  bool null() noexcept override { return add("null"); }
  bool end_document() noexcept override { return add("end"); }

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] std::size_t longest_piece() const { return longest_piece_; }

  /// What a tree of Boost.JSON's would have been told as.
  void tell(const boost::json::value& value) {
    switch (value.kind()) {
      case boost::json::kind::object:
        begin_object();
        for (const auto& member : value.get_object()) {
          key(std::string_view(member.key().data(), member.key().size()));
          tell(member.value());
        }
        end_object();
        break;
      case boost::json::kind::array:
        begin_array();
        for (const auto& element : value.get_array()) {
          tell(element);
        }
        end_array();
        break;
      case boost::json::kind::string:
        string(std::string_view(value.get_string().data(), value.get_string().size()), true);
        break;
      case boost::json::kind::int64:
        number(value.get_int64());
        break;
      case boost::json::kind::uint64:
        if (std::in_range<std::int64_t>(value.get_uint64())) {
          number(static_cast<std::int64_t>(value.get_uint64()));
        } else {
          fraction(static_cast<double>(value.get_uint64()));
        }
        break;
      case boost::json::kind::double_:
        fraction(value.get_double());
        break;
      case boost::json::kind::bool_:
        boolean(value.get_bool());
        break;
      case boost::json::kind::null:
        null();
        break;
    }
  }

 private:
  bool add(std::string_view call) {
    text_ += call;
    text_ += '\n';
    return --calls_ > 0;
  }

  std::size_t calls_;
  std::string text_;
  std::string pieces_;
  std::size_t longest_piece_ = 0;
};

}  // namespace blindfold::json
