#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "platform/json/field_reader.hpp"
#include "platform/loop/callback.hpp"

namespace blindfold::aws {

/// What DescribeSecret and ListSecrets tell of one secret. Nothing else of it is
/// kept.
struct SecretFacts {
  std::string name;
  std::string arn;
  std::string current_version;  ///< the id that carries AWSCURRENT; empty: none does
  bool pending_deletion = false;
};

/// What DescribeParameters tells of one parameter.
struct ParameterFacts {
  std::string name;
  std::string arn;  ///< may be empty
  std::string type;
  std::string version;   ///< digits
  std::string modified;  ///< seconds since 1970, digits and perhaps a dot and more
};

// A reader is used for one reply; restart() makes it ready for another. Each
// refuses (feed() fails with `protocol`) what is not of its reply's form, what is
// longer than the service's own limits, and a reply that has a field in which a
// value could stand: at the field's name, before anything of it. What a reader of
// a list has told of a reply that turns out to be refused or cut off counts for
// nothing. Its callback neither destroys nor restarts it.

/// Reads DescribeSecret's reply.
class SecretReader final : public json::FieldReader {
 public:
  void restart() noexcept;
  [[nodiscard]] const SecretFacts& facts() const noexcept { return facts_; }

 private:
  std::size_t wanted(std::string_view path) noexcept override;
  bool on_string(std::string_view path, std::string_view value) noexcept override;
  bool on_key(std::string_view path) noexcept override;
  bool on_number(std::string_view path, std::int64_t value) noexcept override;
  bool on_fraction(std::string_view path, double value) noexcept override;
  bool on_document() noexcept override;

  SecretFacts facts_;
};

/// Reads ListSecrets' reply, one secret after the other.
class SecretListReader final : public json::FieldReader {
 public:
  explicit SecretListReader(loop::Callback<const SecretFacts&> on_secret) noexcept;
  void restart() noexcept;
  /// Where the next page begins; empty: this is the last.
  [[nodiscard]] const std::string& next() const noexcept { return next_; }

 private:
  std::size_t wanted(std::string_view path) noexcept override;
  bool on_string(std::string_view path, std::string_view value) noexcept override;
  bool on_key(std::string_view path) noexcept override;
  bool on_number(std::string_view path, std::int64_t value) noexcept override;
  bool on_fraction(std::string_view path, double value) noexcept override;
  bool on_begin(std::string_view path) noexcept override;
  bool on_end(std::string_view path) noexcept override;
  bool on_document() noexcept override;

  loop::Callback<const SecretFacts&> on_secret_;
  SecretFacts facts_;
  std::string next_;
  bool has_list_ = false;
};

/// Reads ListSecretVersionIds' reply: which version that holds a value carries
/// AWSCURRENT.
class VersionListReader final : public json::FieldReader {
 public:
  void restart() noexcept;
  /// Empty: none of this page.
  [[nodiscard]] const std::string& current() const noexcept { return current_; }
  [[nodiscard]] const std::string& next() const noexcept { return next_; }

 private:
  std::size_t wanted(std::string_view path) noexcept override;
  bool on_string(std::string_view path, std::string_view value) noexcept override;
  bool on_key(std::string_view path) noexcept override;
  bool on_begin(std::string_view path) noexcept override;
  bool on_end(std::string_view path) noexcept override;
  bool on_document() noexcept override;

  std::string version_;
  bool is_current_ = false;
  std::string current_;
  std::string next_;
  bool has_list_ = false;
};

/// Reads DescribeParameters' reply, one parameter after the other.
class ParameterListReader final : public json::FieldReader {
 public:
  explicit ParameterListReader(loop::Callback<const ParameterFacts&> on_parameter) noexcept;
  void restart() noexcept;
  [[nodiscard]] const std::string& next() const noexcept { return next_; }

 private:
  std::size_t wanted(std::string_view path) noexcept override;
  bool on_string(std::string_view path, std::string_view value) noexcept override;
  bool on_key(std::string_view path) noexcept override;
  bool on_number(std::string_view path, std::int64_t value) noexcept override;
  bool on_fraction(std::string_view path, double value) noexcept override;
  bool on_begin(std::string_view path) noexcept override;
  bool on_end(std::string_view path) noexcept override;
  bool on_document() noexcept override;

  loop::Callback<const ParameterFacts&> on_parameter_;
  ParameterFacts facts_;
  std::string next_;
  bool has_list_ = false;
};

}  // namespace blindfold::aws
