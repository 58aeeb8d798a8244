#include "core/model/arn.hpp"

#include <algorithm>
#include <cstddef>

namespace blindfold::model {
namespace {

constexpr std::size_t suffix_length = 6;

bool is_alphanumeric(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

std::optional<std::string_view> take_part(std::string_view& rest) noexcept {
  const std::size_t colon = rest.find(':');
  if (colon == std::string_view::npos) {
    return std::nullopt;
  }
  const std::string_view part = rest.substr(0, colon);
  rest.remove_prefix(colon + 1);
  return part;
}

}  // namespace

std::optional<Arn> parse_arn(std::string_view text) noexcept {
  if (take_part(text) != "arn") {
    return std::nullopt;
  }
  Arn arn;
  for (std::string_view* const part : {&arn.partition, &arn.service, &arn.region, &arn.account}) {
    const auto taken = take_part(text);
    if (!taken) {
      return std::nullopt;
    }
    *part = *taken;
  }
  arn.resource = text;
  return arn;
}

std::optional<std::string_view> secret_in(const Arn& arn) noexcept {
  constexpr std::string_view kind = "secret:";
  if (arn.service != "secretsmanager" || !arn.resource.starts_with(kind)) {
    return std::nullopt;
  }
  return arn.resource.substr(kind.size());
}

std::optional<std::string_view> parameter_in(const Arn& arn) noexcept {
  constexpr std::string_view kind = "parameter/";
  if (arn.service != "ssm" || !arn.resource.starts_with(kind)) {
    return std::nullopt;
  }
  // "parameter/name" is of `name`, "parameter/a/b" of `/a/b`.
  const std::string_view name = arn.resource.substr(kind.size());
  return name.find('/') == std::string_view::npos ? name : arn.resource.substr(kind.size() - 1);
}

std::string_view without_suffix(std::string_view name) noexcept {
  if (name.size() <= suffix_length + 1) {
    return name;
  }
  const std::size_t hyphen = name.size() - suffix_length - 1;
  const bool has_one =
      name[hyphen] == '-' && std::ranges::all_of(name.substr(hyphen + 1), is_alphanumeric);
  return has_one ? name.substr(0, hyphen) : name;
}

}  // namespace blindfold::model
