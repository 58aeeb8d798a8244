#pragma once

#include <optional>
#include <string_view>

namespace blindfold::model {

/// An Amazon Resource Name, "arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE", in
/// parts of the text it was taken from (IAM User Guide, "Amazon Resource Names").
struct Arn {
  std::string_view partition;
  std::string_view service;
  std::string_view region;
  std::string_view account;
  std::string_view resource;  ///< all that follows, colons too

  friend bool operator==(const Arn&, const Arn&) = default;
};

/// Nothing where `text` is no ARN. Parts may be empty.
[[nodiscard]] std::optional<Arn> parse_arn(std::string_view text) noexcept;

/// The name of the secret that an ARN of Secrets Manager names, six random
/// characters at its end included where it has them. Nothing for what is none.
[[nodiscard]] std::optional<std::string_view> secret_in(const Arn& arn) noexcept;

/// The name of the parameter that an ARN of Systems Manager names, with its
/// first slash where the name has several levels. Nothing for what is none.
[[nodiscard]] std::optional<std::string_view> parameter_in(const Arn& arn) noexcept;

/// `name` without the hyphen and six random characters that an ARN of Secrets
/// Manager ends in; as it is where it does not look as if it had them.
[[nodiscard]] std::string_view without_suffix(std::string_view name) noexcept;

}  // namespace blindfold::model
