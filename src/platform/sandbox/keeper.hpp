#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "platform/base/error.hpp"
#include "platform/sandbox/guard.hpp"
#include "platform/sandbox/landlock.hpp"
#include "platform/sandbox/walker.hpp"

namespace blindfold::sandbox {

/// Turns the folders of a plan into rules, carving those above guarded ones
/// into their children. All three references outlive it.
class Keeper final {
 public:
  /// Rules that carving may make; far more than a folder of settings has.
  static constexpr std::size_t max_kept = 10'000;

  Keeper(Walker& walker, const Guard& guard, Ruleset& ruleset) noexcept
      : walker_(walker), guard_(guard), ruleset_(ruleset) {}

  /// Keeps the folder or file at `path`; nothing where it does not exist. Fails
  /// with kind `limit` where a carved folder has too many children.
  [[nodiscard]] base::Result<> keep(const std::string& path, Rights rights);

  /// What is kept, by id, each once.
  [[nodiscard]] std::vector<Kept> take_kept();
  [[nodiscard]] std::vector<std::string> take_carved();

 private:
  [[nodiscard]] base::Result<> add(const Node& node, Rights rights);
  [[nodiscard]] base::Result<> carve(const Node& folder, Rights rights);

  Walker& walker_;
  const Guard& guard_;
  Ruleset& ruleset_;
  std::vector<Kept> kept_;
  std::vector<std::string> carved_;
};

}  // namespace blindfold::sandbox
