#include "platform/json/writer.hpp"

#include "platform/base/utf8.hpp"

namespace blindfold::json {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

void append_escaped(std::string& out, unsigned char byte) {
  switch (byte) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      out += "\\u00";
      out += hex_digits[byte >> 4U];
      out += hex_digits[byte & 0xfU];
  }
}

bool needs_escape(unsigned char byte) noexcept {
  return byte < 0x20 || byte == '"' || byte == '\\' || byte == 0x7f;
}

void append_string(std::string& out, std::string_view text) {
  out += '"';
  while (!text.empty()) {
    const auto point = base::first_code_point(text);
    if (!point) {
      out += "\xef\xbf\xbd";
      text.remove_prefix(1);
      continue;
    }
    if (point->bytes == 1 && needs_escape(static_cast<unsigned char>(text.front()))) {
      append_escaped(out, static_cast<unsigned char>(text.front()));
    } else {
      out += text.substr(0, point->bytes);
    }
    text.remove_prefix(point->bytes);
  }
  out += '"';
}

}  // namespace

void Writer::separate() {
  if (std::exchange(comma_, true)) {
    out_ += ',';
  }
}

Writer& Writer::begin_object() {
  separate();
  out_ += '{';
  comma_ = false;
  return *this;
}

Writer& Writer::end_object() {
  out_ += '}';
  comma_ = true;
  return *this;
}

Writer& Writer::begin_array() {
  separate();
  out_ += '[';
  comma_ = false;
  return *this;
}

Writer& Writer::end_array() {
  out_ += ']';
  comma_ = true;
  return *this;
}

Writer& Writer::key(std::string_view name) {
  separate();
  append_string(out_, name);
  out_ += ':';
  comma_ = false;
  return *this;
}

Writer& Writer::null() {
  return raw("null");
}

Writer& Writer::boolean(bool value) {
  return raw(value ? "true" : "false");
}

Writer& Writer::string(std::string_view value) {
  separate();
  append_string(out_, value);
  return *this;
}

Writer& Writer::number(std::int64_t value) {
  return raw(std::to_string(value));
}

Writer& Writer::raw(std::string_view json) {
  separate();
  out_ += json;
  return *this;
}

}  // namespace blindfold::json
