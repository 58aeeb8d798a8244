// Any bytes as a reply of STS: whole and in pieces the same, and credentials
// complete or none. Aborts where it is not so.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "clients/aws/sts_reader.hpp"
#include "platform/xml/parser.hpp"

namespace {

namespace aws = blindfold::aws;
namespace xml = blindfold::xml;

void require(bool holds) {
  if (!holds) {
    std::abort();
  }
}

std::string text_of(const blindfold::secret::SecretBuffer& buffer) {
  return buffer.with_bytes([](std::string_view bytes) { return std::string(bytes); });
}

void check(const aws::Credentials& credentials) {
  const auto is_visible = [](char c) { return c > ' ' && c < '\x7f'; };
  for (const auto& [text, limit] :
       {std::pair(credentials.access_key_id, aws::largest_access_key_id),
        std::pair(text_of(credentials.secret_access_key), aws::largest_secret_access_key),
        std::pair(text_of(credentials.session_token), aws::largest_session_token)}) {
    require(!text.empty() && text.size() <= limit && std::ranges::all_of(text, is_visible));
  }
  require(credentials.expires.has_value());
}

struct Outcome {
  bool whole = false;
  bool refusal = false;
  std::string credentials;
};

/// In pieces of `size` bytes.
Outcome read(std::string_view text, std::string_view action, std::size_t size) {
  aws::StsReader reader(action);
  xml::Parser parser(reader);
  Outcome outcome;
  outcome.whole = true;
  for (; outcome.whole && !text.empty(); text.remove_prefix(std::min(size, text.size()))) {
    outcome.whole = parser.feed(text.substr(0, size)).has_value();
  }
  outcome.whole = outcome.whole && parser.finish().has_value();
  outcome.refusal = reader.is_refusal();
  if (const auto taken = reader.take()) {
    check(*taken);
    outcome.credentials = taken->access_key_id + " " + text_of(taken->secret_access_key) + " " +
                          text_of(taken->session_token);
  }
  return outcome;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  for (const std::string_view action : {"AssumeRole", "AssumeRoleWithWebIdentity"}) {
    const Outcome whole = read(text, action, std::max<std::size_t>(size, 1));
    const Outcome cut = read(text, action, 3);
    require(cut.whole == whole.whole);
    require(!whole.whole || (cut.refusal == whole.refusal && cut.credentials == whole.credentials));
  }
  return 0;
}
