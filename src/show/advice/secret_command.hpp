#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/locator.hpp"
#include "show/advice/commands.hpp"
#include "show/advice/value_feed.hpp"

namespace blindfold::advice {

/// Stands for a key whose name is not known: no Secret can have a key of that
/// name, so a command in which it was not replaced fails.
inline constexpr std::string_view unknown_key = "<KEY>";

/// The keys that a Secret is written with: those that are named and those that
/// its type cannot be without; unknown_key where there is neither.
[[nodiscard]] std::vector<std::string> keys_to_write(const model::KubernetesLocator& locator);

/// Lines that write a Secret with kubectl. Values are read first, one line a
/// key, in the order of the keys; those of several lines come from files.
class SecretCommand final {
 public:
  /// `keys` are those to write. The references outlive this.
  SecretCommand(const model::KubernetesLocator& locator, std::span<const std::string> keys,
                const CommandOptions& options);

  /// Whether the shell can do it: sh reads ValueFeed::most_in_sh values at most.
  [[nodiscard]] bool possible() const noexcept { return feed_.possible(); }

  [[nodiscard]] std::string create() const;
  /// Once what is being deleted is gone.
  [[nodiscard]] std::string create_after_deletion() const;
  /// Everything of it anew, in one update.
  [[nodiscard]] std::string replace() const;
  /// Deletes it and creates it anew, both by one kubectl that has the values.
  [[nodiscard]] std::string recreate() const;
  /// These keys; what else there is stays.
  [[nodiscard]] std::string patch() const;
  [[nodiscard]] std::string create_namespace() const;

 private:
  /// How the type is named to `kubectl create secret`.
  enum class Form : std::uint8_t { generic, tls, docker_registry };

  [[nodiscard]] Form form() const;
  [[nodiscard]] std::string create_of_type() const;
  [[nodiscard]] std::string create_as(Form form, std::string_view type) const;
  [[nodiscard]] std::string sources(Form form) const;
  [[nodiscard]] std::string within() const;
  [[nodiscard]] std::string named() const;
  [[nodiscard]] std::string context() const;
  [[nodiscard]] const std::string& name_space() const noexcept;
  [[nodiscard]] std::string word(std::string_view text) const;

  const model::KubernetesLocator& locator_;
  std::span<const std::string> keys_;
  const CommandOptions& options_;
  ValueFeed feed_;
};

}  // namespace blindfold::advice
