#include "platform/base/printable.hpp"

#include "platform/base/utf8.hpp"

namespace blindfold::base {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

void append_byte(std::string& out, unsigned char byte) {
  out += "\\x";
  out += hex_digits[byte >> 4U];
  out += hex_digits[byte & 0xfU];
}

void append_code_point(std::string& out, char32_t value) {
  out += "\\u{";
  bool started = false;
  for (int shift = 20; shift >= 0; shift -= 4) {
    const auto digit = (value >> static_cast<unsigned>(shift)) & 0xfU;
    started = started || digit != 0 || shift == 0;
    if (started) {
      out += hex_digits[digit];
    }
  }
  out += '}';
}

bool is_control(char32_t value) noexcept {
  return value < 0x20 || value == 0x7f;
}

bool hides_or_reorders(char32_t value) noexcept {
  return (value >= 0x80 && value < 0xa0) || value == 0xad || value == 0x61c || value == 0x180e ||
         (value >= 0x200b && value <= 0x200f) || (value >= 0x2028 && value <= 0x202e) ||
         (value >= 0x2060 && value <= 0x206f) || value == 0xfeff ||
         (value >= 0xfff9 && value <= 0xfffb) || (value >= 0xe0000 && value <= 0xe0fff);
}

}  // namespace

void append_printable(std::string& out, std::string_view text) {
  while (!text.empty()) {
    const auto point = first_code_point(text);
    if (!point) {
      append_byte(out, static_cast<unsigned char>(text.front()));
      text.remove_prefix(1);
      continue;
    }
    if (is_control(point->value)) {
      append_byte(out, static_cast<unsigned char>(point->value));
    } else if (hides_or_reorders(point->value)) {
      append_code_point(out, point->value);
    } else {
      out += text.substr(0, point->bytes);
    }
    text.remove_prefix(point->bytes);
  }
}

std::string printable(std::string_view text) {
  std::string out;
  append_printable(out, text);
  return out;
}

}  // namespace blindfold::base
