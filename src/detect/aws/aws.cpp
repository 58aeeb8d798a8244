#include "detect/aws/aws.hpp"

#include <map>
#include <utility>

#include "detect/aws/parameters_source.hpp"
#include "detect/aws/secrets_source.hpp"

namespace blindfold::detect {

class Aws::Implementation final {
 public:
  Implementation(loop::Loop& loop, aws::Session& session, Options options)
      : loop_(loop), session_(session), options_(options) {}

  void watch(const model::Requirement& requirement, inventory::Tracker tracker);
  void start() noexcept;
  void set_sight(const model::Sight& sight) noexcept;

  /// Calls `what` with each source, whichever kind.
  template <class What>
  void each(const What& what) noexcept {
    for (const auto& [region, source] : secrets_) {
      what(*source);
    }
    for (const auto& [region, source] : parameters_) {
      what(*source);
    }
  }

 private:
  template <class Source>
  using Regions = std::map<std::string, std::unique_ptr<Source>>;

  SecretsSource& secrets_in(const std::string& region);
  ParametersSource& parameters_in(const std::string& region);
  void tell_nowhere() noexcept;
  template <class Source>
  static void look_elsewhere(const Regions<Source>& regions, AwsItem& item) noexcept;

  loop::Loop& loop_;
  aws::Session& session_;
  Options options_;
  bool started_ = false;
  std::vector<AwsItem> nowhere_;  ///< nothing says in which region they are
  Regions<SecretsSource> secrets_;
  Regions<ParametersSource> parameters_;
};

void Aws::Implementation::watch(const model::Requirement& requirement, inventory::Tracker tracker) {
  AwsPlace place = place_of(requirement.locator, session_.region());
  const std::string region = place.region;
  const model::StoreKind store = place.store;
  AwsItem item(requirement, std::move(place), options_.required_sight, std::move(tracker));
  if (region.empty()) {
    nowhere_.push_back(std::move(item));
  } else if (store == model::StoreKind::aws_secrets_manager) {
    secrets_in(region).watch(std::move(item));
  } else {
    parameters_in(region).watch(std::move(item));
  }
}

// What is missing in one of the manifest's regions is looked for in the others,
// whichever service they are named for.
void Aws::Implementation::start() noexcept {
  std::vector<std::string> regions;
  for (const auto& [region, source] : secrets_) {
    regions.push_back(region);
  }
  for (const auto& [region, source] : parameters_) {
    regions.push_back(region);
  }
  const bool any_secrets = !secrets_.empty();
  const bool any_parameters = !parameters_.empty();
  for (const std::string& region : regions) {
    if (any_secrets) {
      secrets_in(region);
    }
    if (any_parameters) {
      parameters_in(region);
    }
  }
  started_ = true;
  each([](auto& source) noexcept { source.start(); });
  tell_nowhere();
}

void Aws::Implementation::set_sight(const model::Sight& sight) noexcept {
  each([&sight](auto& source) noexcept { source.set_sight(sight); });
  for (AwsItem& item : nowhere_) {
    item.set_sight(sight, loop_.now());
  }
  if (started_) {
    tell_nowhere();
  }
}

SecretsSource& Aws::Implementation::secrets_in(const std::string& region) {
  std::unique_ptr<SecretsSource>& source = secrets_[region];
  if (!source) {
    source = std::make_unique<SecretsSource>(
        loop_, session_, region, options_.secrets_manager,
        [this](AwsItem& item) noexcept { look_elsewhere(secrets_, item); });
  }
  return *source;
}

ParametersSource& Aws::Implementation::parameters_in(const std::string& region) {
  std::unique_ptr<ParametersSource>& source = parameters_[region];
  if (!source) {
    source = std::make_unique<ParametersSource>(
        loop_, session_, region, options_.parameter_store,
        [this](AwsItem& item) noexcept { look_elsewhere(parameters_, item); });
  }
  return *source;
}

template <class Source>
void Aws::Implementation::look_elsewhere(const Regions<Source>& regions, AwsItem& item) noexcept {
  for (const auto& [region, source] : regions) {
    if (region != item.place().region) {
      source->look_elsewhere(item);
    }
  }
}

void Aws::Implementation::tell_nowhere() noexcept {
  for (AwsItem& item : nowhere_) {
    model::Observation failure;
    failure.presence = model::Presence::unreachable;
    failure.details = {model::RegionMissing{}};
    item.begin(loop_.now());
    item.report_failure(std::move(failure), loop_.now());
  }
}

Aws::Aws(loop::Loop& loop, aws::Session& session, Options options)
    : implementation_(std::make_unique<Implementation>(loop, session, options)) {
}

Aws::~Aws() = default;

void Aws::watch(const model::Requirement& requirement, inventory::Tracker tracker) {
  implementation_->watch(requirement, std::move(tracker));
}

void Aws::start() noexcept {
  implementation_->start();
}

void Aws::set_sight(const model::Sight& sight) noexcept {
  implementation_->set_sight(sight);
}

void Aws::look_again() noexcept {
  implementation_->each([](auto& source) noexcept { source.look_again(); });
}

void Aws::give_up() noexcept {
  implementation_->each([](auto& source) noexcept { source.give_up(); });
}

}  // namespace blindfold::detect
