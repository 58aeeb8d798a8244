#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "clients/kubernetes/call.hpp"
#include "clients/kubernetes/connection.hpp"
#include "doctor/kubernetes/namespace_trial.hpp"
#include "doctor/kubernetes/readers.hpp"
#include "doctor/kubernetes/report.hpp"
#include "doctor/kubernetes/wanted.hpp"
#include "platform/base/duration.hpp"
#include "platform/loop/callback.hpp"
#include "platform/loop/loop.hpp"
#include "platform/loop/timer.hpp"

namespace blindfold::doctor {

/// All that is tried at one API server: whom it takes the account for, each
/// namespace, then the policy that refused a guess there, read where it may be.
class ClusterTrial final {
 public:
  /// Told once: all was tried, or the time is up. The report is lent for the call.
  using Done = loop::Callback<const KubernetesReport&>;

  /// `loop` and `connection` outlive it; from `done` it may be destroyed.
  ClusterTrial(loop::Loop& loop, kubernetes::Connection& connection,
               std::vector<WantedNamespace> wanted, Done done);

  void start(base::Duration timeout) noexcept;

 private:
  void on_user(const std::optional<kubernetes::Failure>& failure) noexcept;
  void try_next() noexcept;
  void read_policy() noexcept;
  void on_policy(const std::optional<kubernetes::Failure>& failure) noexcept;
  void on_binding(const std::optional<kubernetes::Failure>& failure) noexcept;
  void end(bool complete) noexcept;

  loop::Loop& loop_;
  kubernetes::Connection& connection_;
  std::vector<WantedNamespace> wanted_;
  loop::OwnedCallback<const KubernetesReport&> done_;
  KubernetesReport report_;
  UserReader user_reader_;
  PolicyReader policy_reader_;
  BindingReader binding_reader_;
  kubernetes::Call user_call_;
  kubernetes::Call policy_call_;
  kubernetes::Call binding_call_;
  std::unique_ptr<NamespaceTrial> trial_;
  std::size_t next_ = 0;
  loop::Timer time_is_up_;
};

}  // namespace blindfold::doctor
