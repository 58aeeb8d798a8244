#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/model/detail.hpp"
#include "core/model/sight.hpp"
#include "detect/kubernetes/judgement.hpp"
#include "detect/kubernetes/rights.hpp"

namespace blindfold::doctor {

/// What became of a request.
enum class Reply : std::uint8_t {
  untried,   ///< it could not be tried, or the answer told neither way
  refused,   ///< the account's rights or a policy do not let it through
  missing,   ///< what it names is not there
  answered,  ///< it was let through; of the answer nothing is kept
};

/// One request that was tried.
struct Trial {
  Reply reply = Reply::untried;
  /// The ValidatingAdmissionPolicy that refused it; empty: the account's rights.
  std::string policy{};
  /// Of `untried`; nothing: its turn never came.
  std::optional<model::Detail> why{};
};

/// What was tried on one secret.
struct SecretProof {
  std::string secret;
  std::string type;
  Trial get{};             ///< must be refused
  Trial list{};            ///< by its name: must be refused
  Trial guess{};           ///< an update, a dry run, with a value: must be refused
  bool immutable = false;  ///< so an update that is let through would tell a right guess
  model::Sight sight{};    ///< as the agent judges it

  /// Whether all was refused, and who sees to it is not the agent.
  [[nodiscard]] bool proven() const noexcept;
  /// Whether something was let through, or the account's rights are a way to it.
  [[nodiscard]] bool readable() const noexcept;
};

/// A right that was not printed.
struct SurplusRight {
  detect::Right right;
  bool reads = false;  ///< by it the account can get at a value
};

struct NamespaceProof {
  std::string name;
  /// The agent never looks there, and nothing was tried.
  bool kube_system = false;
  /// `answered`: the rights below are known.
  Trial review{};
  /// An authorizer cannot list its rules, so each known way to a value was asked
  /// for by itself: there may be rights beyond, which bring none.
  bool asked_singly = false;
  detect::Way way = detect::Way::none;
  std::vector<detect::Right> missing{};  ///< without which it sees less or nothing
  std::vector<SurplusRight> surplus{};
  Trial list{};        ///< of all secrets: must be refused
  Trial bare{};        ///< the question itself, a creation that is a dry run
  Trial guess{};       ///< the same with a value: must be refused
  Trial annotation{};  ///< the same with an annotation: must be refused
  detect::Policy policy = detect::Policy::unknown;
  std::vector<SecretProof> secrets{};

  /// Whether no value can be got at, as far as that can be tried, and all of it
  /// was tried.
  [[nodiscard]] bool proven() const noexcept;
};

/// In what the ask-only policy that stands in the cluster is not the printed one.
enum class PolicyFlaw : std::uint8_t {
  not_failing_closed,  ///< failurePolicy is not Fail
  other_requests,      ///< not for every CREATE and UPDATE of a secret
  narrowed,            ///< selectors, exclusions, names or parameters limit it
  other_account,       ///< its conditions are not the account's name alone
  may_write,           ///< no rule that lets through dry runs alone
  may_guess,           ///< no rule against values
  may_decorate,        ///< no rule against annotations and finalizers
  bound_elsewhere,     ///< the binding is of another policy
  not_denying,         ///< the binding does not deny
};

/// The policy and its binding, read where the account may.
struct PolicyProof {
  std::string name;
  Trial policy{};   ///< `answered`: it was read
  Trial binding{};  ///< the same
  std::vector<PolicyFlaw> flaws{};

  /// Whether it is there and as printed, as far as the account may read it.
  [[nodiscard]] bool proven() const noexcept;
};

struct KubernetesReport {
  bool complete = false;  ///< else the time was up
  std::string server{};
  std::string user{};  ///< whom the server takes the account for; empty: not known
  std::vector<NamespaceProof> namespaces{};
  /// Nothing: the account may neither create nor update, and needs no policy.
  std::optional<PolicyProof> policy{};

  /// Whether no value can be got at, and all that can be tried was. That the
  /// policy may not be read is no failure: what it refuses was tried, but for real
  /// writes, which bring no value.
  [[nodiscard]] bool proven() const noexcept;
};

}  // namespace blindfold::doctor
