#include "show/report/status.hpp"

#include <optional>

#include "platform/base/timestamp.hpp"
#include "platform/json/writer.hpp"
#include "show/report/words.hpp"

namespace blindfold::report {
namespace {

// What one requirement takes in the document beside its title and details.
constexpr std::size_t usual_requirement_size = 384;

std::string timestamp(base::SystemTime time) {
  return base::format_timestamp(time, base::TimestampPrecision::seconds);
}

void write_time(json::Writer& writer, std::string_view name,
                const std::optional<base::SystemTime>& time) {
  writer.key(name);
  if (time) {
    writer.string(timestamp(*time));
  } else {
    writer.null();
  }
}

void write_standing(json::Writer& writer, const model::Standing& standing) {
  const model::Requirement& requirement = *standing.requirement;
  writer.begin_object()
      .member("id", requirement.id)
      .member("title", requirement.title)
      .member("provided_by", to_string(requirement.provided_by))
      .member("required", standing.required)
      .member("store", to_string(store_of(requirement.locator)))
      .member("presence", to_string(standing.presence))
      .member("since", timestamp(standing.since));
  write_time(writer, "rotated_at", standing.rotated_at);
  writer.member("sight", to_string(standing.sight.level));
  if (const std::string reason = describe(standing.sight); !reason.empty()) {
    writer.member("sight_reason", reason);
  }
  writer.member("detail", describe(standing.details));
  if (standing.stale) {
    write_time(writer, "answered_at", standing.answered_at);
    writer.member("stale", true);
  }
  writer.end_object();
}

}  // namespace

bool counts(const model::Standing& standing) noexcept {
  return standing.required && standing.presence != model::Presence::skipped;
}

Summary summarize(std::span<const model::Standing* const> standings) noexcept {
  Summary summary;
  for (const model::Standing* const standing : standings) {
    if (!counts(*standing)) {
      continue;
    }
    const model::Color color = color_of(standing->presence);
    ++summary.required;
    summary.present += color == model::Color::green ? 1 : 0;
    summary.red += color == model::Color::red ? 1 : 0;
    summary.grey += color == model::Color::grey ? 1 : 0;
  }
  return summary;
}

std::string describe(const Summary& summary) {
  if (summary.required == 0) {
    return "no credential is required";
  }
  std::string words = std::to_string(summary.present) + " of " + std::to_string(summary.required);
  words += summary.required == 1 ? " required credential is present"
                                 : " required credentials are present";
  if (summary.grey > 0) {
    words += ", " + std::to_string(summary.grey) + " could not be determined";
  }
  return words;
}

int exit_status(const Summary& summary) noexcept {
  if (summary.red > 0) {
    return 1;
  }
  return summary.grey > 0 ? 3 : 0;
}

std::string to_json(const Status& status) {
  const Summary summary = summarize(status.standings);
  std::string out;
  out.reserve((status.standings.size() + 1) * usual_requirement_size);
  json::Writer writer(out);
  writer.begin_object()
      .member("schema", "blindfold.status/1")
      .member("agent", status.agent_version)
      .member("deployment", status.deployment)
      .member("observed_at", timestamp(status.observed_at))
      .key("summary")
      .begin_object()
      .member("required", summary.required)
      .member("present", summary.present)
      .member("ready", summary.ready())
      .end_object()
      .key("requirements")
      .begin_array();
  for (const model::Standing* const standing : status.standings) {
    write_standing(writer, *standing);
  }
  writer.end_array().end_object();
  out += '\n';
  return out;
}

}  // namespace blindfold::report
