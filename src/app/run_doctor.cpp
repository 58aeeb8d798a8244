#include "app/run_doctor.hpp"

#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/aws_words.hpp"
#include "app/confine.hpp"
#include "app/file_words.hpp"
#include "app/kubernetes_words.hpp"
#include "app/output.hpp"
#include "app/refuse.hpp"
#include "app/support.hpp"
#include "doctor/aws/aws.hpp"
#include "doctor/aws/proof.hpp"
#include "doctor/files/files.hpp"
#include "doctor/files/proof.hpp"
#include "doctor/kubernetes/kubernetes.hpp"
#include "doctor/kubernetes/proof.hpp"
#include "platform/base/clock.hpp"
#include "platform/helper/helper.hpp"
#include "platform/loop/loop.hpp"
#include "show/advice/aws_scope.hpp"
#include "show/advice/permission_scope.hpp"

namespace blindfold::app {
namespace {

constexpr std::chrono::seconds time_limit{30};

using Store = bool (*)(const model::Requirement&) noexcept;

std::vector<const model::Requirement*> those_in(const Loaded& loaded, Store store) {
  std::vector<const model::Requirement*> requirements;
  for (const model::Requirement& requirement : loaded.deployment.requirements) {
    if (!requirement.skipped && store(requirement)) {
      requirements.push_back(&requirement);
    }
  }
  return requirements;
}

std::vector<std::string> paths_of(const Loaded& loaded) {
  std::vector<std::string> paths;
  for (const model::Requirement* const requirement : those_in(loaded, is_in_files)) {
    std::ranges::move(doctor::files_of(*requirement), std::back_inserter(paths));
  }
  return paths;
}

bool has_any(const Loaded& loaded, Store store) {
  return !those_in(loaded, store).empty();
}

doctor::Account this_account() {
  doctor::Account account;
  account.user = ::geteuid();
  if (const passwd* const entry = ::getpwuid(account.user)) {
    account.name = entry->pw_name;
  }
  return account;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) {
    text += line + "\n";
  }
  return text;
}

int try_files(const Loaded& loaded, const sandbox::Plan& plan) {
  const auto report = doctor::try_files(plan, paths_of(loaded), time_limit);
  if (!report) {
    return refuse(report.error());
  }
  return print(describe(*report)) && report->proven() ? 0 : failed;
}

int try_kubernetes(loop::Loop& loop, const Loaded& loaded, kubernetes::Account account,
                   helper::Helper* helper) {
  const auto report =
      doctor::try_kubernetes(loop, std::move(account), helper, loaded.deployment.requirements,
                             loaded.deployment.settings, time_limit);
  if (!report) {
    return refuse(report.error());
  }
  return print(describe(*report)) && report->proven() ? 0 : failed;
}

int try_aws(loop::Loop& loop, const Loaded& loaded, const aws::Account& account,
            helper::Helper* helper) {
  if (!print(aws_announcement())) {
    return failed;
  }
  const auto report = doctor::try_aws(loop, account, helper, loaded.deployment.requirements);
  if (!report) {
    return refuse(report.error());
  }
  return print(describe(*report)) && report->proven() ? 0 : failed;
}

// As the agent is: after it has given up what it gives up, with the helper that
// was forked before.
int try_services(const Loaded& loaded, const sandbox::Plan& plan, Access access) {
  if (const auto confinement = sandbox::confine(plan); !confinement) {
    return refuse(confinement.error());
  }
  const base::SystemClock clock;
  loop::Loop loop(clock);
  std::optional<helper::Helper> helper;
  if (access.helper) {
    helper.emplace(loop, *std::move(access.helper));
  }
  helper::Helper* const programs = helper ? &*helper : nullptr;
  int status = 0;
  if (access.kubernetes && has_any(loaded, is_in_kubernetes)) {
    status = try_kubernetes(loop, loaded, *std::move(access.kubernetes), programs);
  }
  if (access.aws && has_any(loaded, is_in_aws)) {
    status = std::max(status, try_aws(loop, loaded, *access.aws, programs));
  }
  return status;
}

}  // namespace

int run_doctor(const Loaded& loaded, Access access) {
  const sandbox::Plan plan = plan_of(loaded, access);
  const bool services = (access.kubernetes && has_any(loaded, is_in_kubernetes)) ||
                        (access.aws && has_any(loaded, is_in_aws));
  int status = 0;
  if (!services || has_any(loaded, is_in_files)) {
    status = try_files(loaded, plan);
  }
  if (services && status != bad_usage) {
    status = std::max(status, try_services(loaded, plan, std::move(access)));
  }
  return status;
}

int print_proof(const Loaded& loaded, const ClusterNames& names) {
  std::string text =
      joined(doctor::proof_commands(this_account(), paths_of(loaded), advice::Shell::bash));
  if (const auto requirements = those_in(loaded, is_in_kubernetes); !requirements.empty()) {
    advice::KubernetesPermissionOptions options;
    options.name_space = names.name_space;
    const auto scope = advice::permission_scope(requirements, {}, options);
    if (!scope) {
      return refuse(scope.error());
    }
    text += joined(doctor::kubernetes_proof_commands(*scope, names.context, advice::Shell::bash));
  }
  if (const auto requirements = those_in(loaded, is_in_aws); !requirements.empty()) {
    const auto objects = advice::aws_scope(requirements, names.region);
    if (!objects) {
      return refuse(objects.error());
    }
    text += joined(doctor::aws_proof_commands(*objects, {}, advice::Shell::bash));
  }
  return print(text) ? 0 : failed;
}

}  // namespace blindfold::app
