#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "clients/kubernetes/table_watch.hpp"
#include "detect/kubernetes/asking.hpp"
#include "platform/loop/loop.hpp"
#include "platform/loop/timer.hpp"

namespace blindfold::detect {

/// What kubelet says where a pod cannot start for want of a key.
struct MissedKey {
  std::string key;
  std::string name_space;
  std::string secret;

  friend bool operator==(const MissedKey&, const MissedKey&) = default;
};

/// Reads "couldn't find key KEY in Secret NAMESPACE/NAME" out of an event's
/// message (kubelet, container configuration). Names of another form than
/// Kubernetes allows are not taken.
[[nodiscard]] std::optional<MissedKey> read_missed_key(std::string_view message);

/// Whether "Last Seen" of an event's Table row ("12s", "3m4s") is a minute ago at
/// most: an older one may be over.
[[nodiscard]] bool seen_lately(std::string_view age);

/// Watches the cluster's events of one namespace for keys that pods miss. An
/// event that is not repeated for five minutes is over.
class MissedKeys final : private kubernetes::TableListener {
 public:
  /// All outlive it.
  MissedKeys(loop::Loop& loop, kubernetes::Connection& connection, const std::string& name_space,
             SecretItems items);

  void start() noexcept { watch_.start(); }
  void try_now() noexcept { watch_.try_now(); }

 private:
  void on_list_begin() noexcept override {}
  void on_listed(const kubernetes::TableRow& row) noexcept override;
  void on_list_end() noexcept override {}
  void on_change(kubernetes::Change change, const kubernetes::TableRow& row) noexcept override;
  void on_failure(const kubernetes::Failure& /*failure*/) noexcept override {}
  void on_alive() noexcept override {}

  void read(const kubernetes::TableRow& row) noexcept;
  void forget_old() noexcept;

  loop::Loop& loop_;
  SecretItems items_;
  std::map<SecretItem*, base::SteadyTime> noted_;
  loop::Timer forget_;
  kubernetes::TableWatch watch_;
};

}  // namespace blindfold::detect
