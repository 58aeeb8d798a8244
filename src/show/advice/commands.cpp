#include "show/advice/commands.hpp"

#include <algorithm>
#include <concepts>
#include <string_view>
#include <variant>

#include "show/advice/aws.hpp"
#include "show/advice/directory.hpp"
#include "show/advice/kubernetes.hpp"
#include "show/advice/remarks.hpp"
#include "show/report/words.hpp"

namespace blindfold::advice {
namespace {

using Lines = std::vector<std::string>;

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

Lines commands(const model::Standing& standing, const CommandOptions& options) {
  const model::Requirement& requirement = *standing.requirement;
  if (standing.presence == model::Presence::skipped) {
    return {comment("skipped, nothing is to be done")};
  }
  if (requirement.provided_by != model::Provider::customer) {
    return {comment("provided by agent provision, nothing is to be typed")};
  }
  const auto advise_for = [&standing, &options](const auto& locator) {
    if constexpr (std::same_as<decltype(locator), const model::MountLocator&>) {
      return advise(standing, locator);
    } else {
      return advise(standing, locator, options);
    }
  };
  return std::visit(advise_for, requirement.locator);
}

Lines introduction(const model::Requirement& requirement) {
  Lines lines;
  append_lines(lines, requirement.title);
  append_lines(lines, requirement.purpose);
  append_lines(lines, requirement.help);
  return lines;
}

}  // namespace blindfold::advice
