#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "clients/kubernetes/kind_reader.hpp"
#include "clients/kubernetes/replies.hpp"

namespace blindfold::kubernetes {

/// Readers for Call: each reads the one kind that it is for and keeps nothing
/// but what its reply names. Each may be used again after reset().

/// PartialObjectMetadata: name, uid, resourceVersion, whether a deletionTimestamp
/// is there. Labels, annotations and managedFields are passed over.
class ObjectMetaReader final : public KindReader {
 public:
  ObjectMetaReader() noexcept : KindReader("PartialObjectMetadata") {}

  [[nodiscard]] const ObjectMeta& meta() const noexcept { return meta_; }
  void reset() noexcept;

 private:
  std::size_t wanted_of_kind(std::string_view path) noexcept override;
  bool on_string_of_kind(std::string_view path, std::string_view value) noexcept override;

  ObjectMeta meta_;
};

/// SelfSubjectRulesReview: `status`. Rules beyond the most that are kept make it
/// `incomplete`.
class RulesReader final : public KindReader {
 public:
  RulesReader() noexcept : KindReader("SelfSubjectRulesReview") {}

  [[nodiscard]] const Rules& rules() const noexcept { return rules_; }
  void reset() noexcept;

 private:
  std::vector<std::string>* list_at(std::string_view path) noexcept;
  std::size_t wanted_of_kind(std::string_view path) noexcept override;
  bool on_string_of_kind(std::string_view path, std::string_view value) noexcept override;
  bool on_boolean(std::string_view path, bool value) noexcept override;
  bool on_begin(std::string_view path) noexcept override;

  Rules rules_;
  bool full_ = false;  ///< it is within a rule beyond the most
};

/// SelfSubjectAccessReview: `status.allowed`.
class AccessReader final : public KindReader {
 public:
  AccessReader() noexcept : KindReader("SelfSubjectAccessReview") {}

  [[nodiscard]] bool allowed() const noexcept { return allowed_; }
  void reset() noexcept;

 private:
  std::size_t wanted_of_kind(std::string_view path) noexcept override;
  bool on_string_of_kind(std::string_view path, std::string_view value) noexcept override;
  bool on_boolean(std::string_view path, bool value) noexcept override;

  bool allowed_ = false;
};

/// ConfigMap: the values under the keys that hold settings, which are no secrets.
class SettingsReader final : public KindReader {
 public:
  /// 4 KiB a value at most; a longer one is left out.
  explicit SettingsReader(const std::vector<std::string>& keys);
  /// By the place in `keys`; nothing where the ConfigMap has no such key.
  [[nodiscard]] const std::vector<std::optional<std::string>>& values() const noexcept {
    return values_;
  }
  void reset() noexcept;

 private:
  std::size_t wanted_of_kind(std::string_view path) noexcept override;
  bool on_string_of_kind(std::string_view path, std::string_view value) noexcept override;
  bool on_too_long_of_kind(std::string_view path) noexcept override;

  std::vector<std::string> paths_;
  std::vector<std::optional<std::string>> values_;
};

}  // namespace blindfold::kubernetes
