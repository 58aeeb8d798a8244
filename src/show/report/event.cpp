#include "show/report/event.hpp"

#include "platform/base/timestamp.hpp"
#include "platform/json/writer.hpp"

namespace blindfold::report {
namespace {

// What the document takes beside its names.
constexpr std::size_t fixed_size = 224;

}  // namespace

std::string to_json(const model::RotationEvent& event, std::string_view deployment) {
  std::string out;
  out.reserve(fixed_size + event.id.size() + deployment.size());
  json::Writer(out)
      .begin_object()
      .member("schema", "blindfold.event/1")
      .member("sequence", event.sequence)
      .member("kind", to_string(event.kind))
      .member("id", event.id)
      .member("provided_by", to_string(event.provided_by))
      .member("store", to_string(event.store))
      .member("deployment", deployment)
      .member("at", base::format_timestamp(event.at, base::TimestampPrecision::microseconds))
      .end_object();
  return out;
}

}  // namespace blindfold::report
