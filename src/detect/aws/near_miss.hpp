#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "clients/aws/operations.hpp"
#include "detect/aws/aws_item.hpp"

namespace blindfold::detect {

/// Whether somebody may have written one name for the other: they differ in
/// case, slashes, hyphens and the like, or in an ending such as "-secret".
[[nodiscard]] bool are_alike(std::string_view name, std::string_view other);

/// What names of secrets like this one may begin with, ten at most.
[[nodiscard]] std::vector<std::string> likely_prefixes(std::string_view name);

/// What a parameter may have been called instead: a few names that Parameter
/// Store takes.
[[nodiscard]] std::vector<std::string> likely_parameters(const std::string& name);

/// Looks once for what each of the first few missing secrets may have been called
/// instead, in the listing of names that begin like it. Pure.
class SecretSearch final {
 public:
  /// `item` outlives it.
  void look_for(AwsItem& item);

  [[nodiscard]] bool idle() noexcept;
  /// The next page; only while it is not idle.
  [[nodiscard]] aws::Operation question() const;
  void on_secret(const aws::SecretFacts& facts);
  /// The page's end; where there is none, nothing was found out.
  void on_page(const std::optional<std::string>& next, base::Instant now) noexcept;

 private:
  std::deque<AwsItem*> items_;  ///< the first is being looked for
  std::size_t taken_ = 0;
  std::string next_;
  std::uint32_t pages_ = 0;
  std::string found_;
};

}  // namespace blindfold::detect
