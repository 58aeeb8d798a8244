#include "clients/aws/profile_sections.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <utility>

namespace blindfold::aws {
namespace {

constexpr std::string_view white_space = " \t\r\f\v";

constexpr std::array<std::string_view, 23> of_a_profile{
    "aws_access_key_id",
    "ca_bundle",
    "credential_process",
    "credential_source",
    "duration_seconds",
    "ec2_metadata_service_endpoint",
    "ec2_metadata_service_endpoint_mode",
    "endpoint_url",
    "external_id",
    "ignore_configured_endpoint_urls",
    "mfa_serial",
    "region",
    "role_arn",
    "role_session_name",
    "services",
    "source_profile",
    "sso_account_id",
    "sso_region",
    "sso_role_name",
    "sso_session",
    "sso_start_url",
    "use_fips_endpoint",
    "web_identity_token_file",
};
constexpr std::array<std::string_view, 2> of_a_session{"sso_region", "sso_start_url"};
constexpr std::array<std::string_view, 4> of_services{
    "secrets_manager.endpoint_url", "ssm.endpoint_url", "sso.endpoint_url", "sts.endpoint_url"};
constexpr std::array<std::string_view, 3> secrets{"aws_secret_access_key", "aws_session_token",
                                                  "aws_security_token"};

std::span<const std::string_view> keys_of(SectionKind kind) noexcept {
  switch (kind) {
    case SectionKind::profile:
      return of_a_profile;
    case SectionKind::sso_session:
      return of_a_session;
    case SectionKind::services:
      break;
  }
  return of_services;
}

bool has(std::span<const std::string_view> keys, std::string_view key) noexcept {
  return !key.empty() && std::ranges::find(keys, key) != keys.end();
}

std::string_view trimmed(std::string_view text) noexcept {
  const std::size_t begin = std::min(text.find_first_not_of(white_space), text.size());
  return text.substr(begin, text.find_last_not_of(white_space) + 1 - begin);
}

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return result;
}

std::string_view without_quotes(std::string_view name) noexcept {
  const bool quoted = name.size() >= 2 && (name.front() == '"' || name.front() == '\'') &&
                      name.back() == name.front();
  return quoted ? name.substr(1, name.size() - 2) : name;
}

bool is_control(char c) noexcept {
  return (c >= 0 && c < ' ') || c == 0x7f;
}

bool may_stand_in_a_secret(char c) noexcept {
  return c > ' ' && c <= '~';
}

struct Name {
  SectionKind kind;
  std::string_view name;
};

/// Nothing: a section that says nothing here.
std::optional<Name> name_of(std::string_view header, SharedFile file) noexcept {
  if (file == SharedFile::credentials) {
    return Name{SectionKind::profile, header};
  }
  if (header == "default") {
    return Name{SectionKind::profile, header};
  }
  constexpr std::array<std::pair<std::string_view, SectionKind>, 3> kinds{
      {{"profile", SectionKind::profile},
       {"sso-session", SectionKind::sso_session},
       {"services", SectionKind::services}}};
  const std::string_view word = header.substr(0, header.find_first_of(white_space));
  const std::string_view name = without_quotes(trimmed(header.substr(word.size())));
  const auto* const kind =
      std::ranges::find(kinds, word, &std::pair<std::string_view, SectionKind>::first);
  if (kind == kinds.end() || name.empty()) {
    return std::nullopt;
  }
  return Name{kind->second, name};
}

/// Whether something below this key is asked for.
bool is_a_service(std::string_view key) noexcept {
  return std::ranges::any_of(
      of_services, [key](std::string_view each) { return each.substr(0, each.find('.')) == key; });
}

class SectionReader final {
 public:
  SectionReader(std::string_view text, const std::string& file, SharedFile kind,
                ProfileFile::Sections& sections) noexcept
      : text_(text), file_(file), file_kind_(kind), sections_(sections) {}

  base::Result<> read() {
    constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
    std::size_t begin = text_.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
    while (begin < text_.size()) {
      const std::size_t end = std::min(text_.find('\n', begin), text_.size());
      ++line_;
      if (auto taken = take_line(text_.substr(begin, end - begin)); !taken) {
        return taken;
      }
      begin = end + 1;
    }
    return {};
  }

 private:
  base::Result<> take_line(std::string_view line) {
    const std::string_view words = trimmed(line);
    if (words.empty() || words.front() == '#' || words.front() == ';') {
      return {};
    }
    const auto indent = static_cast<std::size_t>(words.data() - line.data());
    if (key_ && indent > indent_) {
      return take_more(words);
    }
    indent_ = indent;
    key_.reset();
    if (words.front() == '[') {
      return take_header(words);
    }
    return in_a_section_ ? take_key(words) : wrong("a line stands before the first `[section]`");
  }

  base::Result<> take_header(std::string_view words) {
    const std::size_t end = words.find(']');
    if (end == std::string_view::npos) {
      return wrong("a section's name has no `]` after it");
    }
    const std::string_view header = trimmed(words.substr(1, end - 1));
    if (header.empty() || std::ranges::any_of(header, is_control)) {
      return wrong("a section's name is empty, or has a character that it cannot have");
    }
    in_a_section_ = true;
    section_ = nullptr;
    if (const auto name = name_of(header, file_kind_)) {
      kind_ = name->kind;
      auto& same = sections_.at(static_cast<std::size_t>(kind_));
      section_ = &same.try_emplace(std::string(name->name), ProfileFile::Section{line_, {}, {}})
                      .first->second;
    }
    return {};
  }

  base::Result<> take_key(std::string_view words) {
    const std::size_t sign = words.find_first_of("=:");
    if (sign == std::string_view::npos || sign == 0) {
      return wrong("neither a `[section]` nor a `key = value`");
    }
    key_ = lower(trimmed(words.substr(0, sign)));
    const std::string_view value = trimmed(words.substr(sign + 1));
    nested_ = value.empty();
    return keep(*key_, value);
  }

  /// A line that belongs to the key above it.
  base::Result<> take_more(std::string_view words) {
    if (section_ == nullptr) {
      return {};
    }
    if (!nested_) {
      return has(keys_of(kind_), *key_) || has(secrets, *key_)
                 ? wrong("the value of `" + *key_ + "` goes on for another line")
                 : base::Result<>();
    }
    const std::size_t sign = words.find('=');
    if (sign == std::string_view::npos) {
      return !is_a_service(*key_) ? base::Result<>()
                                  : wrong("what is below `" + *key_ + "` is no `key = value`");
    }
    return keep(*key_ + '.' + lower(trimmed(words.substr(0, sign))),
                trimmed(words.substr(sign + 1)));
  }

  base::Result<> keep(const std::string& key, std::string_view value) {
    if (section_ == nullptr) {
      return {};
    }
    if (kind_ == SectionKind::profile && has(secrets, key)) {
      if (!std::ranges::all_of(value, may_stand_in_a_secret)) {
        return wrong('`' + key + "` holds something else than a key or a token");
      }
      section_->secrets.insert_or_assign(
          key,
          ProfileFile::Place{static_cast<std::size_t>(value.data() - text_.data()), value.size()});
    } else if (has(keys_of(kind_), key)) {
      if (std::ranges::any_of(value, is_control)) {
        return wrong('`' + key + "` holds a character that it cannot have");
      }
      section_->values.insert_or_assign(key, ProfileFile::Value{std::string(value), line_});
    }
    return {};
  }

  [[nodiscard]] std::unexpected<base::Error> wrong(std::string_view what) const {
    return std::unexpected(
        base::Error{base::ErrorKind::configuration,
                    file_ + ':' + std::to_string(line_) + ": " + std::string(what),
                    {}});
  }

  std::string_view text_;
  const std::string& file_;
  SharedFile file_kind_;
  ProfileFile::Sections& sections_;
  std::size_t line_ = 0;
  bool in_a_section_ = false;
  SectionKind kind_ = SectionKind::profile;
  ProfileFile::Section* section_ = nullptr;  ///< null: one that says nothing here
  std::optional<std::string> key_;           ///< that a line indented further belongs to
  bool nested_ = false;
  std::size_t indent_ = 0;
};

}  // namespace

base::Result<> read_sections(std::string_view text, const std::string& file, SharedFile kind,
                             ProfileFile::Sections& sections) {
  return SectionReader(text, file, kind, sections).read();
}

}  // namespace blindfold::aws
