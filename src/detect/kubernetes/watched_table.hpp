#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

#include "clients/kubernetes/table_watch.hpp"
#include "detect/kubernetes/asking.hpp"
#include "detect/kubernetes/secret_item.hpp"
#include "platform/loop/callback.hpp"
#include "platform/loop/loop.hpp"

namespace blindfold::detect {

/// The Table list and watch of one Secret or of a whole namespace, told to the
/// items that are in it. What else is there costs no memory.
class WatchedTable final : private kubernetes::TableListener {
 public:
  /// All outlive it. `name` empty: the whole namespace. `on_denied`: the rights
  /// may have changed.
  WatchedTable(loop::Loop& loop, kubernetes::Connection& connection, const std::string& name_space,
               const std::string& name, SecretItems items, loop::Callback<> on_denied);

  void start() noexcept { watch_.start(); }
  /// Now, where it waits to try again.
  void try_now() noexcept { watch_.try_now(); }
  /// The time is up: what was not seen yet has failed.
  void give_up() noexcept;
  /// Whether there is something in it that is not always wanted.
  [[nodiscard]] bool has_conditional() const noexcept;

 private:
  void on_list_begin() noexcept override;
  void on_listed(const kubernetes::TableRow& row) noexcept override;
  void on_list_end() noexcept override;
  void on_change(kubernetes::Change change, const kubernetes::TableRow& row) noexcept override;
  void on_failure(const kubernetes::Failure& failure) noexcept override;
  void on_alive() noexcept override;

  void report(SecretItem& item, const kubernetes::TableRow& row) noexcept;
  void report_failure(SecretItem& item, const kubernetes::Failure& failure) noexcept;
  void look_for_near_miss(std::string_view name) noexcept;

  loop::Loop& loop_;
  const std::string& server_;
  loop::OwnedCallback<> on_denied_;
  std::multimap<std::string, SecretItem*, std::less<>> items_;     ///< by name
  std::unordered_multimap<std::string, SecretItem*> plain_names_;  ///< what near misses have
  std::set<const SecretItem*> listed_;                             ///< in the list under way
  std::map<SecretItem*, std::string> near_;                        ///< the same
  bool listing_ = true;  ///< what was tried last, for what is missing where it is denied
  kubernetes::TableWatch watch_;
};

}  // namespace blindfold::detect
