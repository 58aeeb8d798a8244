#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "clients/aws/find_account.hpp"
#include "clients/aws/profile_file.hpp"
#include "platform/base/error.hpp"

namespace blindfold::aws {

/// Both shared files as one, and the profile of them that was chosen.
class Profiles final {
 public:
  struct Value {
    std::string text;
    std::string at;  ///< "FILE:LINE"
  };

  /// Reads what AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE name, or what
  /// stands in HOME; a file that is not there has nothing. One in HOME that may
  /// not be opened is passed over where nothing names a profile. Errors: those of
  /// ProfileFile; `missing` where a profile is named that stands in neither.
  [[nodiscard]] static base::Result<Profiles> load(const Environment& environment);

  /// AWS_PROFILE, or AWS_DEFAULT_PROFILE, or "default".
  [[nodiscard]] const std::string& chosen() const noexcept { return chosen_; }
  /// The file that was passed over; empty: none.
  [[nodiscard]] const std::string& denied() const noexcept { return denied_; }
  /// HOME with that below it; empty: there is no HOME.
  [[nodiscard]] std::string in_home(std::string_view path) const;
  /// Absolute, with `~/` taken for HOME.
  [[nodiscard]] std::string absolute(std::string_view path) const;

  [[nodiscard]] bool has(SectionKind kind, std::string_view name) const;
  /// The credentials file's, before the config file's.
  [[nodiscard]] std::optional<Value> find(SectionKind kind, std::string_view name,
                                          std::string_view key) const;
  [[nodiscard]] std::optional<Value> find(std::string_view profile, std::string_view key) const {
    return find(SectionKind::profile, profile, key);
  }
  /// Of the chosen profile; empty: nothing.
  [[nodiscard]] std::string chosen_value(std::string_view key) const;
  /// Null: it is not there.
  [[nodiscard]] const ProfileFile* file(SharedFile kind) const noexcept;

 private:
  std::string home_;
  std::string chosen_;
  std::string denied_;
  std::vector<ProfileFile> files_;  ///< credentials, config
};

/// A variable's value; empty: it is not set.
[[nodiscard]] std::string variable(const Environment& environment, std::string_view name);

}  // namespace blindfold::aws
