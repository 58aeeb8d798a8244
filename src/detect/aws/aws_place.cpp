#include "detect/aws/aws_place.hpp"

#include <string_view>
#include <variant>

#include "core/model/arn.hpp"

namespace blindfold::detect {
namespace {

constexpr std::size_t suffix_length = 7;  // the hyphen, too

AwsPlace secret_place(const model::SecretsManagerLocator& locator) {
  AwsPlace place{.region = locator.region,
                 .locator = locator.name,
                 .arn = {},
                 .name = locator.name,
                 .type = {}};
  const auto arn = model::parse_arn(locator.name);
  const auto name = arn ? model::secret_in(*arn) : std::nullopt;
  if (name) {
    place.region = arn->region;
    place.arn = locator.name;
    place.name = model::without_suffix(*name);
  }
  return place;
}

AwsPlace parameter_place(const model::ParameterStoreLocator& locator) {
  AwsPlace place{.store = model::StoreKind::aws_parameter_store,
                 .region = locator.region,
                 .locator = locator.name,
                 .arn = {},
                 .name = locator.name,
                 .type = locator.type};
  const auto arn = model::parse_arn(locator.name);
  const auto name = arn ? model::parameter_in(*arn) : std::nullopt;
  if (name) {
    place.region = arn->region;
    place.arn = locator.name;
    place.name = *name;
  }
  return place;
}

}  // namespace

AwsPlace place_of(const model::Locator& locator, const std::string& region) {
  const auto* const secret = std::get_if<model::SecretsManagerLocator>(&locator);
  AwsPlace place = secret != nullptr
                       ? secret_place(*secret)
                       : parameter_place(std::get<model::ParameterStoreLocator>(locator));
  if (place.region.empty()) {
    place.region = region;
  }
  return place;
}

bool is_at(const AwsPlace& place, const aws::SecretFacts& facts) noexcept {
  if (place.arn.empty()) {
    return facts.name == place.locator;
  }
  const std::string_view found = facts.arn;
  return found == place.arn ||
         (found.size() == place.arn.size() + suffix_length && found.starts_with(place.arn) &&
          model::without_suffix(found).size() == place.arn.size());
}

bool is_at(const AwsPlace& place, const aws::ParameterFacts& facts) noexcept {
  return facts.name == place.name &&
         (place.arn.empty() || facts.arn.empty() || facts.arn == place.arn);
}

}  // namespace blindfold::detect
