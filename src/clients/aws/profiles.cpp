#include "clients/aws/profiles.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "core/manifest/path.hpp"
#include "platform/base/printable.hpp"

namespace blindfold::aws {
namespace {

std::string first_of(const Environment& environment, std::string_view name,
                     std::string_view otherwise) {
  const std::string value = variable(environment, name);
  return value.empty() ? variable(environment, otherwise) : value;
}

struct Shared {
  SharedFile kind;
  std::string_view named_by;
  std::string_view in_home;
};

constexpr std::array<Shared, 2> shared_files{
    {{SharedFile::credentials, "AWS_SHARED_CREDENTIALS_FILE", ".aws/credentials"},
     {SharedFile::config, "AWS_CONFIG_FILE", ".aws/config"}}};

}  // namespace

std::string variable(const Environment& environment, std::string_view name) {
  const auto found = environment.find(name);
  return found == environment.end() ? std::string() : found->second;
}

base::Result<Profiles> Profiles::load(const Environment& environment) {
  Profiles profiles;
  profiles.home_ = variable(environment, "HOME");
  const std::string named = first_of(environment, "AWS_PROFILE", "AWS_DEFAULT_PROFILE");
  profiles.chosen_ = named.empty() ? "default" : named;
  std::string looked;
  for (const Shared& shared : shared_files) {
    const std::string path = variable(environment, shared.named_by);
    const std::string file =
        path.empty() ? profiles.in_home(shared.in_home) : profiles.absolute(path);
    if (file.empty()) {
      continue;
    }
    looked += (looked.empty() ? "" : " and ") + file;
    auto read = ProfileFile::read(file, shared.kind);
    if (read) {
      profiles.files_.push_back(*std::move(read));
    } else if (read.error().kind == base::ErrorKind::denied && path.empty() && named.empty()) {
      profiles.denied_ = file;
    } else if (read.error().kind != base::ErrorKind::missing) {
      return std::unexpected(std::move(read.error()));
    }
  }
  if (!named.empty() && !profiles.has(SectionKind::profile, named)) {
    return std::unexpected(base::Error{
        base::ErrorKind::missing,
        "the profile \"" + base::printable(named) + "\", which AWS_PROFILE names, is not there: " +
            (looked.empty() ? "neither HOME nor AWS_CONFIG_FILE is set" : "not in " + looked),
        "correct AWS_PROFILE, or unset it"});
  }
  return profiles;
}

std::string Profiles::in_home(std::string_view path) const {
  return home_.empty() ? std::string() : manifest::resolved_path(home_, path);
}

std::string Profiles::absolute(std::string_view path) const {
  if (path.starts_with("~/") && !home_.empty()) {
    return in_home(path.substr(2));
  }
  std::error_code ignored;
  return manifest::resolved_path(std::filesystem::current_path(ignored).string(), path);
}

bool Profiles::has(SectionKind kind, std::string_view name) const {
  return std::ranges::any_of(
      files_, [kind, name](const ProfileFile& file) { return file.has(kind, name); });
}

std::optional<Profiles::Value> Profiles::find(SectionKind kind, std::string_view name,
                                              std::string_view key) const {
  for (const ProfileFile& file : files_) {
    if (const auto* const value = file.find(kind, name, key)) {
      return Value{value->text, file.at(value->line)};
    }
  }
  return std::nullopt;
}

std::string Profiles::chosen_value(std::string_view key) const {
  const auto value = find(chosen_, key);
  return value ? value->text : std::string();
}

const ProfileFile* Profiles::file(SharedFile kind) const noexcept {
  const auto found = std::ranges::find(files_, kind, &ProfileFile::kind);
  return found == files_.end() ? nullptr : &*found;
}

}  // namespace blindfold::aws
