#include "show/advice/commands.hpp"

#include <algorithm>
#include <string_view>
#include <variant>

#include "show/advice/directory.hpp"
#include "show/advice/kubernetes.hpp"
#include "show/advice/remarks.hpp"
#include "show/report/words.hpp"

namespace blindfold::advice {
namespace {

using Lines = std::vector<std::string>;

base::Error not_supported(const model::Requirement& requirement) {
  return {base::ErrorKind::configuration,
          report::quoted(requirement.id) + ": commands for the store " +
              std::string(to_string(store_of(requirement.locator))) +
              " are not supported yet by this version",
          {}};
}

/// Kubelet writes the volume: what there is to do is done in the cluster.
Lines advise(const model::Standing& standing, const model::MountLocator& locator) {
  Lines lines;
  if (color_of(standing.presence) == model::Color::green) {
    lines.push_back(comment("kubelet writes " + locator.path +
                            ", to rotate it change the Secret that is mounted there"));
  } else {
    std::string keys;
    for (const std::string& key : locator.keys) {
      keys += (keys.empty() ? " with the keys " : ", ") + key;
    }
    lines.push_back(comment("kubelet writes " + locator.path + ", mount a Secret there" + keys));
  }
  append(lines, explain(standing.details));
  return lines;
}

bool is_supported(const model::Locator& locator) noexcept {
  const model::StoreKind store = store_of(locator);
  return store == model::StoreKind::kubernetes || store == model::StoreKind::directory ||
         store == model::StoreKind::mount;
}

void append_lines(Lines& lines, std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (end > 0) {
      lines.push_back(comment(text.substr(0, end)));
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

}  // namespace

base::Result<Lines> commands(const model::Standing& standing, const CommandOptions& options) {
  const model::Requirement& requirement = *standing.requirement;
  if (!is_supported(requirement.locator)) {
    return std::unexpected(not_supported(requirement));
  }
  if (standing.presence == model::Presence::skipped) {
    return Lines{comment("skipped, nothing is to be done")};
  }
  if (requirement.provided_by != model::Provider::customer) {
    return Lines{comment("provided by agent provision, nothing is to be typed")};
  }
  if (const auto* const mount = std::get_if<model::MountLocator>(&requirement.locator)) {
    return advise(standing, *mount);
  }
  if (const auto* const secret = std::get_if<model::KubernetesLocator>(&requirement.locator)) {
    return advise(standing, *secret, options);
  }
  return advise(standing, std::get<model::DirectoryLocator>(requirement.locator), options);
}

Lines introduction(const model::Requirement& requirement) {
  Lines lines;
  append_lines(lines, requirement.title);
  append_lines(lines, requirement.purpose);
  append_lines(lines, requirement.help);
  return lines;
}

}  // namespace blindfold::advice
