#pragma once

#include <string>

#include "clients/kubernetes/table_watch.hpp"
#include "platform/loop/callback.hpp"
#include "platform/loop/loop.hpp"

namespace blindfold::detect {

/// Watches one ResourceQuota that counts secrets. Its count moves when a Secret
/// is created, just before the creation is answered: it says when to ask, and
/// nothing of any secret.
class QuotaHint final : private kubernetes::TableListener {
 public:
  struct Events {
    loop::Callback<> on_hint;
    loop::Callback<bool> on_working;  ///< whether hints can be relied on
  };

  /// `connection` outlives it.
  QuotaHint(loop::Loop& loop, kubernetes::Connection& connection, const std::string& name_space,
            const std::string& quota, Events events);

  void start() noexcept { watch_.start(); }
  void try_now() noexcept { watch_.try_now(); }

 private:
  void on_list_begin() noexcept override {}
  void on_listed(const kubernetes::TableRow& /*row*/) noexcept override {}
  void on_list_end() noexcept override {}
  void on_change(kubernetes::Change change, const kubernetes::TableRow& row) noexcept override;
  void on_failure(const kubernetes::Failure& failure) noexcept override;
  void on_alive() noexcept override;

  Events events_;
  bool there_ = false;  ///< the quota was seen
  kubernetes::TableWatch watch_;
};

}  // namespace blindfold::detect
