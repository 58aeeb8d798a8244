// Any bytes as a Status: whole and in pieces the same, and of its texts nothing
// but words, field paths and DNS names. Aborts where it is not so.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "clients/kubernetes/status_reader.hpp"
#include "platform/json/parser.hpp"

namespace {

namespace json = blindfold::json;
namespace kubernetes = blindfold::kubernetes;

void require(bool holds) {
  if (!holds) {
    std::abort();
  }
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

void check(const kubernetes::Status& status) {
  require(std::ranges::all_of(status.reason, is_letter) && status.reason.size() <= 64);
  require(std::ranges::all_of(status.kind, is_letter) && status.kind.size() <= 64);
  require(status.name.empty() || kubernetes::is_subdomain(status.name));
  require(status.causes.size() <= 16);
  for (const auto& cause : status.causes) {
    require(std::ranges::all_of(cause.reason, is_letter) && cause.field.size() <= 256);
    require(cause.field.find_first_of(" \"'<>=:,\n") == std::string::npos);
  }
  const bool named = status.admission.by != kubernetes::Admission::By::none;
  require(named ? kubernetes::is_subdomain(status.admission.name) : status.admission.name.empty());
}

std::string text_of(const kubernetes::Status& status) {
  std::string text = std::to_string(status.code) + status.reason + "|" + status.name + "|" +
                     status.kind + (status.immutable ? "|immutable|" : "|") + status.admission.name;
  for (const auto& cause : status.causes) {
    text += "|" + cause.reason + ":" + cause.field;
  }
  return text;
}

struct Outcome {
  std::string status;
  bool complete = false;
};

/// In pieces of `size` bytes.
Outcome read(std::string_view text, std::size_t size) {
  kubernetes::StatusReader reader;
  json::Parser parser(reader);
  bool complete = true;
  for (; complete && !text.empty(); text.remove_prefix(std::min(size, text.size()))) {
    complete = parser.feed(text.substr(0, size)).has_value();
  }
  complete = complete && parser.finish().has_value();
  check(reader.status());
  return {text_of(reader.status()), complete};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  const Outcome whole = read(text, std::max<std::size_t>(size, 1));
  const Outcome cut = read(text, 3);
  require(cut.complete == whole.complete);
  require(!whole.complete || cut.status == whole.status);
  return 0;
}
