#include "platform/http/header_list.hpp"

#include <algorithm>
#include <utility>

namespace blindfold::http {
namespace {

/// A token (RFC 9110, 5.6.2).
bool is_name(std::string_view text) {
  const std::string_view punctuation = "!#$%&'*+-.^_`|~";
  const auto allowed = [punctuation](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           punctuation.contains(c);
  };
  return !text.empty() && std::ranges::all_of(text, allowed);
}

bool is_value(std::string_view text) {
  return std::ranges::none_of(
      text, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; });
}

/// Visible ASCII, of which all that RFC 6750 allows is a part.
bool is_token(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7f'; });
}

}  // namespace

void HeaderList::add(std::string line) {
  link(lines_.emplace_back(std::move(line)).data());
}

base::Result<> HeaderList::add(std::string_view name, std::string_view value) {
  if (!is_name(name) || !is_value(value)) {
    return std::unexpected(base::Error{
        base::ErrorKind::internal, "a request has a header that is not of a header's form", {}});
  }
  // curl sends a header without a value only where a semicolon says so.
  std::string line(name);
  line += value.empty() ? ";" : ": ";
  line += value;
  add(std::move(line));
  return {};
}

base::Result<> HeaderList::add(SecretHeader credential) noexcept {
  const secret::SecretBuffer& token = *credential.value;
  const std::string start = std::string(credential.name) + ": " + std::string(credential.prefix);
  if (!token.with_bytes(is_token)) {
    return std::unexpected(base::Error{base::ErrorKind::configuration,
                                       "a credential has characters that cannot be sent",
                                       "check where it comes from: a line break, a space or a "
                                       "quotation mark too many"});
  }
  auto line = secret::SecretBuffer::with_capacity(start.size() + token.size() + 1);
  const auto append = [&line](std::string_view bytes) { return line->append(bytes); };
  if (!line || !append(start) || !token.with_bytes(append) || !append({"\0", 1})) {
    return std::unexpected(
        line ? base::Error{base::ErrorKind::internal, "a credential does not fit", {}}
             : line.error());
  }
  credential_ = std::move(*line);
  // The bytes stay where they are, and nothing else points to them.
  credential_.with_bytes([this](std::string_view bytes) {
    link(const_cast<char*>(bytes.data()));  // NOLINT(*-const-cast): curl_slist's type
  });
  return {};
}

void HeaderList::link(char* line) {
  curl_slist* const last = nodes_.empty() ? nullptr : &nodes_.back();
  curl_slist& added = nodes_.emplace_back(curl_slist{line, nullptr});
  if (last != nullptr) {
    last->next = &added;
  }
}

}  // namespace blindfold::http
