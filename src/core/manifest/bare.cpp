#include "core/manifest/bare.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "core/manifest/characters.hpp"

namespace blindfold::manifest {
namespace {

constexpr std::array<std::string_view, 22> booleans{
    "true", "True", "TRUE", "false", "False", "FALSE", "yes", "Yes", "YES", "no", "No",
    "NO",   "on",   "On",   "ON",    "off",   "Off",   "OFF", "y",   "Y",   "n",  "N"};

constexpr std::array<std::string_view, 6> not_finite{".inf", ".Inf", ".INF",
                                                     ".nan", ".NaN", ".NAN"};

bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}

std::size_t count_digits(std::string_view text) noexcept {
  const auto is_none = [](char c) { return !is_digit(c) && c != '_'; };
  return static_cast<std::size_t>(std::ranges::find_if(text, is_none) - text.begin());
}

// 12, 1_000, 12.5, .5, 1e3, 1.5E-7
bool is_decimal(std::string_view text) noexcept {
  const std::size_t whole = text.starts_with('_') ? 0 : count_digits(text);
  std::string_view rest = text.substr(whole);
  std::size_t fraction = 0;
  if (rest.starts_with('.')) {
    fraction = count_digits(rest.substr(1));
    rest.remove_prefix(1 + fraction);
  }
  if (whole + fraction == 0) {
    return false;
  }
  if (rest.starts_with('e') || rest.starts_with('E')) {
    rest.remove_prefix(1);
    if (rest.starts_with('+') || rest.starts_with('-')) {
      rest.remove_prefix(1);
    }
    return !rest.empty() && count_digits(rest) == rest.size();
  }
  return rest.empty();
}

// 0x1f, 0o17, 0b1
bool is_prefixed(std::string_view text) noexcept {
  if (text.size() < 3 || text.front() != '0') {
    return false;
  }
  const bool hexadecimal = text[1] == 'x';
  return (hexadecimal || text[1] == 'o' || text[1] == 'b') &&
         std::ranges::all_of(text.substr(2), [hexadecimal](char c) {
           return is_digit(c) || c == '_' ||
                  (hexadecimal && ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')));
         });
}

// 12:30 is 750 in YAML 1.1
bool is_sexagesimal(std::string_view text) noexcept {
  std::size_t digits = count_digits(text);
  std::string_view rest = text.substr(digits);
  if (digits == 0 || !rest.starts_with(':')) {
    return false;
  }
  while (rest.starts_with(':')) {
    rest.remove_prefix(1);
    digits = count_digits(rest);
    if (digits == 0 || digits > 2) {
      return false;
    }
    rest.remove_prefix(digits);
  }
  return rest.empty() || (rest.front() == '.' && count_digits(rest.substr(1)) == rest.size() - 1);
}

// 2026-11-23, 2026-11-23T12:00:00Z
bool is_date(std::string_view text) noexcept {
  if (count_digits(text) != 4) {
    return false;
  }
  text.remove_prefix(4);
  for (int i = 0; i < 2; ++i) {
    const std::size_t digits = text.starts_with('-') ? count_digits(text.substr(1)) : 0;
    if (digits == 0 || digits > 2) {
      return false;
    }
    text.remove_prefix(1 + digits);
  }
  return text.empty() || text.front() == 'T' || text.front() == 't' || text.front() == ' ' ||
         text.front() == '\t';
}

constexpr std::array<std::string_view, 3> nulls{"null", "Null", "NULL"};

bool is_bare(std::string_view text) noexcept {
  const auto is_plain = [](char c) {
    return is_alphanumeric(c) || std::string_view("._/- ").find(c) != std::string_view::npos;
  };
  const std::string_view word = text.starts_with('.') ? text.substr(1) : text;
  return !word.empty() && (is_alphanumeric(word.front()) || word.front() == '_') &&
         word.back() != ' ' && std::ranges::all_of(word, is_plain) &&
         std::ranges::find(nulls, text) == nulls.end() && other_type_of(text).empty();
}

}  // namespace

std::string_view other_type_of(std::string_view text) noexcept {
  if (std::ranges::find(booleans, text) != booleans.end()) {
    return "true or false";
  }
  if (is_date(text)) {
    return "a date";
  }
  if (text.starts_with('+') || text.starts_with('-')) {
    text.remove_prefix(1);
  }
  const bool number = is_decimal(text) || is_prefixed(text) || is_sexagesimal(text) ||
                      std::ranges::find(not_finite, text) != not_finite.end();
  return number ? "a number" : "";
}

std::string write_scalar(std::string_view text) {
  if (is_bare(text)) {
    return std::string(text);
  }
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f) {
      out.append("\\x") += digits[byte >> 4U];
      out += digits[byte & 15U];
      continue;
    }
    if (c == '"' || c == '\\') {
      out += '\\';
    }
    out += c;
  }
  out += '"';
  return out;
}

}  // namespace blindfold::manifest
