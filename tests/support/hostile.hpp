#pragma once

#include <random>
#include <string>
#include <vector>

namespace blindfold::support {

/// Names that break what prints them carelessly.
inline std::vector<std::string> hostile_names() {
  return {
      "\x1b]0;owned\x07\x1b[2J\x1b[31mred",
      "right\u202eto\u2066left\u200f",
      "two\nlines\r\n\ttab",
      std::string(200, 'x'),
      "not \xff\xc3 UTF-8 \xed\xa0\x80",
      "quote\"s '\\ `$(id)` $HOME ${x} !! %s &<>]]>;|*?[a]{b}~#=",
      "noncharacters \ufffe\uffff",
      "漢字テスト的な長い名前、漢字テスト的な長い名前、漢字テスト的な長い名前",
      "e\u0301\u0302 combining \U0001f469\u200d\U0001f4bb",
      "-rf",
      "",
      " ",
      "\n",
      "\x01\x02\x7f\u0085\u2028",
  };
}

/// A name of up to 24 bytes, none of them NUL or a slash, half of them such as
/// shells treat in a way of their own.
template <class Generator>
std::string random_name(Generator& generator) {
  const std::string special = "'\"\\`$!&|;<>()[]{}*?~#=%-+ \t\n\r\x1b\x7f\x01\x81\x88\xff";
  std::uniform_int_distribution<std::size_t> length(1, 24);
  std::uniform_int_distribution<int> byte(1, 255);
  std::uniform_int_distribution<std::size_t> pick(0, special.size() - 1);
  std::string name;
  for (std::size_t left = length(generator); left > 0; --left) {
    char next =
        (byte(generator) & 1) != 0 ? special[pick(generator)] : static_cast<char>(byte(generator));
    name += next == '/' ? '_' : next;
  }
  return name;
}

}  // namespace blindfold::support
