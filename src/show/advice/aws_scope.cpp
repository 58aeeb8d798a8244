#include "show/advice/aws_scope.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <utility>
#include <variant>

#include "core/model/arn.hpp"
#include "show/advice/aws_place.hpp"
#include "show/report/words.hpp"

namespace blindfold::advice {
namespace {

AwsObject object_at(const AwsPlace& place, bool parameter) {
  const auto arn = model::parse_arn(place.id);
  return {.parameter = parameter,
          .partition = std::string(arn ? arn->partition : partition_of(place.region)),
          .region = place.region,
          .account = place.account.empty() ? "*" : place.account,
          .name = place.name + place.ending,
          .ids = {},
          .ended = !place.ending.empty()};
}

/// Nothing for another store.
std::optional<AwsObject> object_of(const model::Locator& locator, const std::string& region) {
  if (const auto* const secret = std::get_if<model::SecretsManagerLocator>(&locator)) {
    return object_at(place_of(*secret, region), false);
  }
  if (const auto* const parameter = std::get_if<model::ParameterStoreLocator>(&locator)) {
    return object_at(place_of(*parameter, region), true);
  }
  return std::nullopt;
}

/// The objects in their order, each place once.
class Objects final {
 public:
  void add(AwsObject object, const std::string& id) {
    const auto [at, first] =
        places_.try_emplace(arn_pattern(object, AwsWidth::name), objects_.size());
    if (first) {
      objects_.push_back(std::move(object));
    }
    objects_[at->second].ids.push_back(id);
  }

  [[nodiscard]] std::vector<AwsObject> take() && { return std::move(objects_); }

 private:
  std::vector<AwsObject> objects_;
  std::map<std::string, std::size_t> places_;
};

}  // namespace

base::Result<std::vector<AwsObject>> aws_scope(
    std::span<const model::Requirement* const> requirements, const std::string& region) {
  Objects collected;
  for (const model::Requirement* const requirement : requirements) {
    auto object = object_of(requirement->locator, region);
    if (!object || requirement->skipped) {
      continue;
    }
    if (object->region.empty()) {
      return std::unexpected(
          base::Error{base::ErrorKind::usage, report::quoted(requirement->id) + " has no region",
                      "write one into defaults: of the configuration, or set AWS_REGION"});
    }
    collected.add(*std::move(object), requirement->id);
  }
  std::vector<AwsObject> objects = std::move(collected).take();
  if (objects.empty()) {
    return std::unexpected(
        base::Error{base::ErrorKind::usage, "nothing is in AWS",
                    "agent permissions --for files is for what is in files, --for kubernetes for "
                    "what is in a cluster"});
  }
  return objects;
}

std::string arn_pattern(const AwsObject& object, AwsWidth width) {
  const std::string service = object.parameter ? "ssm" : "secretsmanager";
  std::string arn =
      "arn:" + object.partition + ":" + service + ":" + object.region + ":" + object.account;
  const std::size_t folder = object.name.rfind('/');
  if (object.parameter) {
    arn += object.name.starts_with('/') ? ":parameter" : ":parameter/";
  } else {
    arn += ":secret:";
  }
  if (width == AwsWidth::region) {
    return arn + "*";
  }
  if (width == AwsWidth::folder && folder != std::string::npos) {
    return arn + object.name.substr(0, folder + 1) + "*";
  }
  // Secrets Manager adds a hyphen and six characters to each name.
  return arn + object.name + (object.parameter || object.ended ? "" : "-??????");
}

}  // namespace blindfold::advice
