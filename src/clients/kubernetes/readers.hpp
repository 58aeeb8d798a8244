#pragma once

#include <string>
#include <string_view>

#include "clients/kubernetes/replies.hpp"
#include "platform/json/field_reader.hpp"

namespace blindfold::kubernetes {

/// Readers for Call: each reads the one kind that it is for (`kind` comes first
/// in what an API server sends; anything else ends the parse before a second
/// field is looked at) and keeps nothing but what its reply names. Each may be
/// used again after reset().

/// PartialObjectMetadata: name, uid, resourceVersion, whether a deletionTimestamp
/// is there. Labels, annotations and managedFields are passed over.
class ObjectMetaReader final : public json::FieldReader {
 public:
  [[nodiscard]] const ObjectMeta& meta() const noexcept { return meta_; }
  void reset() noexcept;

 private:
  std::size_t wanted(std::string_view path) noexcept override;
  bool on_string(std::string_view path, std::string_view value) noexcept override;

  ObjectMeta meta_;
  bool right_kind_ = false;
};

/// SelfSubjectRulesReview: `status`.
class RulesReader final : public json::FieldReader {
 public:
  [[nodiscard]] const Rules& rules() const noexcept { return rules_; }
  void reset() noexcept;

 private:
  std::size_t wanted(std::string_view path) noexcept override;
  bool on_string(std::string_view path, std::string_view value) noexcept override;
  bool on_boolean(std::string_view path, bool value) noexcept override;
  bool on_begin(std::string_view path) noexcept override;

  Rules rules_;
  bool right_kind_ = false;
};

/// SelfSubjectAccessReview: `status.allowed`.
class AccessReader final : public json::FieldReader {
 public:
  [[nodiscard]] bool allowed() const noexcept { return allowed_; }
  void reset() noexcept;

 private:
  std::size_t wanted(std::string_view path) noexcept override;
  bool on_string(std::string_view path, std::string_view value) noexcept override;
  bool on_boolean(std::string_view path, bool value) noexcept override;

  bool allowed_ = false;
  bool right_kind_ = false;
};

/// ConfigMap: the values under the keys that hold settings, which are no secrets.
class SettingsReader final : public json::FieldReader {
 public:
  /// `keys` outlives it. 4 KiB a value at most; a longer one is left out.
  explicit SettingsReader(const std::vector<std::string>& keys) noexcept : keys_(keys) {}
  /// By the place in `keys`; nothing where the ConfigMap has no such key.
  [[nodiscard]] const std::vector<std::optional<std::string>>& values() const noexcept {
    return values_;
  }
  void reset() noexcept;

 private:
  std::size_t wanted(std::string_view path) noexcept override;
  bool on_string(std::string_view path, std::string_view value) noexcept override;

  const std::vector<std::string>& keys_;
  std::vector<std::optional<std::string>> values_;
  bool right_kind_ = false;
};

}  // namespace blindfold::kubernetes
