#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "clients/kubernetes/call.hpp"
#include "clients/kubernetes/readers.hpp"
#include "core/manifest/manifest.hpp"
#include "detect/kubernetes/ask_schedule.hpp"
#include "platform/base/backoff.hpp"
#include "platform/loop/callback.hpp"
#include "platform/loop/loop.hpp"
#include "platform/loop/timer.hpp"

namespace blindfold::detect {

/// Reads settings, which are no secrets, from their ConfigMaps: `get` by name, at
/// the steady pace, jittered.
class Settings final {
 public:
  /// A setting's value: its default where the ConfigMap is there without it.
  /// Nothing: it is not known. Told when it is first known, and when it changes.
  using Changed = loop::Callback<const manifest::Setting&, const std::optional<std::string>&>;

  /// All outlive it.
  Settings(loop::Loop& loop, kubernetes::Connection& connection, const Pace& pace,
           Changed on_changed);
  ~Settings();
  Settings(const Settings&) = delete;
  Settings& operator=(const Settings&) = delete;
  Settings(Settings&&) = delete;
  Settings& operator=(Settings&&) = delete;

  void watch(const manifest::Setting& setting);
  /// After the last watch().
  void start() noexcept;
  void look_again() noexcept;

  /// Whether each has been read once, or could not be.
  [[nodiscard]] bool answered() const noexcept;

 private:
  class ConfigMap;

  loop::Loop& loop_;
  kubernetes::Connection& connection_;
  Pace pace_;
  loop::OwnedCallback<const manifest::Setting&, const std::optional<std::string>&> on_changed_;
  std::vector<std::unique_ptr<ConfigMap>> config_maps_;
};

}  // namespace blindfold::detect
