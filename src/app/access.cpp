#include "app/access.hpp"

#include <algorithm>
#include <utility>

#include "app/conditions.hpp"
#include "app/support.hpp"
#include "clients/kubernetes/find_account.hpp"
#include "platform/sandbox/landlock.hpp"

namespace blindfold::app {

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
  auto account = kubernetes::find_account(kubernetes::process_environment(),
                                          {choice.context, choice.name_space});
  if (!account) {
    return std::unexpected(std::move(account.error()));
  }
  if (auto programs = kubernetes::programs_of(*account); !programs.empty()) {
    auto forked = helper::fork_helper(std::move(programs),
                                      {.landlock = sandbox::Ruleset().abi() > 0, .kept = {}});
    if (!forked) {
      return std::unexpected(std::move(forked.error()));
    }
    access.helper = std::move(*forked);
  }
  access.account = std::move(*account);
  return access;
}

}  // namespace blindfold::app
