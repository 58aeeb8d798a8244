#include "doctor/kubernetes/cluster_trial.hpp"

#include <algorithm>
#include <utility>

#include "doctor/kubernetes/answers.hpp"
#include "doctor/kubernetes/policy_text.hpp"
#include "doctor/kubernetes/requests.hpp"
#include "show/advice/kubernetes_permissions.hpp"

namespace blindfold::doctor {
namespace {

using kubernetes::Failure;

// Where a dry run is refused to it in every namespace, no policy matters.
bool may_ask(const NamespaceProof& proof) noexcept {
  const auto possible = [](const Trial& trial) {
    return trial.reply != Reply::refused || !trial.policy.empty();
  };
  return !proof.kube_system && (possible(proof.guess) ||
                                std::ranges::any_of(proof.secrets, possible, &SecretProof::guess));
}

// The one that refused a guess, or the one that is printed.
std::string policy_of(const std::vector<NamespaceProof>& proofs) {
  for (const NamespaceProof& proof : proofs) {
    if (!proof.guess.policy.empty()) {
      return proof.guess.policy;
    }
  }
  return std::string(advice::ask_only_policy);
}

template <class Reader, class Text>
std::optional<Text> read_text(const Trial& trial, const Reader& reader) {
  return trial.reply == Reply::answered ? std::optional<Text>(reader.text()) : std::nullopt;
}

}  // namespace

ClusterTrial::ClusterTrial(loop::Loop& loop, kubernetes::Connection& connection,
                           std::vector<WantedNamespace> wanted, Done done)
    : loop_(loop),
      connection_(connection),
      wanted_(std::move(wanted)),
      done_(std::move(done)),
      user_call_(connection, user_reader_,
                 [this](const auto& failure) noexcept { on_user(failure); }),
      policy_call_(connection, policy_reader_,
                   [this](const auto& failure) noexcept { on_policy(failure); }),
      binding_call_(connection, binding_reader_,
                    [this](const auto& failure) noexcept { on_binding(failure); }),
      time_is_up_(loop, [this]() noexcept { end(false); }) {
  report_.server = connection.server();
}

void ClusterTrial::start(base::Duration timeout) noexcept {
  time_is_up_.start(timeout);
  user_call_.start(who_am_i());
}

void ClusterTrial::on_user(const std::optional<Failure>& failure) noexcept {
  if (!failure) {
    report_.user = user_reader_.user();
  }
  try_next();
}

void ClusterTrial::try_next() noexcept {
  if (trial_) {
    report_.namespaces.push_back(trial_->proof());
    ++next_;
  }
  if (next_ == wanted_.size()) {
    trial_.reset();
    read_policy();
    return;
  }
  trial_ = std::make_unique<NamespaceTrial>(loop_, connection_, wanted_[next_],
                                            [this]() noexcept { try_next(); });
  trial_->start();
}

void ClusterTrial::read_policy() noexcept {
  if (!std::ranges::any_of(report_.namespaces, may_ask)) {
    end(true);
    return;
  }
  report_.policy.emplace().name = policy_of(report_.namespaces);
  policy_call_.start(get_policy(report_.policy->name));
}

void ClusterTrial::on_policy(const std::optional<Failure>& failure) noexcept {
  PolicyProof& proof = *report_.policy;
  proof.policy = reply_of(failure, {"get", "validatingadmissionpolicies", {}, proof.name},
                          connection_.server());
  binding_call_.start(get_policy_binding(proof.name));
}

void ClusterTrial::on_binding(const std::optional<Failure>& failure) noexcept {
  PolicyProof& proof = *report_.policy;
  proof.binding = reply_of(failure, {"get", "validatingadmissionpolicybindings", {}, proof.name},
                           connection_.server());
  proof.flaws = flaws_of(proof.name, report_.user,
                         read_text<PolicyReader, PolicyText>(proof.policy, policy_reader_),
                         read_text<BindingReader, BindingText>(proof.binding, binding_reader_));
  end(true);
}

void ClusterTrial::end(bool complete) noexcept {
  time_is_up_.stop();
  user_call_.cancel();
  policy_call_.cancel();
  binding_call_.cancel();
  if (trial_) {
    report_.namespaces.push_back(trial_->proof());
    trial_.reset();
  }
  while (report_.namespaces.size() < wanted_.size()) {
    report_.namespaces.push_back(untried(wanted_[report_.namespaces.size()]));
  }
  report_.complete = complete;
  done_(report_);
}

}  // namespace blindfold::doctor
