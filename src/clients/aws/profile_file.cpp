#include "clients/aws/profile_file.hpp"

#include <utility>

#include "clients/account/file.hpp"
#include "clients/aws/profile_sections.hpp"

namespace blindfold::aws {
namespace {

constexpr std::size_t largest_shared_file = 1'048'576;

}  // namespace

ProfileFile::ProfileFile(secret::SecretBuffer text, std::string file, SharedFile kind) noexcept
    : text_(std::move(text)), file_(std::move(file)), kind_(kind) {
}

base::Result<ProfileFile> ProfileFile::parse(secret::SecretBuffer text, std::string file,
                                             SharedFile kind) {
  ProfileFile parsed(std::move(text), std::move(file), kind);
  const auto read = parsed.text_.with_bytes([&parsed, kind](std::string_view bytes) {
    return read_sections(bytes, parsed.file_, kind, parsed.sections_);
  });
  if (!read) {
    return std::unexpected(read.error());
  }
  return parsed;
}

base::Result<ProfileFile> ProfileFile::read(std::string file, SharedFile kind,
                                            std::chrono::milliseconds patience) {
  auto text = account::read_file(file, largest_shared_file, patience);
  if (!text) {
    return std::unexpected(std::move(text.error()));
  }
  return parse(*std::move(text), std::move(file), kind);
}

const ProfileFile::Section* ProfileFile::section(SectionKind kind, std::string_view name) const {
  const auto& same = sections_.at(static_cast<std::size_t>(kind));
  const auto found = same.find(name);
  return found == same.end() ? nullptr : &found->second;
}

bool ProfileFile::has(SectionKind kind, std::string_view name) const {
  return section(kind, name) != nullptr;
}

const ProfileFile::Value* ProfileFile::find(SectionKind kind, std::string_view name,
                                            std::string_view key) const {
  const Section* const there = section(kind, name);
  if (there == nullptr) {
    return nullptr;
  }
  const auto value = there->values.find(key);
  return value == there->values.end() || value->second.text.empty() ? nullptr : &value->second;
}

base::Result<secret::SecretBuffer> ProfileFile::copied(const Place& place) const {
  return text_.with_bytes([&place](std::string_view bytes) {
    return account::copied(bytes.substr(place.begin, place.size));
  });
}

base::Result<std::optional<Credentials>> ProfileFile::keys_of(std::string_view profile) const {
  const Section* const there = section(SectionKind::profile, profile);
  const Value* const id = find(SectionKind::profile, profile, "aws_access_key_id");
  if (id == nullptr) {
    return std::nullopt;
  }
  const auto& secrets = there->secrets;
  const auto key = secrets.find("aws_secret_access_key");
  if (key == secrets.end() || key->second.size == 0) {
    return std::unexpected(base::Error{
        base::ErrorKind::configuration,
        at(id->line) + ": there is no `aws_secret_access_key` for this `aws_access_key_id`",
        {}});
  }
  auto token = secrets.find("aws_session_token");
  if (token == secrets.end()) {
    token = secrets.find("aws_security_token");
  }
  auto copied_key = copied(key->second);
  auto copied_token = token == secrets.end() || token->second.size == 0
                          ? base::Result<secret::SecretBuffer>()
                          : copied(token->second);
  if (!copied_key || !copied_token) {
    return std::unexpected(copied_key ? copied_token.error() : copied_key.error());
  }
  return Credentials{.access_key_id = id->text,
                     .secret_access_key = *std::move(copied_key),
                     .session_token = *std::move(copied_token)};
}

std::string ProfileFile::at(std::size_t line) const {
  return file_ + ':' + std::to_string(line);
}

}  // namespace blindfold::aws
