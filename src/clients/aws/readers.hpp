#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

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
  std::string modified;  ///< as the service wrote it, digits and a dot
};

/// Reads DescribeSecret's reply. Each reader is used for one reply; restart()
/// makes it ready for another.
class SecretReader final : public json::FieldReader {
 public:
  void restart() noexcept;
  [[nodiscard]] const SecretFacts& facts() const noexcept { return facts_; }

 private:
  std::size_t wanted(std::string_view path) noexcept override;
  bool on_string(std::string_view path, std::string_view value) noexcept override;
  bool on_number(std::string_view path, std::int64_t value) noexcept override;
  bool on_fraction(std::string_view path, double value) noexcept override;
  bool on_document() noexcept override;

  SecretFacts facts_;
};

/// Reads ListSecrets' reply, one secret after the other.
class SecretListReader final : public json::FieldReader {
 public:
  explicit SecretListReader(loop::Callback<const SecretFacts&> on_secret);
  void restart() noexcept;
  /// Where the next page begins; empty: this is the last.
  [[nodiscard]] const std::string& next() const noexcept { return next_; }

 private:
  std::size_t wanted(std::string_view path) noexcept override;
  bool on_string(std::string_view path, std::string_view value) noexcept override;
  bool on_number(std::string_view path, std::int64_t value) noexcept override;
  bool on_fraction(std::string_view path, double value) noexcept override;
  bool on_begin(std::string_view path) noexcept override;
  bool on_end(std::string_view path) noexcept override;
  bool on_document() noexcept override;

  loop::Callback<const SecretFacts&> on_secret_;
  SecretFacts facts_;
  std::string next_;
};

/// Reads ListSecretVersionIds' reply: which version that holds a value carries
/// AWSCURRENT.
class VersionListReader final : public json::FieldReader {
 public:
  void restart() noexcept;
  [[nodiscard]] const std::string& current() const noexcept { return current_; }
  [[nodiscard]] const std::string& next() const noexcept { return next_; }

 private:
  std::size_t wanted(std::string_view path) noexcept override;
  bool on_string(std::string_view path, std::string_view value) noexcept override;
  bool on_begin(std::string_view path) noexcept override;
  bool on_end(std::string_view path) noexcept override;
  bool on_document() noexcept override;

  std::string version_;
  bool is_current_ = false;
  std::string current_;
  std::string next_;
};

/// Reads DescribeParameters' reply. A reply in which a value stands (no version
/// of the service has one) is refused at the field's name.
class ParameterListReader final : public json::FieldReader {
 public:
  explicit ParameterListReader(loop::Callback<const ParameterFacts&> on_parameter);
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
};

}  // namespace blindfold::aws
