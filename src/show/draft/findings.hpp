#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/manifest/document.hpp"
#include "show/draft/ordered_set.hpp"

namespace blindfold::draft {

inline constexpr std::string_view tls_type = "kubernetes.io/tls";
inline constexpr std::string_view docker_type = "kubernetes.io/dockerconfigjson";

/// One place where a Secret is asked for.
struct SecretUse {
  std::string name_space{};  ///< empty: the text does not say
  std::string name{};
  std::string type{};               ///< empty: it does not say
  std::vector<std::string> keys{};  ///< empty: all that are there
  bool optional = false;
  std::string where{};  ///< for a person; printable
};

/// A Secret that the text creates itself.
struct CreatedSecret {
  std::string name_space;
  std::string name;
};

/// What objects use and create, in their order.
class Findings final {
 public:
  /// Names and keys that cannot be are left out, and that is noted. `at` is
  /// where it stands.
  void add(SecretUse use, manifest::TreeNode at);
  void add(CreatedSecret created) { created_.push_back(std::move(created)); }
  /// Something that a person should know; `words` are printable.
  void note(const std::string& words) { notes_.add(words); }
  void count_object() noexcept { ++objects_; }

  [[nodiscard]] const std::vector<SecretUse>& uses() const noexcept { return uses_; }
  [[nodiscard]] const std::vector<CreatedSecret>& created() const noexcept { return created_; }
  [[nodiscard]] const std::vector<std::string>& notes() const noexcept { return notes_.all(); }
  [[nodiscard]] std::size_t objects() const noexcept { return objects_; }

 private:
  std::vector<SecretUse> uses_;
  std::vector<CreatedSecret> created_;
  OrderedSet notes_;
  std::size_t objects_ = 0;
};

}  // namespace blindfold::draft
