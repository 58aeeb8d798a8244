#include "platform/log/line.hpp"

#include <cstddef>

#include "platform/base/printable.hpp"
#include "platform/base/timestamp.hpp"
#include "platform/base/utf8.hpp"
#include "platform/json/writer.hpp"
#include "platform/log/line_writer.hpp"

namespace blindfold::log {
namespace {

constexpr std::string_view ellipsis = "…";

std::string text_line(const Record& record) {
  std::string line = base::format_timestamp(record.at, base::TimestampPrecision::microseconds);
  line += ' ';
  line += to_string(record.level);
  line += ' ';
  line += record.component;
  line += ": ";
  base::append_printable(line, record.message);
  line += '\n';
  return line;
}

std::string json_line(const Record& record) {
  std::string line;
  json::Writer writer(line);
  writer.begin_object()
      .member("at", base::format_timestamp(record.at, base::TimestampPrecision::microseconds))
      .member("level", to_string(record.level))
      .member("component", record.component)
      .member("message", record.message);
  if (!record.document.empty()) {
    writer.key("event").raw(record.document);
  }
  writer.end_object();
  line += '\n';
  return line;
}

std::string whole_line(const Record& record, Format format) {
  return format == Format::text ? text_line(record) : json_line(record);
}

// Of one character, as the line shows it.
std::size_t shown_size(std::string_view character, Format format) {
  if (format == Format::text) {
    return base::printable(character).size();
  }
  std::string text;
  json::Writer(text).string(character);
  return text.size() - 2;
}

// As many characters as take `room` bytes at most when they are shown.
std::string_view cut(std::string_view message, std::size_t room, Format format) {
  std::size_t end = 0;
  while (end < message.size()) {
    const auto point = base::first_code_point(message.substr(end));
    const std::size_t bytes = point ? point->bytes : 1;
    const std::size_t size = shown_size(message.substr(end, bytes), format);
    if (size > room) {
      break;
    }
    room -= size;
    end += bytes;
  }
  return message.substr(0, end);
}

}  // namespace

std::string line_of(const Record& record, Format format) {
  std::string line = whole_line(record, format);
  if (line.size() <= longest_line) {
    return line;
  }
  Record shorter = record;
  shorter.message = ellipsis;
  const std::size_t taken = whole_line(shorter, format).size();
  const std::size_t room = taken < longest_line ? longest_line - taken : 0;
  const std::string message =
      std::string(cut(record.message, room, format)) + std::string(ellipsis);
  shorter.message = message;
  return whole_line(shorter, format);
}

}  // namespace blindfold::log
