#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "clients/kubernetes/status.hpp"

namespace blindfold::kubernetes {

/// Looks for one phrase with a name in it in a text that streams past: a
/// literal, a name, and literals and names in turn. It keeps the name alone, and
/// only one of DNS-subdomain form.
class PhraseScanner final {
 public:
  /// Literals; a name stands between each two. The last may be empty: the name
  /// then has nothing behind it that is looked for.
  using Literals = std::array<std::string_view, 3>;

  /// Every literal but trailing empty ones holds something; literals outlive it.
  explicit PhraseScanner(const Literals& literals) noexcept : literals_(literals) {}

  void feed(char character) noexcept;
  [[nodiscard]] bool found() const noexcept { return found_; }
  /// The first name.
  [[nodiscard]] const std::string& name() const noexcept { return name_; }

 private:
  void in_literal(char character) noexcept;
  void in_name(char character) noexcept;
  void literal_ends() noexcept;
  void start_again(char character) noexcept;

  Literals literals_;
  std::size_t literal_ = 0;  ///< which is being matched
  std::size_t matched_ = 0;  ///< bytes of it
  std::size_t length_ = 0;   ///< of the name that is being passed
  bool named_ = false;       ///< within a name, before literal_
  bool found_ = false;
  std::string name_;
};

/// Reads who refused an object out of a Status' message as it streams past
/// (`k8s.io/apiserver` pkg/admission/plugin: the policy's, the webhook's and the
/// quota's own words), and whether it says that the object is immutable.
class AdmissionScanner final {
 public:
  AdmissionScanner() noexcept;

  void feed(std::string_view piece) noexcept;
  /// Of several the first of policy, webhook, quota.
  [[nodiscard]] Admission admission() const;
  [[nodiscard]] bool immutable() const noexcept { return immutable_.found(); }

 private:
  PhraseScanner policy_;
  PhraseScanner denied_;
  PhraseScanner no_dry_run_;
  PhraseScanner not_called_;
  PhraseScanner quota_;
  PhraseScanner immutable_;
};

/// A DNS subdomain (RFC 1123): what names of objects, webhooks and quotas are.
[[nodiscard]] bool is_subdomain(std::string_view name) noexcept;

}  // namespace blindfold::kubernetes
