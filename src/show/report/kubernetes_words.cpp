#include "show/report/kubernetes_words.hpp"

#include <string_view>

#include "platform/base/printable.hpp"
#include "show/report/words.hpp"

namespace blindfold::report {
namespace {

/// `kind` with its name, where there is one.
std::string named(std::string_view kind, std::string_view article, const std::string& name) {
  std::string words(name.empty() ? article : std::string_view());
  words += kind;
  return name.empty() ? words : words + " " + quoted(name);
}

std::string who_refuses(const model::AdmissionRefused& detail) {
  using By = model::AdmissionRefused::By;
  switch (detail.by) {
    case By::policy:
      return named("policy", "a ", detail.name);
    case By::webhook:
      return named("webhook", "a ", detail.name);
    case By::quota:
      return named("quota", "an exhausted ", detail.name);
    case By::validation:
      return "the API server's validation" +
             (detail.name.empty() ? std::string() : " of " + quoted(detail.name));
  }
  return {};
}

std::string_view how_it_is_let_through(model::AdmissionRefused::By by) noexcept {
  using By = model::AdmissionRefused::By;
  switch (by) {
    case By::policy:
      return ": exempt the agent's account from it";
    case By::webhook:
      return ": have it allow dry runs (sideEffects None), or exempt the agent's account from it";
    case By::quota:
      return ": raise it";
    case By::validation:
      return {};
  }
  return {};
}

struct Trouble {
  std::string_view what;
  std::string_view hint;
};

Trouble trouble_words(model::ApiTrouble trouble) noexcept {
  switch (trouble) {
    case model::ApiTrouble::unreachable:
      return {"cannot be reached", "check its address and the network on the way"};
    case model::ApiTrouble::not_trusted:
      return {"is not whom its CA vouches for, or does not trust the agent's certificate",
              "check the CA and the certificate in the kubeconfig"};
    case model::ApiTrouble::timed_out:
      return {"did not answer in time", "check its load and the network on the way"};
    case model::ApiTrouble::cut_off:
      return {"ended its answer in the middle", "check what stands between it and the agent"};
    case model::ApiTrouble::not_the_form:
      return {"answered in another form than was asked for, and the answer was dropped unread",
              "check that nothing between it and the agent changes requests"};
    case model::ApiTrouble::too_large:
      return {"answered with more than the agent reads", "check that it is an API server"};
    case model::ApiTrouble::credential:
      return {"cannot be asked: the agent's own token could not be had",
              "check the token file, or the plugin that the kubeconfig names"};
    case model::ApiTrouble::unauthorized:
      return {"does not know the agent's token", "it has expired or was revoked, get a new one"};
    case model::ApiTrouble::clock:
      return {"has another time than this machine", "set this machine's clock"};
    case model::ApiTrouble::throttled:
      return {"asked to be asked less often", "the agent waits, or lower its rate"};
    case model::ApiTrouble::server_error:
      return {"failed", "see its log"};
    case model::ApiTrouble::unexpected:
      return {"gave an answer that is not understood", "check that it is an API server"};
  }
  return {};
}

}  // namespace

std::string KubernetesWords::operator()(const model::SecretMissing& detail) const {
  std::string words = "secret " + quoted(detail.secret) + " does not exist in namespace " +
                      quoted(detail.name_space);
  if (!detail.near_miss.empty()) {
    words += "; did you mean " + quoted(detail.near_miss) + "?";
  } else if (!detail.near_namespace.empty()) {
    words += "; there is one in namespace " + quoted(detail.near_namespace);
  }
  return words;
}

std::string KubernetesWords::operator()(const model::NamespaceMissing& detail) const {
  return "namespace " + quoted(detail.name_space) + " does not exist: create it";
}

std::string KubernetesWords::operator()(const model::SecretEmpty& /*detail*/) const {
  return "the secret holds no key: agent commands prints how to fill it";
}

std::string KubernetesWords::operator()(const model::KeysTooFew& detail) const {
  return "the secret has " + std::to_string(detail.found) + " of " + std::to_string(detail.named) +
         " keys: agent commands prints how to add to it";
}

std::string KubernetesWords::operator()(const model::KeysNotChecked& /*detail*/) const {
  return "key names not checked";
}

std::string KubernetesWords::operator()(const model::KeyMissedByPods& detail) const {
  return "a pod cannot start: the secret has no key " + quoted(detail.key) + ", add it";
}

std::string KubernetesWords::operator()(const model::SecretType& detail) const {
  const std::string found = detail.found.empty() ? "another" : quoted(detail.found);
  return "the secret's type is " + found + ", not " + quoted(detail.expected) +
         ": delete it and create it anew, a type cannot be changed";
}

std::string KubernetesWords::operator()(const model::BeingDeleted& /*detail*/) const {
  return "the secret is being deleted, and a finalizer still holds it: let what put it there "
         "finish";
}

std::string KubernetesWords::operator()(const model::RotationUnseen& /*detail*/) const {
  return "rotation cannot be seen: the secret is immutable, or the agent's account may only ask "
         "whether it exists";
}

std::string KubernetesWords::operator()(const model::PermissionMissing& detail) const {
  std::string words = "the agent's account may not ";
  base::append_printable(words, detail.verb);
  words += ' ';
  base::append_printable(words, detail.resource);
  if (!detail.name.empty()) {
    words += " " + quoted(detail.name);
  }
  return words + " in namespace " + quoted(detail.name_space) +
         ": agent permissions --for kubernetes prints what it needs";
}

std::string KubernetesWords::operator()(const model::AdmissionRefused& detail) const {
  return "the question is refused by " + who_refuses(detail) +
         ", whether the secret exists or not" + std::string(how_it_is_let_through(detail.by));
}

std::string KubernetesWords::operator()(const model::ApiFailed& detail) const {
  const Trouble trouble = trouble_words(detail.trouble);
  std::string words = "the API server " + quoted(detail.server) + " " + std::string(trouble.what);
  if (detail.status != 0) {
    words += " (" + std::to_string(detail.status) + ")";
  }
  return words + ": " + std::string(trouble.hint);
}

std::string KubernetesWords::operator()(const model::NamespaceRefused& detail) const {
  return "the agent never looks in namespace " + quoted(detail.name_space) +
         ": whoever may create secrets there can sign in to the cluster, put it elsewhere";
}

std::string why_no_better_in_kubernetes(const model::Sight& sight) {
  switch (sight.reason) {
    case model::SightReason::no_ask_only_policy:
      return "nothing in the cluster limits the agent's account to asking: apply the ask-only "
             "policy that agent permissions --for kubernetes prints";
    case model::SightReason::policy_unknown:
      return "whether the ask-only policy is in force could not be found out: the agent goes on "
             "trying";
    case model::SightReason::immutable_guess:
      return "the secret is immutable and the agent's account may update it, by which a guess can "
             "be tried: take update on it away";
    case model::SightReason::may_reach:
      return "the agent's account may " + base::printable(sight.subject) +
             ", and through that read any secret of the namespace: take that away";
    case model::SightReason::may_read:
      return "the agent's account may " + base::printable(sight.subject) +
             " secrets: take that away (agent permissions --for kubernetes)";
    case model::SightReason::none:
    case model::SightReason::own_file:
    case model::SightReason::readable_file:
    case model::SightReason::writable_folder:
    case model::SightReason::hard_linked:
    case model::SightReason::no_landlock:
    case model::SightReason::beneath_kept_folder:
    case model::SightReason::not_tried:
    case model::SightReason::not_proven:
    case model::SightReason::may_call:
      break;
  }
  return {};
}

}  // namespace blindfold::report
