#include "app/load.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <utility>

#include "app/read_file.hpp"
#include "core/manifest/diagnostic.hpp"
#include "core/manifest/read.hpp"
#include "core/manifest/source.hpp"

namespace blindfold::app {
namespace {

constexpr const char* usual_place = "/etc/blindfold/agent.yaml";

std::string find_configuration(const std::optional<std::string>& file) {
  if (file) {
    return *file;
  }
  const char* const variable = std::getenv("BLINDFOLD_CONFIG");
  return variable != nullptr && *variable != '\0' ? variable : usual_place;
}

std::string no_configuration(const base::Error& error) {
  return "agent: " + error.what +
         "\n  name a configuration or a manifest with --config FILE, or in BLINDFOLD_CONFIG\n";
}

std::string absolute(const std::string& path) {
  std::error_code error;
  const std::filesystem::path result = std::filesystem::absolute(path, error);
  return error ? path : result.lexically_normal().string();
}

std::string folder_of(const std::string& path) {
  return std::filesystem::path(absolute(path)).parent_path();
}

// Reads everything before it gives up, so that every mistake is told at once.
class Loader final {
 public:
  std::expected<Loaded, std::string> load(const std::string& path) {
    auto text = read_file(path, manifest::largest_file);
    if (!text) {
      return std::unexpected(no_configuration(text.error()));
    }
    sources_.push_back({path, std::move(*text), folder_of(path)});
    files_.push_back(absolute(path));
    auto configuration = manifest::read_configuration(sources_.back());
    if (!configuration) {
      return refuse(std::move(configuration.error()));
    }
    std::vector<manifest::Manifest> manifests;
    manifest::Diagnostics mistakes = read_manifests(*configuration, manifests);
    if (!mistakes.empty()) {
      return refuse(std::move(mistakes));
    }
    auto deployment = manifest::resolve(std::move(*configuration), std::move(manifests));
    if (!deployment) {
      return refuse(std::move(deployment.error()));
    }
    return Loaded{std::move(*deployment), std::move(files_)};
  }

 private:
  manifest::Diagnostics read_manifests(const manifest::Configuration& configuration,
                                       std::vector<manifest::Manifest>& manifests) {
    manifest::Diagnostics mistakes;
    for (const manifest::ManifestFile& each : configuration.manifests) {
      auto text = read_file(each.path, manifest::largest_file);
      if (!text) {
        mistakes.push_back({each.origin, text.error().what, {}});
        continue;
      }
      sources_.push_back({each.written, std::move(*text), folder_of(each.path)});
      files_.push_back(absolute(each.path));
      if (auto manifest = manifest::read_manifest(sources_.back())) {
        manifests.push_back(std::move(*manifest));
      } else {
        std::ranges::move(manifest.error(), std::back_inserter(mistakes));
      }
    }
    return mistakes;
  }

  std::unexpected<std::string> refuse(manifest::Diagnostics mistakes) const {
    return std::unexpected(manifest::render(mistakes, sources_));
  }

  std::vector<manifest::Source> sources_;
  std::vector<std::string> files_;
};

}  // namespace

std::expected<Loaded, std::string> load(const std::optional<std::string>& file) {
  return Loader().load(find_configuration(file));
}

}  // namespace blindfold::app
