#include "app/values.hpp"

#include <chrono>
#include <cstddef>

#include "platform/base/utf8.hpp"
#include "show/report/words.hpp"

namespace blindfold::app {
namespace {

constexpr std::size_t most_shown = 80;
constexpr std::chrono::hours longest_time{24};

std::unexpected<base::Error> mistake(std::string what, std::string hint) {
  return std::unexpected(base::Error{base::ErrorKind::usage, std::move(what), std::move(hint)});
}

std::string listed(std::span<const std::string_view> names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) {
      text += i + 1 == names.size() ? " or " : ", ";
    }
    text += names[i];
  }
  return text;
}

}  // namespace

std::string shown(std::string_view argument) {
  std::size_t end = 0;
  for (std::size_t i = 0; i < most_shown && end < argument.size(); ++i) {
    const auto point = base::first_code_point(argument.substr(end));
    end += point ? point->bytes : 1;
  }
  return report::quoted(argument.substr(0, end)) + (end < argument.size() ? "…" : "");
}

std::string suggestion(std::string_view text, std::span<const std::string_view> candidates) {
  const auto near = base::nearest(text, candidates);
  return near ? "did you mean " + report::quoted(*near) + "?" : std::string();
}

base::Result<base::Duration> read_duration(std::string_view option, std::string_view text) {
  constexpr const char* hint = "write a duration from 1ms to 24h: 500ms, 30s, 5m, 1h";
  const std::string start = std::string(option) + ": " + shown(text);
  const auto duration = base::parse_duration(text);
  if (!duration) {
    return mistake(start + " is not a duration", hint);
  }
  if (*duration <= base::Duration::zero()) {
    return mistake(start + " is too short", hint);
  }
  if (*duration > longest_time) {
    return mistake(start + " is too long", hint);
  }
  return *duration;
}

base::Result<std::string> read_name(std::string_view option, std::string_view what,
                                    std::string_view text) {
  const std::string start =
      option == what ? std::string(what) : std::string(option) + ": " + std::string(what);
  if (text.empty()) {
    return mistake(start + " is empty", {});
  }
  if (option != what && text.starts_with("--")) {
    return mistake(start + " is missing before " + shown(text),
                   what == "FILE"
                       ? "for a file of that name write " + shown("./" + std::string(text))
                       : std::string());
  }
  return std::string(text);
}

base::Error not_a_choice(std::string_view option, std::string_view text,
                         std::span<const std::string_view> names) {
  const std::string start = std::string(option) + ": " + shown(text);
  return {base::ErrorKind::usage,
          names.size() == 1 ? start + " is not " + std::string(names.front())
                            : start + " is not one of " + listed(names),
          suggestion(text, names)};
}

}  // namespace blindfold::app
