#include "platform/json/writer.hpp"

#include "platform/base/printable.hpp"
#include "platform/base/utf8.hpp"

namespace blindfold::json {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

void append_unit(std::string& out, char32_t unit) {
  out += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) {
    out += hex_digits[(unit >> static_cast<unsigned>(shift)) & 0xfU];
  }
}

// Beyond the first plane as a surrogate pair (RFC 8259, section 7).
void append_code_point(std::string& out, char32_t value) {
  if (value < 0x10000) {
    append_unit(out, value);
    return;
  }
  append_unit(out, 0xd800 + ((value - 0x10000) >> 10U));
  append_unit(out, 0xdc00 + ((value - 0x10000) & 0x3ffU));
}

void append_escaped(std::string& out, char32_t value) {
  switch (value) {
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
      append_code_point(out, value);
  }
}

bool needs_escape(char32_t value) noexcept {
  return value < 0x20 || value == '"' || value == '\\' || value == 0x7f ||
         base::hides_or_reorders(value);
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
    if (needs_escape(point->value)) {
      append_escaped(out, point->value);
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
