#include "app/print_advice.hpp"

#include <algorithm>
#include <deque>
#include <string>
#include <string_view>

#include "app/output.hpp"
#include "app/refuse.hpp"
#include "app/support.hpp"
#include "platform/base/nearest.hpp"
#include "show/advice/aws_permissions.hpp"
#include "show/advice/commands.hpp"
#include "show/advice/kubernetes_permissions.hpp"
#include "show/advice/permissions.hpp"
#include "show/report/words.hpp"

namespace blindfold::app {
namespace {

using Standings = std::vector<const model::Standing*>;

std::string find_unknown(const std::vector<std::string>& ids,
                         const manifest::Deployment& deployment) {
  std::vector<std::string_view> known;
  for (const model::Requirement& requirement : deployment.requirements) {
    known.push_back(requirement.id);
  }
  for (const std::string& id : ids) {
    if (std::ranges::find(known, id) == known.end()) {
      std::string text = "agent: there is no requirement " + report::quoted(id) + "\n";
      if (const auto near = base::nearest(id, known)) {
        text += "  did you mean " + report::quoted(*near) + "?\n";
      }
      return text;
    }
  }
  return {};
}

std::string join(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) {
    text += line + "\n";
  }
  return text;
}

int print_lines(const base::Result<std::vector<std::string>>& lines) {
  if (!lines) {
    return refuse(lines.error());
  }
  return print(join(*lines)) ? 0 : failed;
}

std::vector<const model::Requirement*> those_in(const manifest::Deployment& deployment,
                                                bool (*store)(const model::Requirement&) noexcept) {
  std::vector<const model::Requirement*> requirements;
  for (const model::Requirement& requirement : deployment.requirements) {
    if (!requirement.skipped && store(requirement)) {
      requirements.push_back(&requirement);
    }
  }
  return requirements;
}

}  // namespace

int print_commands(const CommandsCommand& command, const manifest::Deployment& deployment,
                   const ClusterNames& names, const Standings& standings) {
  if (const std::string text = find_unknown(command.ids, deployment); !text.empty()) {
    return refuse(text);
  }
  std::deque<model::Standing> assumed;
  Standings shown = standings;
  if (shown.empty()) {
    for (const model::Requirement& requirement : deployment.requirements) {
      assumed.push_back({.requirement = &requirement, .presence = model::Presence::missing});
      shown.push_back(&assumed.back());
    }
  }
  std::string text;
  for (const model::Standing* const standing : shown) {
    const model::Requirement& requirement = *standing->requirement;
    const bool named = std::ranges::find(command.ids, requirement.id) != command.ids.end();
    if (requirement.skipped || (!command.ids.empty() && !named)) {
      continue;
    }
    const auto lines = advice::commands(*standing, {.shell = command.shell,
                                                    .owner = command.owner,
                                                    .name_space = names.name_space,
                                                    .context = names.context,
                                                    .region = names.region,
                                                    .profile = command.profile});
    text += (text.empty() ? "" : "\n") + join(advice::introduction(requirement)) + join(lines);
  }
  return print(text) ? 0 : failed;
}

int print_permissions(const PermissionsCommand& command, const manifest::Deployment& deployment,
                      const ClusterNames& names) {
  if (command.store == PermissionStore::kubernetes) {
    advice::KubernetesPermissionOptions options;
    options.faster = command.faster;
    options.name_space = names.name_space;
    return print_lines(advice::kubernetes_permissions(those_in(deployment, is_in_kubernetes),
                                                      deployment.settings, options));
  }
  if (command.store == PermissionStore::aws) {
    return print_lines(
        advice::aws_permissions(those_in(deployment, is_in_aws), {.region = names.region}));
  }
  advice::PermissionOptions options;
  options.agent_user = command.agent_user;
  if (!command.application_user.empty()) {
    options.application_user = command.application_user;
  }
  return print_lines(advice::file_permissions(those_in(deployment, is_in_files), options));
}

}  // namespace blindfold::app
