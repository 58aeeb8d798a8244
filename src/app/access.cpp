#include "app/access.hpp"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "app/conditions.hpp"
#include "app/support.hpp"
#include "clients/aws/find_account.hpp"
#include "clients/kubernetes/find_account.hpp"
#include "platform/sandbox/landlock.hpp"

namespace blindfold::app {
namespace {

using Programs = std::vector<helper::Program>;

base::Result<> find_cluster(const AccessChoice& choice, Access& access, Programs& programs) {
  auto account = kubernetes::find_account(kubernetes::process_environment(),
                                          {choice.context, choice.name_space});
  if (!account) {
    return std::unexpected(std::move(account.error()));
  }
  std::ranges::move(kubernetes::programs_of(*account), std::back_inserter(programs));
  access.kubernetes = std::move(*account);
  return {};
}

base::Result<> find_aws(Access& access, Programs& programs) {
  auto account = aws::find_account(aws::process_environment());
  if (!account) {
    return std::unexpected(std::move(account.error()));
  }
  std::ranges::move(aws::programs_of(*account), std::back_inserter(programs));
  access.aws = std::make_unique<aws::Account>(std::move(*account));
  return {};
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

bool needs_aws(const manifest::Deployment& deployment) {
  return std::ranges::any_of(deployment.requirements, [](const model::Requirement& each) {
    return !each.skipped && is_in_aws(each);
  });
}

base::Result<std::string> find_region(const manifest::Deployment& deployment) {
  if (!needs_aws(deployment)) {
    return std::string();
  }
  auto account = aws::find_account(aws::process_environment());
  if (!account) {
    return std::unexpected(std::move(account.error()));
  }
  return std::move(account->region);
}

base::Result<Access> find_access(const manifest::Deployment& deployment,
                                 const AccessChoice& choice) {
  Access access;
  Programs programs;
  base::Result<> found;
  if (needs_kubernetes(deployment)) {
    found = find_cluster(choice, access, programs);
  }
  if (found && needs_aws(deployment)) {
    found = find_aws(access, programs);
  }
  if (!found) {
    return std::unexpected(std::move(found.error()));
  }
  if (!programs.empty()) {
    auto forked = helper::fork_helper(std::move(programs),
                                      {.landlock = sandbox::Ruleset().abi() > 0, .kept = {}});
    if (!forked) {
      return std::unexpected(std::move(forked.error()));
    }
    access.helper = std::move(*forked);
  }
  return access;
}

}  // namespace blindfold::app
