#include "detect/kubernetes/settings.hpp"

#include <algorithm>
#include <utility>

#include "clients/kubernetes/requests.hpp"

namespace blindfold::detect {
namespace {

// A ConfigMap's own limit, and what JSON's escapes may make of it.
constexpr kubernetes::CallLimits limits{.timeout = std::chrono::seconds(10),
                                        .body = 8UL * 1024 * 1024};

constexpr std::chrono::seconds first_wait{1};
constexpr std::chrono::minutes most_patience{5};  // with a Retry-After

}  // namespace

/// One ConfigMap and the settings in it.
class Settings::ConfigMap final {
 public:
  ConfigMap(Settings& owner, std::string name_space, std::string name)
      : owner_(owner),
        name_space_(std::move(name_space)),
        name_(std::move(name)),
        timer_(owner.loop_, [this]() noexcept { ask(); }),
        backoff_(first_wait, owner.pace_.steady) {}
  ~ConfigMap() {
    if (destroyed_ != nullptr) {
      *destroyed_ = true;
    }
  }
  ConfigMap(const ConfigMap&) = delete;
  ConfigMap& operator=(const ConfigMap&) = delete;
  ConfigMap(ConfigMap&&) = delete;
  ConfigMap& operator=(ConfigMap&&) = delete;

  [[nodiscard]] bool is(const std::string& name_space, const std::string& name) const noexcept {
    return name_space_ == name_space && name_ == name;
  }
  [[nodiscard]] bool answered() const noexcept { return answered_; }

  void add(const manifest::Setting& setting) {
    settings_.push_back({&setting, std::nullopt});
    keys_.push_back(setting.locator.key);
  }

  /// Now that its keys are known.
  void start() noexcept {
    reader_.emplace(keys_);
    call_.emplace(owner_.connection_, *reader_,
                  [this](const auto& failure) noexcept { on_answer(failure); });
    ask();
  }

  void ask() noexcept {
    if (call_ && !call_->running()) {
      timer_.stop();
      reader_->reset();
      call_->start(kubernetes::config_map(name_space_, name_), limits);
    }
  }

 private:
  struct Known {
    const manifest::Setting* setting;
    std::optional<std::string> value;
  };

  void on_answer(const std::optional<kubernetes::Failure>& failure) noexcept {
    answered_ = true;
    const bool missing = failure && is_missing(*failure);
    if (failure && !missing) {
      // What was known stays: a server that does not answer changes no setting.
      const auto asked = std::min<std::chrono::seconds>(
          failure->status.retry_after.value_or(std::chrono::seconds(0)), most_patience);
      timer_.start(std::max<std::chrono::milliseconds>(asked, backoff_.next()));
      return;
    }
    backoff_.reset();
    timer_.start(base::jittered(owner_.pace_.steady, random_));
    take_all(missing);
  }

  // Whoever is told may destroy this.
  void take_all(bool missing) noexcept {
    bool destroyed = false;
    destroyed_ = &destroyed;
    for (std::size_t each = 0; !destroyed && each < settings_.size(); ++each) {
      const std::optional<std::string> found =
          missing ? std::optional<std::string>() : reader_->values()[each];
      take(settings_[each], found ? found : settings_[each].setting->default_value);
    }
    if (!destroyed) {
      destroyed_ = nullptr;
    }
  }

  static bool is_missing(const kubernetes::Failure& failure) noexcept {
    const kubernetes::Status& status = failure.status;
    return !failure.fault && status.code == 404 &&
           (status.kind == "configmaps" || status.kind == "namespaces");
  }

  void take(Known& known, const std::optional<std::string>& value) noexcept {
    if (known.value != value) {
      known.value = value;
      owner_.on_changed_(*known.setting, value);
    }
  }

  Settings& owner_;
  std::string name_space_;
  std::string name_;
  std::vector<std::string> keys_;
  std::vector<Known> settings_;
  std::optional<kubernetes::SettingsReader> reader_;
  std::optional<kubernetes::Call> call_;
  loop::Timer timer_;
  base::Backoff backoff_;
  base::Random random_;
  bool answered_ = false;
  bool* destroyed_ = nullptr;
};

Settings::Settings(loop::Loop& loop, kubernetes::Connection& connection, const Pace& pace,
                   Changed on_changed)
    : loop_(loop), connection_(connection), pace_(pace), on_changed_(std::move(on_changed)) {
}

Settings::~Settings() = default;

void Settings::watch(const manifest::Setting& setting) {
  const std::string& name_space =
      setting.locator.name_space.empty() ? connection_.name_space() : setting.locator.name_space;
  const auto found =
      std::ranges::find_if(config_maps_, [&name_space, &setting](const auto& config_map) {
        return config_map->is(name_space, setting.locator.config_map);
      });
  if (found != config_maps_.end()) {
    (*found)->add(setting);
    return;
  }
  config_maps_.push_back(
      std::make_unique<ConfigMap>(*this, name_space, setting.locator.config_map));
  config_maps_.back()->add(setting);
}

void Settings::start() noexcept {
  for (const auto& config_map : config_maps_) {
    config_map->start();
  }
}

void Settings::look_again() noexcept {
  for (const auto& config_map : config_maps_) {
    config_map->ask();
  }
}

bool Settings::answered() const noexcept {
  return std::ranges::all_of(config_maps_,
                             [](const auto& config_map) { return config_map->answered(); });
}

}  // namespace blindfold::detect
