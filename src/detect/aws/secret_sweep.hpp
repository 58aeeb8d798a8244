#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "clients/aws/operations.hpp"
#include "detect/aws/secret_look.hpp"

namespace blindfold::detect {

/// One pass over the listing of a region's secrets: what it claims of those that
/// are looked for, page by page. What else is listed is forgotten as it comes.
class SecretSweep final {
 public:
  static constexpr std::uint32_t most_pages = 100;

  /// Another secret that is looked for; numbers count from 0. `place` outlives it.
  void add(const AwsPlace& place);

  /// The next page, or the first of a new pass.
  [[nodiscard]] aws::Operation question();
  void on_secret(const aws::SecretFacts& facts);
  enum class Page : std::uint8_t { more, last, endless };
  [[nodiscard]] Page on_page(const std::string& next) noexcept;
  /// The next question begins anew.
  void abandon() noexcept;

  /// Once the last page has come.
  [[nodiscard]] const SecretClaim& claim(std::size_t number) const { return claims_[number]; }
  /// How many requests a pass takes; 0: nobody knows yet.
  [[nodiscard]] std::size_t cost() const noexcept { return cost_; }

 private:
  void note(std::string_view key, const aws::SecretFacts& facts);

  std::vector<const AwsPlace*> places_;
  std::multimap<std::string, std::size_t, std::less<>> by_locator_;
  std::vector<SecretClaim> claims_;
  std::string next_;
  std::uint32_t pages_ = 0;
  std::size_t cost_ = 0;
};

/// What all these names begin with, ten texts at most, each up to a name's first
/// slash; none where that does not cover them. Listing by them leaves out what
/// others keep in the account.
[[nodiscard]] std::vector<std::string> common_prefixes(const std::vector<const AwsPlace*>& places);

}  // namespace blindfold::detect
