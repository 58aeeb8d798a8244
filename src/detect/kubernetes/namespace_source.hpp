#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/inventory/tracker.hpp"
#include "core/model/requirement.hpp"
#include "core/model/sight.hpp"
#include "detect/kubernetes/asking.hpp"
#include "detect/kubernetes/judgement.hpp"
#include "detect/kubernetes/missed_keys.hpp"
#include "detect/kubernetes/near_miss_search.hpp"
#include "detect/kubernetes/notice.hpp"
#include "detect/kubernetes/policy_check.hpp"
#include "detect/kubernetes/quota_hint.hpp"
#include "detect/kubernetes/rights_review.hpp"
#include "detect/kubernetes/secret_item.hpp"
#include "detect/kubernetes/watched_table.hpp"
#include "platform/base/backoff.hpp"
#include "platform/loop/loop.hpp"
#include "platform/loop/timer.hpp"

namespace blindfold::detect {

/// What the namespaces of one API server share. Outlives them.
struct ClusterContext {
  loop::Loop& loop;
  kubernetes::Connection& connection;
  RateLimit& rate;
  Pace pace;
  model::RequiredSight required_sight;
  const std::vector<std::string>& name_spaces;  ///< the manifest's; may grow until the start
  OpenNamespaces& open;                         ///< each says for itself
  loop::OwnedCallback<const Notice&>& on_notice;
};

/// The secrets of one namespace: finds out what the account may do there, whether
/// the policy is in force, sees the secrets in the way that follows from it, and
/// checks both again every ten minutes and when something was refused.
class NamespaceSource final {
 public:
  NamespaceSource(const ClusterContext& cluster, std::string name);

  void watch(const model::Requirement& requirement, inventory::Tracker tracker);
  /// After the last watch().
  void start() noexcept;
  void look_again() noexcept;
  void give_up() noexcept;

 private:
  void on_rights(const std::variant<Rights, kubernetes::Failure>& result) noexcept;
  void on_policy(Policy policy, const std::optional<kubernetes::Failure>& failure) noexcept;
  void retry(const kubernetes::Failure& failure) noexcept;
  void review_soon() noexcept;
  [[nodiscard]] std::chrono::milliseconds next_review() const noexcept;
  bool judge_all() noexcept;
  void open_or_close() noexcept;
  void report_all_failed(const kubernetes::Failure& failure) noexcept;
  void choose() noexcept;
  void tell() noexcept;
  void start_asking() noexcept;
  void follow() noexcept;
  void follow(const std::string& secret) noexcept;
  void start_hints() noexcept;
  [[nodiscard]] std::vector<std::string> secrets() const;

  const ClusterContext& cluster_;
  std::string name_;
  std::vector<std::unique_ptr<SecretItem>> items_;
  Way way_ = Way::none;
  Rights rights_;
  Policy policy_ = Policy::unknown;
  std::optional<Notice> told_;
  RightsReview review_;
  PolicyCheck policy_check_;
  loop::Timer review_timer_;
  base::Backoff backoff_;
  base::SteadyTime reviewed_at_{};
  std::chrono::seconds spacing_;
  bool was_refused_ = false;  ///< something, since the last review
  NearMissSearch near_misses_;
  std::unique_ptr<Asking> asking_;
  std::map<std::string, std::unique_ptr<WatchedTable>> tables_;  ///< by secret; empty: all of them
  std::unique_ptr<QuotaHint> quota_;
  std::unique_ptr<MissedKeys> missed_keys_;
};

}  // namespace blindfold::detect
