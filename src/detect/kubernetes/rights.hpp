#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "clients/kubernetes/replies.hpp"

namespace blindfold::detect {

/// Something that an account may do.
struct Right {
  std::string verb;
  std::string group;     ///< empty: the core group
  std::string resource;  ///< "secrets", "pods/exec"
  std::string name;      ///< empty: not limited to a name

  friend bool operator==(const Right&, const Right&) = default;
};

/// Every right by which an account could get at any secret of its namespace in
/// another way than by reading it: what way_around() looks for.
[[nodiscard]] std::vector<Right> ways_around();

/// What an account may do in one namespace, as SelfSubjectRulesReview lists it.
class Rights final {
 public:
  Rights() = default;
  explicit Rights(kubernetes::Rules rules) noexcept : rules_(std::move(rules)) {}

  /// `right.name` empty: to all of them, as `create` and `deletecollection` need
  /// it (RBAC cannot limit those to a name).
  [[nodiscard]] bool allow(const Right& right) const noexcept;

  /// A verb by which the account could get the value of that secret from the API
  /// server: `get`, `list` and `watch` bring it, and so do the replies of `patch`,
  /// `delete` and `deletecollection`. Empty: there is none.
  [[nodiscard]] std::string_view reading_verb(const std::string& secret) const noexcept;

  /// Something by which it could get at any secret of the namespace in another
  /// way: by a pod that mounts it, by another account's token, by giving itself
  /// more rights, by taking the ask-only policy away.
  [[nodiscard]] std::optional<Right> way_around() const noexcept;

  /// Whether it may `create`, or `update` that secret: without the ask-only
  /// policy a way to guess its value.
  [[nodiscard]] bool may_guess(const std::string& secret) const noexcept;

  [[nodiscard]] const kubernetes::Rules& rules() const noexcept { return rules_; }

 private:
  kubernetes::Rules rules_;
};

}  // namespace blindfold::detect
