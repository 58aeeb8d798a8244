#include "app/access.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>
#include <variant>

#include "app/conditions.hpp"
#include "app/support.hpp"
#include "clients/kubernetes/find_account.hpp"
#include "platform/sandbox/landlock.hpp"

namespace blindfold::app {
namespace {

std::string variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

kubernetes::Environment environment() {
  kubernetes::Environment environment;
  environment.kubeconfig = variable("KUBECONFIG");
  environment.home = variable("HOME");
  environment.service_host = variable("KUBERNETES_SERVICE_HOST");
  environment.service_port = variable("KUBERNETES_SERVICE_PORT");
  environment.https_proxy = variable("HTTPS_PROXY");
  environment.no_proxy = variable("NO_PROXY");
  return environment;
}

base::Result<helper::Forked> fork_for(const kubernetes::ExecPlugin& plugin) {
  return helper::fork_helper(
      {{.name = plugin.name, .arguments = plugin.arguments, .environment = plugin.environment}},
      {.landlock = sandbox::Ruleset().abi() > 0});
}

}  // namespace

bool needs_kubernetes(const manifest::Deployment& deployment) {
  const bool requirement = std::ranges::any_of(
      deployment.requirements,
      [](const model::Requirement& each) { return !each.skipped && is_in_kubernetes(each); });
  return requirement ||
         std::ranges::any_of(deployment.settings, [&deployment](const manifest::Setting& setting) {
           return Conditions::depend_on(deployment, setting.id);
         });
}

base::Result<Access> find_access(const manifest::Deployment& deployment,
                                 const AccessChoice& choice) {
  Access access;
  if (!needs_kubernetes(deployment)) {
    return access;
  }
  auto account = kubernetes::find_account(environment(), {choice.context, choice.name_space});
  if (!account) {
    return std::unexpected(std::move(account.error()));
  }
  if (const auto* const plugin = std::get_if<kubernetes::ExecPlugin>(&account->credential)) {
    auto forked = fork_for(*plugin);
    if (!forked) {
      return std::unexpected(std::move(forked.error()));
    }
    access.helper = std::move(*forked);
  }
  access.account = std::move(*account);
  return access;
}

}  // namespace blindfold::app
