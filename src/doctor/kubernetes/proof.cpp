#include "doctor/kubernetes/proof.hpp"

#include <array>
#include <string_view>

#include "show/advice/kubernetes_permissions.hpp"
#include "show/advice/policy_rules.hpp"

namespace blindfold::doctor {
namespace {

constexpr std::array<std::string_view, 5> reading_by_name{"get", "list", "watch", "patch",
                                                          "delete"};
constexpr std::array<std::string_view, 3> reading_all{"get", "list", "deletecollection"};

class Commands final {
 public:
  Commands(const advice::PermissionScope& scope, const std::string& context, advice::Shell shell)
      : scope_(scope),
        shell_(shell),
        context_(context.empty() ? std::string() : " --context=" + word(context)),
        as_(" --as=" + word(advice::user_of(scope.account_namespace, scope.account))) {}

  std::vector<std::string> take() && {
    for (const advice::NamespaceScope& name_space : scope_.namespaces) {
      if (!name_space.secrets.empty()) {
        add_reading(name_space);
        add_guess(name_space.name);
      }
    }
    add_policy();
    return std::move(lines_);
  }

 private:
  void say(std::string_view text) { lines_.push_back(advice::comment(text)); }

  void add_reading(const advice::NamespaceScope& name_space) {
    say("each of these must answer no: by each verb the account would get the value");
    for (const std::string_view verb : reading_all) {
      add_question(verb, "secrets", name_space.name);
    }
    for (const advice::NamedObject& secret : name_space.secrets) {
      for (const std::string_view verb : reading_by_name) {
        add_question(verb, "secrets/" + secret.name, name_space.name);
      }
    }
    say("this must list no more than agent permissions --for kubernetes prints, and what every "
        "account may: create reviews of itself, get addresses that are no resources");
    add("kubectl auth can-i --list" + at(name_space.name));
  }

  void add_question(std::string_view verb, const std::string& what, const std::string& name_space) {
    add("kubectl auth can-i " + std::string(verb) + " " + word(what) + at(name_space));
  }

  void add_guess(const std::string& name_space) {
    const std::string bare =
        "kubectl create secret generic blindfold-guess --dry-run=server" + at(name_space);
    say("this must answer created, as the bare question is let through: it is a dry run");
    add(bare);
    say("this must fail and name ValidatingAdmissionPolicy " +
        std::string(advice::ask_only_policy) + ", as a guess is refused: the value is no secret");
    add(bare + " --from-literal=guess=x");
  }

  void add_policy() {
    say("these must stand there as agent permissions --for kubernetes prints them: failurePolicy "
        "Fail, this account, the three rules, a binding that denies");
    for (const std::string_view kind :
         {"validatingadmissionpolicy", "validatingadmissionpolicybinding"}) {
      add("kubectl get " + std::string(kind) + " " + std::string(advice::ask_only_policy) +
          " -o yaml" + context_);
    }
  }

  void add(std::string line) { lines_.push_back(std::move(line)); }

  [[nodiscard]] std::string at(const std::string& name_space) const {
    return " -n " + word(name_space) + as_ + context_;
  }

  [[nodiscard]] std::string word(std::string_view text) const {
    return advice::quote(text, shell_);
  }

  const advice::PermissionScope& scope_;
  advice::Shell shell_;
  std::string context_;
  std::string as_;
  std::vector<std::string> lines_;
};

}  // namespace

std::vector<std::string> kubernetes_proof_commands(const advice::PermissionScope& scope,
                                                   const std::string& context,
                                                   advice::Shell shell) {
  return Commands(scope, context, shell).take();
}

}  // namespace blindfold::doctor
