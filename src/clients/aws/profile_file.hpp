#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "clients/aws/account.hpp"
#include "platform/base/error.hpp"
#include "platform/secret/secret_buffer.hpp"

namespace blindfold::aws {

/// The sections of a shared file that say something here.
enum class SectionKind : std::uint8_t { profile, sso_session, services };

/// One of the shared files, ~/.aws/config or ~/.aws/credentials, by the rules
/// that botocore reads them with: `[default]`, `[profile NAME]`, `[sso-session
/// NAME]`, `[services NAME]` in the one, `[NAME]` in the other; `key = value` or
/// `key: value`, keys in any case; lines that begin with `#` or `;` are comments,
/// and no others; what is indented further than its key belongs to it, as `sub =
/// value` where the key has nothing on its own line. Sections of a name are one,
/// and of a key that is there twice the last counts.
///
/// Keys that nothing here asks for are not kept. A secret one is not copied
/// either: it stands in the text, which this owns.
class ProfileFile final {
 public:
  struct Value {
    std::string text;
    std::size_t line;
  };

  /// Errors: `configuration`, with FILE:LINE and nothing of a value.
  [[nodiscard]] static base::Result<ProfileFile> parse(secret::SecretBuffer text, std::string file,
                                                       SharedFile kind);
  /// Reads the file, 1 MiB at most. Errors: those of account::read_file(), too.
  [[nodiscard]] static base::Result<ProfileFile> read(
      std::string file, SharedFile kind,
      std::chrono::milliseconds patience = std::chrono::seconds(10));

  [[nodiscard]] bool has(SectionKind kind, std::string_view name) const;
  /// `key`: "region"; of services "ssm.endpoint_url". Null: it is not there, or
  /// has nothing.
  [[nodiscard]] const Value* find(SectionKind kind, std::string_view name,
                                  std::string_view key) const;
  /// The key pair of a profile. Nothing: it has none. Errors: `configuration`
  /// where one half of it is missing.
  [[nodiscard]] base::Result<std::optional<Credentials>> keys_of(std::string_view profile) const;

  [[nodiscard]] const std::string& file() const noexcept { return file_; }
  [[nodiscard]] SharedFile kind() const noexcept { return kind_; }
  /// "FILE:LINE"
  [[nodiscard]] std::string at(std::size_t line) const;

  /// Where in the text a secret is.
  struct Place {
    std::size_t begin;
    std::size_t size;
  };
  struct Section {
    std::size_t line;
    std::map<std::string, Value, std::less<>> values;
    std::map<std::string, Place, std::less<>> secrets;
  };
  /// By kind and name.
  using Sections = std::array<std::map<std::string, Section, std::less<>>, 3>;

 private:
  ProfileFile(secret::SecretBuffer text, std::string file, SharedFile kind) noexcept;

  [[nodiscard]] const Section* section(SectionKind kind, std::string_view name) const;
  [[nodiscard]] base::Result<secret::SecretBuffer> copied(const Place& place) const;

  secret::SecretBuffer text_;
  std::string file_;
  SharedFile kind_;
  Sections sections_;
};

}  // namespace blindfold::aws
