#pragma once

#include <string>
#include <string_view>

#include "show/advice/aws_place.hpp"
#include "show/advice/commands.hpp"

namespace blindfold::advice {

/// The commands of the aws command line, of its versions 1 and 2, for one secret
/// or parameter. Those that write take the value from `file:///dev/stdin`: what
/// the file holds is taken as it is, also where it begins with `file://`, `-` or
/// `{`. A name whose values usually have several lines comes from a file, whose
/// path is to be filled in.
class AwsCommand final {
 public:
  /// `place` and `options` outlive it.
  AwsCommand(const AwsPlace& place, const CommandOptions& options) noexcept
      : place_(place), options_(options) {}

  [[nodiscard]] std::string create_secret() const;
  /// Adds a version that becomes the current one.
  [[nodiscard]] std::string put_secret_value() const;
  [[nodiscard]] std::string restore_secret() const;
  /// `overwrite`: only of one that exists.
  [[nodiscard]] std::string put_parameter(std::string_view type, bool overwrite) const;
  [[nodiscard]] std::string delete_parameter() const;

  /// Whether the value comes from a file.
  [[nodiscard]] bool from_file() const noexcept;
  /// The last part of the name.
  [[nodiscard]] std::string_view key() const noexcept;

 private:
  /// `command` and `ending`, with the value's source between them.
  [[nodiscard]] std::string writing(const std::string& command, const std::string& ending) const;
  [[nodiscard]] std::string where() const;
  /// " --name prod/db"
  [[nodiscard]] std::string given(std::string_view option, std::string_view text) const;

  const AwsPlace& place_;
  const CommandOptions& options_;
};

}  // namespace blindfold::advice
