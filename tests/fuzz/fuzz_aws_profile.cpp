// Any bytes as a shared file of the AWS SDKs, as the one and as the other. What
// is kept can stand where it goes; what is wrong with it is said in one line that
// shows nothing of it. Aborts where something is promised and not so.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "clients/account/file.hpp"
#include "clients/aws/profile_file.hpp"
#include "clients/aws/split_command.hpp"

namespace {

using namespace blindfold::aws;

constexpr std::string_view file_name = "/f";

void require(bool holds) {
  if (!holds) {
    std::abort();
  }
}

bool is_visible(char c) {
  return c > ' ' && c <= '~';
}

void check(const blindfold::secret::SecretBuffer& secret) {
  secret.with_bytes(
      [](std::string_view bytes) { require(std::ranges::all_of(bytes, is_visible)); });
}

void check(const ProfileFile& file, std::string_view profile) {
  const auto keys = file.keys_of(profile);
  if (!keys) {
    require(keys.error().kind == blindfold::base::ErrorKind::configuration);
  } else if (*keys) {
    require(!(*keys)->access_key_id.empty() && !(*keys)->secret_access_key.empty());
    check((*keys)->secret_access_key);
    check((*keys)->session_token);
  }
  for (const std::string_view key : {"region", "role_arn", "source_profile", "endpoint_url"}) {
    const auto* const value = file.find(SectionKind::profile, profile, key);
    require(value == nullptr ||
            (!value->text.empty() && value->line > 0 &&
             std::ranges::none_of(value->text, [](char c) { return c == '\n' || c == '\0'; })));
  }
  require(file.find(SectionKind::profile, profile, "aws_secret_access_key") == nullptr);
}

void check(std::string_view text, SharedFile kind) {
  auto copied = blindfold::account::copied(text);
  require(copied.has_value());
  const auto file = ProfileFile::parse(*std::move(copied), std::string(file_name), kind);
  if (!file) {
    require(file.error().kind == blindfold::base::ErrorKind::configuration);
    require(file.error().what.starts_with(file_name) &&
            std::ranges::all_of(file.error().what, [](char c) { return c >= ' ' && c <= '~'; }));
    return;
  }
  check(*file, "default");
  check(*file, "x");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  check(text, SharedFile::config);
  check(text, SharedFile::credentials);
  const auto words = split_command(text);
  require(!words || words->size() <= size);
  return 0;
}
