#include "clients/kubernetes/status_fields.hpp"

#include <algorithm>
#include <limits>

namespace blindfold::kubernetes {
namespace {

constexpr std::size_t longest_reason = 64;
constexpr std::size_t longest_name = 253;
constexpr std::size_t longest_field = 256;
constexpr std::size_t most_causes = 16;
constexpr auto in_pieces = std::numeric_limits<std::size_t>::max();

bool is_letter(char character) noexcept {
  return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
}

// "NotFound", "FieldValueInvalid": a word of the server's, never an object's.
bool is_word(std::string_view text) noexcept {
  return std::ranges::all_of(text, is_letter);
}

// "data[tls.crt]", "metadata.annotations[kubernetes.io/service-account.name]".
bool is_field(std::string_view text) noexcept {
  return std::ranges::all_of(text, [](char character) {
    return is_letter(character) || (character >= '0' && character <= '9') ||
           std::string_view("-_.[]/").contains(character);
  });
}

}  // namespace

std::size_t StatusFields::wanted(std::string_view path) noexcept {
  if (path == "message") {
    return in_pieces;
  }
  if (path == "reason" || path == "details.kind" || path == "details.causes[].reason") {
    return longest_reason;
  }
  if (path == "details.name") {
    return longest_name;
  }
  return path == "details.causes[].field" ? longest_field : 0;
}

void StatusFields::string(std::string_view path, std::string_view value) noexcept {
  if (path == "details.name") {
    status_.name = is_subdomain(value) ? value : "";
  } else if (path == "details.causes[].field") {
    if (!status_.causes.empty() && is_field(value)) {
      status_.causes.back().field = value;
    }
  } else if (!is_word(value)) {
    return;
  } else if (path == "reason") {
    status_.reason = value;
  } else if (path == "details.kind") {
    status_.kind = value;
  } else if (path == "details.causes[].reason" && !status_.causes.empty()) {
    status_.causes.back().reason = value;
  }
}

void StatusFields::number(std::string_view path, std::int64_t value) noexcept {
  if (path == "code" && value >= 100 && value < 600) {
    status_.code = static_cast<int>(value);
  } else if (path == "details.retryAfterSeconds" && value > 0) {
    status_.retry_after = std::chrono::seconds(std::min<std::int64_t>(value, 24L * 60 * 60));
  }
}

void StatusFields::begin(std::string_view path) noexcept {
  if (path == "details.causes[]" && status_.causes.size() <= most_causes) {
    status_.causes.emplace_back();
  }
}

Status StatusFields::status() const {
  Status status = status_;
  if (status.causes.size() > most_causes) {
    status.causes.resize(most_causes);
  }
  status.admission = scanner_.admission();
  status.immutable = scanner_.immutable();
  return status;
}

void StatusFields::reset() noexcept {
  status_ = {};
  scanner_ = AdmissionScanner();
}

}  // namespace blindfold::kubernetes
