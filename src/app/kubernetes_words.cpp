#include "app/kubernetes_words.hpp"

#include <algorithm>
#include <string_view>

#include "platform/base/printable.hpp"
#include "show/report/words.hpp"

namespace blindfold::app {
namespace {

using doctor::NamespaceProof;
using doctor::PolicyFlaw;
using doctor::PolicyProof;
using doctor::Reply;
using doctor::SecretProof;
using doctor::Trial;
using report::quoted;

constexpr std::string_view good = "✓ ";
constexpr std::string_view bad = "✗ ";
constexpr std::string_view note = "– ";
constexpr std::string_view unknown = "? ";

std::string line(std::string_view mark, const std::string& text) {
  return std::string(mark) + text + "\n";
}

std::string why(const Trial& trial) {
  return trial.why ? report::describe(*trial.why) : "its turn never came";
}

std::string_view mark_of(const Trial& trial) noexcept {
  switch (trial.reply) {
    case Reply::refused:
    case Reply::missing:
      return good;
    case Reply::answered:
      return bad;
    case Reply::untried:
      break;
  }
  return unknown;
}

std::string outcome(const Trial& trial) {
  switch (trial.reply) {
    case Reply::refused:
      return trial.policy.empty() ? "refused" : "refused by policy " + quoted(trial.policy);
    case Reply::missing:
      return "nothing there to try it on";
    case Reply::answered:
      return "LET THROUGH";
    case Reply::untried:
      break;
  }
  return "could not be tried: " + why(trial);
}

std::string right(const detect::Right& right) {
  std::string words = right.verb + " " + right.resource;
  if (!right.group.empty()) {
    words += "." + right.group;
  }
  words = base::printable(words);
  return right.name.empty() ? words : words + " " + quoted(right.name);
}

std::string rights(const NamespaceProof& proof, const std::string& where) {
  if (proof.review.reply != Reply::answered) {
    return line(unknown, where + "what the account may do is not known: " + why(proof.review));
  }
  std::string text;
  for (const doctor::SurplusRight& each : proof.surplus) {
    text += each.reads ? line(bad, where + "the account may " + right(each.right) +
                                       ", a way to values: take that away")
                       : line(note, where + "the account may " + right(each.right) +
                                        ", which agent permissions does not print and which is no "
                                        "known way to a value");
  }
  if (proof.surplus.empty()) {
    text += line(good, where + "no right but those that agent permissions prints");
  }
  if (proof.asked_singly) {
    text += line(note, where +
                           "an authorizer of the cluster cannot list its rules: each known way to "
                           "a value was asked for by itself, rights beyond these are not known");
  }
  for (const detect::Right& each : proof.missing) {
    text += line(note, where + "the account may not " + right(each) +
                           ": it cannot look without (agent permissions --for kubernetes)");
  }
  return text;
}

// What was refused by rights alone needs no policy.
std::string asking(const NamespaceProof& proof, const std::string& where) {
  std::string text =
      line(mark_of(proof.guess),
           where + "a guess, a dry run with a value: " + outcome(proof.guess)) +
      line(mark_of(proof.annotation),
           where + "an annotation, on which a webhook may act: " + outcome(proof.annotation));
  const bool may_create = proof.guess.reply != Reply::refused || !proof.guess.policy.empty();
  if (proof.bare.reply == Reply::answered) {
    text += line(good, where + "the bare question: let through");
  } else if (may_create) {
    text += line(unknown, where + "the bare question: " + outcome(proof.bare) +
                              "; so what refuses a guess may refuse everything");
  }
  return text;
}

std::string_view mark_of(const SecretProof& proof) noexcept {
  if (proof.proven()) {
    return good;
  }
  return proof.readable() ? bad : unknown;
}

std::string secret(const SecretProof& proof, const std::string& name_space) {
  std::string words = base::printable(name_space + "/" + proof.secret) +
                      ": get: " + outcome(proof.get) + ", list: " + outcome(proof.list) +
                      ", guess: " + outcome(proof.guess) + ", sight " +
                      std::string(model::to_string(proof.sight.level));
  if (const std::string reason = report::describe(proof.sight); !reason.empty()) {
    words += ": " + reason;
  }
  return line(mark_of(proof), words);
}

std::string of_namespace(const NamespaceProof& proof) {
  const std::string where = "namespace " + quoted(proof.name) + ": ";
  if (proof.kube_system) {
    return line(unknown, report::describe(model::NamespaceRefused{proof.name}));
  }
  std::string text = rights(proof, where) +
                     line(mark_of(proof.list), where + "list secrets: " + outcome(proof.list)) +
                     asking(proof, where);
  for (const SecretProof& each : proof.secrets) {
    text += secret(each, proof.name);
  }
  return text;
}

std::string_view flaw(PolicyFlaw flaw) noexcept {
  switch (flaw) {
    case PolicyFlaw::not_failing_closed:
      return "its failurePolicy is not Fail";
    case PolicyFlaw::other_requests:
      return "it is not for every creation and update of a secret";
    case PolicyFlaw::narrowed:
      return "selectors, exclusions, names or parameters limit what it is for";
    case PolicyFlaw::other_account:
      return "its match conditions are not this account's name alone";
    case PolicyFlaw::may_write:
      return "the rule that lets dry runs through and nothing else is not in it as printed";
    case PolicyFlaw::may_guess:
      return "the rule against values is not in it as printed";
    case PolicyFlaw::may_decorate:
      return "the rule against annotations and finalizers is not in it as printed";
    case PolicyFlaw::bound_elsewhere:
      return "its binding is of another policy";
    case PolicyFlaw::not_denying:
      return "its binding does not deny";
  }
  return {};
}

std::string unread(const Trial& trial, const std::string& what) {
  if (trial.reply == Reply::refused) {
    return line(note, what +
                          " was not read, the account may not get it: that real writes are "
                          "refused cannot be tried safely, agent doctor --commands prints how "
                          "to look");
  }
  if (trial.reply == Reply::missing) {
    return line(bad, what + " is not there: apply what agent permissions --for kubernetes prints");
  }
  return line(unknown, what + " could not be read: " + why(trial));
}

std::string of_policy(const PolicyProof& proof) {
  const std::string policy = "policy " + quoted(proof.name);
  std::string text;
  for (const PolicyFlaw each : proof.flaws) {
    text += line(bad, policy + ": " + std::string(flaw(each)) +
                          ": apply what agent permissions --for kubernetes prints");
  }
  const bool read = proof.policy.reply == Reply::answered;
  const bool binding_read = proof.binding.reply == Reply::answered;
  if (!read) {
    text += unread(proof.policy, policy);
  }
  if (!binding_read) {
    text += unread(proof.binding, "the binding of " + policy);
  }
  if (read && binding_read && proof.flaws.empty()) {
    text += line(good, policy +
                           ": it and its binding stand there as printed; that real writes are "
                           "refused follows from it, it cannot be tried safely");
  }
  return text;
}

std::string summary(const doctor::KubernetesReport& report) {
  std::size_t all = 0;
  std::size_t refused = 0;
  std::size_t readable = 0;
  for (const NamespaceProof& each : report.namespaces) {
    all += each.secrets.size();
    refused += static_cast<std::size_t>(std::ranges::count_if(each.secrets, &SecretProof::proven));
    readable +=
        static_cast<std::size_t>(std::ranges::count_if(each.secrets, &SecretProof::readable));
  }
  return std::to_string(refused) + " of " + std::to_string(all) + " secrets refused, " +
         std::to_string(readable) + " can be read, " + std::to_string(all - refused - readable) +
         " not known\n";
}

}  // namespace

std::string describe(const doctor::KubernetesReport& report) {
  std::string text = "the API server " + quoted(report.server) + " knows this account " +
                     (report.user.empty() ? "by a name that could not be found out"
                                          : "as " + quoted(report.user)) +
                     "\n";
  for (const NamespaceProof& each : report.namespaces) {
    text += of_namespace(each);
  }
  if (report.policy) {
    text += of_policy(*report.policy);
  }
  if (!report.complete) {
    text += line(unknown, "the time was up before all was tried");
  }
  return text + summary(report);
}

}  // namespace blindfold::app
