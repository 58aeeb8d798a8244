#include "platform/http/head_reader.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>

namespace blindfold::http {
namespace {

constexpr std::chrono::seconds longest_wait = std::chrono::hours(24 * 365);

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view space = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(space);
  return begin == std::string_view::npos
             ? std::string_view()
             : text.substr(begin, text.find_last_not_of(space) - begin + 1);
}

bool same_name(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::ranges::equal(a, b, {}, lower, lower);
}

std::optional<std::chrono::sys_seconds> http_date(const std::optional<std::string>& text) {
  const std::time_t time = text ? curl_getdate(text->c_str(), nullptr) : -1;
  return time < 0 ? std::nullopt
                  : std::optional(std::chrono::sys_seconds(std::chrono::seconds(time)));
}

/// Digits alone; more of them than a year of seconds has is a year.
std::optional<std::chrono::seconds> whole_seconds(std::string_view text) {
  std::chrono::seconds::rep count = 0;
  const auto [end, error] = std::from_chars(text.begin(), text.end(), count);
  if (text.empty() || text.front() == '-' || end != text.end()) {
    return std::nullopt;
  }
  return error == std::errc() ? std::min(std::chrono::seconds(count), longest_wait) : longest_wait;
}

}  // namespace

HeadReader::Step HeadReader::read(std::string_view line) noexcept {
  bytes_ += line.size();
  if (bytes_ > largest) {
    return Step::too_large;
  }
  if (complete_) {
    return Step::more;
  }
  if (line.starts_with("HTTP/")) {
    status_line(line);
  } else if (!trimmed(line).empty()) {
    field(line);
  } else if (status_ < 100 || status_ > 599) {
    return Step::malformed;
  } else if (status_ >= 200) {
    complete_ = true;
    return Step::complete;
  }
  return Step::more;
}

Head HeadReader::head(base::SystemTime now) const {
  Head head{.status = status_,
            .content_type = content_type_.value_or(std::string()),
            .retry_after = std::nullopt,
            .date = http_date(date_),
            .stored = age_.has_value()};
  if (retry_after_) {
    head.retry_after = whole_seconds(*retry_after_);
    if (const auto until = head.retry_after ? std::nullopt : http_date(retry_after_)) {
      const auto from = head.date.value_or(std::chrono::floor<std::chrono::seconds>(now));
      head.retry_after = std::clamp(*until - from, std::chrono::seconds(0), longest_wait);
    }
  }
  return head;
}

void HeadReader::status_line(std::string_view line) noexcept {
  content_type_.reset();
  retry_after_.reset();
  date_.reset();
  age_.reset();
  status_ = 0;
  if (const std::size_t space = line.find(' '); space != std::string_view::npos) {
    const std::string_view digits = line.substr(space + 1, 3);
    std::from_chars(digits.begin(), digits.end(), status_);
  }
}

void HeadReader::field(std::string_view line) noexcept {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) {
    return;
  }
  const std::string_view name = line.substr(0, colon);
  const std::string_view value = trimmed(line.substr(colon + 1));
  // The first one counts: a second one is not what the server meant to say.
  for (const auto& [known, kept] :
       {std::pair("content-type", &content_type_), std::pair("retry-after", &retry_after_),
        std::pair("date", &date_), std::pair("age", &age_)}) {
    if (same_name(name, known) && !*kept) {
      kept->emplace(value);
    }
  }
}

}  // namespace blindfold::http
