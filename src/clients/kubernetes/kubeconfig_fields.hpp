#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/manifest/document.hpp"
#include "platform/base/error.hpp"
#include "platform/secret/secret_buffer.hpp"

namespace blindfold::kubernetes {

/// Where a kubeconfig's text stands, and the first thing that is wrong in it.
class KubeconfigFile final {
 public:
  explicit KubeconfigFile(std::string path) : path_(std::move(path)) {}

  [[nodiscard]] const std::string& path() const noexcept { return path_; }
  /// "FILE:LINE:COLUMN".
  [[nodiscard]] std::string at(manifest::Position where) const;
  /// `path` from the file's folder on.
  [[nodiscard]] std::string resolved(std::string_view path) const;

  void error(manifest::Position where, std::string_view what, std::string hint = {});
  [[nodiscard]] const std::optional<base::Error>& error() const noexcept { return error_; }

 private:
  std::string path_;
  std::optional<base::Error> error_;
};

/// One map of a kubeconfig. What is not there, or null, is empty; what is of the
/// wrong form is noted in the file as wrong, and empty. Texts of errors name keys
/// and no values.
class KubeconfigFields final {
 public:
  /// `file` outlives it. A node that is no map is noted.
  KubeconfigFields(KubeconfigFile& file, manifest::TreeNode map);

  [[nodiscard]] std::string text(std::string_view key) const;
  [[nodiscard]] secret::SecretBuffer secret(std::string_view key) const;
  /// A path, absolute; empty where there is none.
  [[nodiscard]] std::string path(std::string_view key) const;
  [[nodiscard]] bool boolean(std::string_view key) const;
  [[nodiscard]] std::vector<manifest::TreeNode> list(std::string_view key) const;
  [[nodiscard]] std::vector<std::string> texts(std::string_view key) const;
  [[nodiscard]] std::optional<manifest::TreeNode> find(std::string_view key) const;

 private:
  [[nodiscard]] std::string_view scalar(std::string_view key) const;

  KubeconfigFile& file_;
  manifest::TreeNode map_;
};

}  // namespace blindfold::kubernetes
