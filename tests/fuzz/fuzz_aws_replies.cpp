// Any bytes as the reply that each reader of AWS is for: whole and in pieces the
// same, nothing beyond its size, nothing of a reply that has a value in it.
// Aborts where it is not so.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "clients/aws/readers.hpp"
#include "platform/json/parser.hpp"

namespace {

namespace json = blindfold::json;
namespace aws = blindfold::aws;

void require(bool holds) {
  if (!holds) {
    std::abort();
  }
}

/// In pieces of `size` bytes.
bool feed(json::Reader& reader, std::string_view text, std::size_t size) {
  json::Parser parser(reader);
  for (; !text.empty(); text.remove_prefix(std::min(size, text.size()))) {
    if (!parser.feed(text.substr(0, size))) {
      return false;
    }
  }
  return parser.finish().has_value();
}

std::string text_of(const aws::SecretFacts& facts) {
  require(facts.name.size() <= 256 && facts.arn.size() <= 2048);
  require(facts.current_version.size() <= 64);
  return facts.name + "|" + facts.arn + "|" + facts.current_version +
         (facts.pending_deletion ? "!" : "");
}

std::string text_of(const aws::ParameterFacts& facts) {
  require(!facts.name.empty() && facts.name.size() <= 2048 && facts.arn.size() <= 4096);
  require(!facts.type.empty() && facts.type.size() <= 64);
  require(facts.version.find_first_not_of("0123456789") == std::string::npos);
  require(facts.modified.find_first_not_of("0123456789.") == std::string::npos);
  require(!facts.version.empty() && !facts.modified.empty());
  return facts.name + "|" + facts.arn + "|" + facts.type + "|" + facts.version + "|" +
         facts.modified;
}

std::string token(const std::string& next, std::size_t longest) {
  require(next.size() <= longest);
  return "next " + next;
}

/// All of it, or that it was refused.
std::string read(std::string_view text, std::size_t size) {
  std::string read;
  aws::SecretReader secret;
  read += feed(secret, text, size) ? text_of(secret.facts()) : "refused";
  aws::VersionListReader versions;
  read +=
      feed(versions, text, size) ? versions.current() + token(versions.next(), 4096) : "refused";
  require(versions.current().size() <= 64);
  std::string told;
  aws::SecretListReader secrets(
      [&told](const aws::SecretFacts& facts) noexcept { told += text_of(facts); });
  read += feed(secrets, text, size) ? token(secrets.next(), 4096) : "refused";
  aws::ParameterListReader parameters(
      [&told](const aws::ParameterFacts& facts) noexcept { told += text_of(facts); });
  read += feed(parameters, text, size) ? token(parameters.next(), 8192) : "refused";
  return read + told;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  require(read(text, std::max<std::size_t>(size, 1)) == read(text, 3));
  return 0;
}
