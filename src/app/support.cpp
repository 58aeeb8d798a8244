#include "app/support.hpp"

#include <string_view>
#include <variant>

#include "platform/base/printable.hpp"
#include "show/report/words.hpp"

namespace blindfold::app {
namespace {

void refuse(std::string& text, const model::Origin& where, const std::string& what) {
  text += base::printable(where.file) + ":" + std::to_string(where.line) + ":" +
          std::to_string(where.column) + ": " + what + " is not supported by this version yet\n";
}

void refuse(std::string& text, const std::string& what) {
  text += "agent: " + what + " is not supported by this version yet\n";
}

}  // namespace

bool is_in_files(const model::Requirement& requirement) noexcept {
  return std::holds_alternative<model::MountLocator>(requirement.locator) ||
         std::holds_alternative<model::DirectoryLocator>(requirement.locator);
}

bool is_in_kubernetes(const model::Requirement& requirement) noexcept {
  return std::holds_alternative<model::KubernetesLocator>(requirement.locator);
}

bool is_in_aws(const model::Requirement& requirement) noexcept {
  return std::holds_alternative<model::SecretsManagerLocator>(requirement.locator) ||
         std::holds_alternative<model::ParameterStoreLocator>(requirement.locator);
}

std::string refuse_to_run(const manifest::Deployment& deployment) {
  std::string text;
  for (const manifest::Reaction& reaction : deployment.reactions) {
    refuse(text, reaction.origin, "reaction " + report::quoted(reaction.name));
  }
  if (deployment.agent.log.format == manifest::LogFormat::journal) {
    refuse(text, "agent.log.format: journal");
  }
  if (deployment.agent.listen) {
    refuse(text, "agent.listen");
  }
  if (deployment.agent.probes) {
    refuse(text, "agent.probes");
  }
  if (deployment.agent.report) {
    refuse(text, "agent.report");
  }
  return text;
}

}  // namespace blindfold::app
