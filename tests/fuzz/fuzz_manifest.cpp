// Any bytes as a manifest and as a configuration: read, resolved, and what is
// wrong with them rendered. Aborts where something is promised and not so.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/manifest/deployment.hpp"
#include "core/manifest/read.hpp"
#include "core/manifest/rules.hpp"
#include "platform/base/printable.hpp"

namespace {

namespace manifest = blindfold::manifest;
namespace model = blindfold::model;

void require(bool holds) {
  if (!holds) {
    std::abort();
  }
}

bool is_printable_line(std::string_view line) {
  return blindfold::base::printable(line) == line;
}

/// What is shown is safe for a terminal and ordered; each error has a place.
void check(const manifest::Diagnostics& diagnostics, const manifest::Source& source) {
  require(!diagnostics.empty());
  for (const auto& diagnostic : diagnostics) {
    require(!diagnostic.message.empty() && diagnostic.where.file == source.file);
    require(diagnostic.where.line > 0 && diagnostic.where.column > 0);
  }
  const auto place = [](const manifest::Diagnostic& diagnostic) {
    return std::pair(diagnostic.where.line, diagnostic.where.column);
  };
  require(std::ranges::is_sorted(diagnostics, {}, place));
  const std::string text = render(diagnostics, {&source, 1});
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = text.find('\n', begin);
    require(end != std::string::npos);
    require(is_printable_line(std::string_view(text).substr(begin, end - begin)));
    begin = end + 1;
  }
}

struct CheckPlace {
  void operator()(const model::KubernetesLocator& at) const {
    require(!at.secret.empty() && at.name_space != "kube-system");
  }
  void operator()(const model::SecretsManagerLocator& at) const { require(!at.name.empty()); }
  void operator()(const model::ParameterStoreLocator& at) const { require(!at.name.empty()); }
  void operator()(const model::MountLocator& at) const { require(at.path.starts_with('/')); }
  void operator()(const model::DirectoryLocator& at) const {
    require(at.path.starts_with('/') && !at.keys.empty());
  }
};

void check(const manifest::Deployment& deployment) {
  require(manifest::rules::id.accepts(deployment.name));
  for (const auto& requirement : deployment.requirements) {
    require(manifest::rules::id.accepts(requirement.id) && !requirement.title.empty());
    require(requirement.generate.has_value() ==
            (requirement.provided_by == model::Provider::generated));
    require(requirement.sealed.has_value() == (requirement.provided_by == model::Provider::vendor));
    require(!(requirement.skipped && requirement.required));
    std::visit(CheckPlace{}, requirement.locator);
  }
}

void resolve_and_check(manifest::Configuration configuration,
                       std::vector<manifest::Manifest> manifests, const manifest::Source& source) {
  const auto deployment = resolve(std::move(configuration), std::move(manifests));
  if (deployment) {
    check(*deployment);
  } else {
    check(deployment.error(), source);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const manifest::Source source{"/etc/app/manifest.yaml", std::string(data, data + size), {}};
  auto alone = manifest::read_manifest(source);
  if (alone) {
    resolve_and_check({}, {*std::move(alone)}, source);
  } else {
    check(alone.error(), source);
  }
  auto configuration = manifest::read_configuration(source);
  if (configuration) {
    resolve_and_check(*std::move(configuration), {}, source);
  } else {
    check(configuration.error(), source);
  }
  return 0;
}
