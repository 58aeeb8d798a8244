#include "show/report/junit.hpp"

#include <string_view>

#include "platform/base/printable.hpp"
#include "platform/base/timestamp.hpp"
#include "platform/base/utf8.hpp"
#include "show/report/text.hpp"
#include "show/report/words.hpp"

namespace blindfold::report {
namespace {

enum class Outcome : std::uint8_t { passed, failure, error, skipped };

Outcome outcome_of(const model::Standing& standing) noexcept {
  const model::Color color = color_of(standing.presence);
  if (color == model::Color::green) {
    return Outcome::passed;
  }
  if (!counts(standing)) {
    return Outcome::skipped;
  }
  return color == model::Color::red ? Outcome::failure : Outcome::error;
}

std::string_view element_of(Outcome outcome) noexcept {
  switch (outcome) {
    case Outcome::failure:
      return "failure";
    case Outcome::error:
      return "error";
    case Outcome::passed:
    case Outcome::skipped:
      return "skipped";
  }
  return {};
}

/// One character as XML has it; U+FFFE and U+FFFF, which base::printable lets
/// through, are not allowed there.
void append_character(std::string& out, std::string_view character) {
  if (character == "&") {
    out += "&amp;";
  } else if (character == "<") {
    out += "&lt;";
  } else if (character == ">") {
    out += "&gt;";
  } else if (character == "\"") {
    out += "&quot;";
  } else if (character == "\xef\xbf\xbe" || character == "\xef\xbf\xbf") {
    out += character.back() == '\xbe' ? "\\u{fffe}" : "\\u{ffff}";
  } else {
    out += character;
  }
}

void append_attribute(std::string& out, std::string_view name, std::string_view value) {
  out.append(" ").append(name).append("=\"");
  const std::string shown = base::printable(value);
  for (std::string_view rest = shown; !rest.empty();) {
    const auto point = base::first_code_point(rest);
    const std::size_t bytes = point ? point->bytes : 1;
    append_character(out, rest.substr(0, bytes));
    rest.remove_prefix(bytes);
  }
  out += '"';
}

void append_count(std::string& out, std::string_view name, std::size_t count) {
  append_attribute(out, name, std::to_string(count));
}

std::string message_of(const model::Standing& standing) {
  std::string message(to_string(standing.presence));
  for (const std::string& remark : remarks_of(standing)) {
    message.append(": ").append(remark);
  }
  return message;
}

void append_case(std::string& out, const Status& status, const model::Standing& standing) {
  const Outcome outcome = outcome_of(standing);
  out += "    <testcase";
  append_attribute(out, "classname", status.deployment);
  append_attribute(out, "name", name_of(*standing.requirement));
  append_attribute(out, "time", "0");
  if (outcome == Outcome::passed) {
    out += "/>\n";
    return;
  }
  out.append(">\n      <").append(element_of(outcome));
  if (outcome != Outcome::skipped) {
    append_attribute(out, "type", to_string(standing.presence));
  }
  append_attribute(out, "message", message_of(standing));
  out += "/>\n    </testcase>\n";
}

struct Counts {
  std::size_t failures = 0;
  std::size_t errors = 0;
  std::size_t skipped = 0;
};

Counts count(const Status& status) noexcept {
  Counts counts;
  for (const model::Standing* const standing : status.standings) {
    const Outcome outcome = outcome_of(*standing);
    counts.failures += outcome == Outcome::failure ? 1 : 0;
    counts.errors += outcome == Outcome::error ? 1 : 0;
    counts.skipped += outcome == Outcome::skipped ? 1 : 0;
  }
  return counts;
}

}  // namespace

std::string to_junit(const Status& status) {
  const Counts counts = count(status);
  std::string timestamp =
      base::format_timestamp(status.observed_at, base::TimestampPrecision::seconds);
  timestamp.pop_back();  // JUnit's schema has no zone
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n  <testsuite";
  append_attribute(out, "name", "blindfold");
  append_attribute(out, "timestamp", timestamp);
  append_count(out, "tests", status.standings.size());
  append_count(out, "failures", counts.failures);
  append_count(out, "errors", counts.errors);
  append_count(out, "skipped", counts.skipped);
  append_attribute(out, "time", "0");
  out += ">\n";
  for (const model::Standing* const standing : status.standings) {
    append_case(out, status, *standing);
  }
  out += "  </testsuite>\n</testsuites>\n";
  return out;
}

}  // namespace blindfold::report
