#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "clients/kubernetes/connection.hpp"
#include "clients/kubernetes/requests.hpp"
#include "clients/kubernetes/status.hpp"
#include "detect/kubernetes/rights.hpp"
#include "doctor/kubernetes/full_review.hpp"
#include "doctor/kubernetes/lane.hpp"
#include "doctor/kubernetes/report.hpp"
#include "doctor/kubernetes/wanted.hpp"
#include "platform/loop/callback.hpp"
#include "platform/loop/deferred.hpp"
#include "platform/loop/loop.hpp"

namespace blindfold::doctor {

/// As long as nothing was tried.
[[nodiscard]] NamespaceProof untried(const WantedNamespace& wanted);

/// Tries in one namespace what must fail, a few requests at a time, and holds the
/// account's rights against what is printed. Nothing at all is asked in
/// kube-system, as the agent asks nothing there.
class NamespaceTrial final {
 public:
  /// All but `on_end` outlive it; from `on_end`, which is told once and on a later
  /// turn, it may be destroyed.
  NamespaceTrial(loop::Loop& loop, kubernetes::Connection& connection,
                 const WantedNamespace& wanted, loop::Callback<> on_end);

  void start() noexcept;

  /// What is known by now.
  [[nodiscard]] const NamespaceProof& proof() const noexcept { return proof_; }

 private:
  enum class Kind : std::uint8_t { list_all, bare, guess, annotation, get, list, update };
  struct Step {
    Kind kind;
    std::size_t secret = 0;  ///< by its place
  };

  void on_rights(const FullReview::Result& result) noexcept;
  void try_next(Lane& lane) noexcept;
  void on_reply(Lane& lane, const std::optional<kubernetes::Failure>& failure) noexcept;
  void take(const Step& step, const std::optional<kubernetes::Failure>& failure);
  [[nodiscard]] kubernetes::ApiRequest request_of(const Step& step) const;
  [[nodiscard]] model::PermissionMissing right_of(const Step& step) const;
  void end() noexcept;

  const WantedNamespace& wanted_;
  const std::string& server_;
  loop::OwnedCallback<> on_end_;
  NamespaceProof proof_;
  std::optional<detect::Rights> rights_;
  std::vector<Step> steps_;
  std::size_t next_ = 0;
  std::size_t answered_ = 0;
  FullReview review_;
  std::vector<std::unique_ptr<Lane>> lanes_;
  loop::Deferred ended_;
};

}  // namespace blindfold::doctor
