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

}  // namespace

bool hides_or_reorders(char32_t character) noexcept {
  return (character >= 0x80 && character < 0xa0) || character == 0xad || character == 0x61c ||
         character == 0x180e || (character >= 0x200b && character <= 0x200f) ||
         (character >= 0x2028 && character <= 0x202e) ||
         (character >= 0x2060 && character <= 0x206f) || character == 0xfeff ||
         (character >= 0xfff9 && character <= 0xfffb) ||
         (character >= 0xe0000 && character <= 0xe0fff);
}

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
