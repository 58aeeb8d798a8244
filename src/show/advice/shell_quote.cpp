#include "show/advice/shell_quote.hpp"

#include <algorithm>

#include "platform/base/printable.hpp"

namespace blindfold::advice {
namespace {

constexpr std::string_view letters_and_digits =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

bool is_visible(char byte) noexcept {
  return byte >= ' ' && byte <= '~';
}

bool is_plain(std::string_view word, std::string_view also) noexcept {
  return std::ranges::all_of(
      word, [also](char byte) { return letters_and_digits.contains(byte) || also.contains(byte); });
}

void append_octal(std::string& out, char byte) {
  const auto value = static_cast<unsigned char>(byte);
  out += '\\';
  out += static_cast<char>('0' + (value >> 6U));
  out += static_cast<char>('0' + ((value >> 3U) & 7U));
  out += static_cast<char>('0' + (value & 7U));
}

/// For `$'…'` and printf's format alike: every byte that either, the shell
/// around it or history expansion could take for something else in octal.
std::string in_octal(std::string_view word, std::string_view special) {
  std::string out;
  for (const char byte : word) {
    if (is_visible(byte) && !special.contains(byte)) {
      out += byte;
    } else {
      append_octal(out, byte);
    }
  }
  return out;
}

std::string in_single_quotes(std::string_view word) {
  std::string out = "'";
  for (const char byte : word) {
    out += byte == '\'' ? std::string_view("'\\''") : std::string_view(&byte, 1);
  }
  out += '\'';
  return out;
}

std::string by_printf(std::string_view word) {
  const std::size_t end = word.find_last_not_of('\n') + 1;
  std::string out;
  if (end > 0) {
    out = "\"$(printf '" + in_octal(word.substr(0, end), "'\"\\!%$`-") + "')\"";
  }
  if (end < word.size()) {
    out += in_single_quotes(word.substr(end));
  }
  return out;
}

}  // namespace

std::string quote(std::string_view word, Shell shell) {
  if (!word.empty() && is_plain(word, "_-./:,@+")) {
    return std::string(word);
  }
  const bool visible = std::ranges::all_of(word, is_visible);
  if (shell == Shell::sh) {
    return visible ? in_single_quotes(word) : by_printf(word);
  }
  if (visible && word.find_first_of("'!\\") == std::string_view::npos) {
    return in_single_quotes(word);
  }
  return "$'" + in_octal(word, "'!\\") + "'";
}

std::string comment(std::string_view text) {
  std::string words = base::printable(text);
  const bool harmless = std::ranges::all_of(
      words, [](char byte) { return !is_visible(byte) || is_plain({&byte, 1}, " _-./:,@+%"); });
  if (harmless) {
    return "# " + words;
  }
  for (std::size_t at = 0; (at = words.find('\'', at)) != std::string::npos;) {
    words.replace(at, 1, "’");
  }
  return "# '" + words + "'";
}

}  // namespace blindfold::advice
