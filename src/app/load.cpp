#include "app/load.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <string_view>
#include <utility>

#include "app/read_file.hpp"
#include "core/manifest/diagnostic.hpp"
#include "core/manifest/problems.hpp"
#include "core/manifest/read.hpp"
#include "core/manifest/source.hpp"
#include "platform/base/printable.hpp"

namespace blindfold::app {
namespace {

constexpr const char* usual_place = "/etc/blindfold/agent.yaml";

struct Place {
  std::string path;
  bool named = true;  ///< by somebody, in this call
};

Place find_configuration(const std::optional<std::string>& file) {
  if (file) {
    return {*file};
  }
  const char* const variable = std::getenv("BLINDFOLD_CONFIG");
  return variable != nullptr && *variable != '\0' ? Place{variable} : Place{usual_place, false};
}

std::string no_configuration(const base::Error& error, const Place& place) {
  return "agent: " + base::printable(error.what) + "\n" +
         (place.named ? ""
                      : "  name a configuration or a manifest with --config FILE, or in "
                        "BLINDFOLD_CONFIG\n");
}

std::string absolute(const std::string& path) {
  std::error_code error;
  const std::filesystem::path result = std::filesystem::absolute(path, error);
  return error ? path : result.lexically_normal().string();
}

std::string folder_of(const std::string& path) {
  return std::filesystem::path(absolute(path)).parent_path();
}

// "2 errors in agent.yaml and 1 in manifest.yaml"
std::string summary(const manifest::Diagnostics& mistakes) {
  std::vector<std::pair<std::string_view, std::size_t>> counts;
  for (const manifest::Diagnostic& mistake : mistakes) {
    const std::string_view file = mistake.where.file;
    const auto found = std::ranges::find(counts, file, &decltype(counts)::value_type::first);
    if (found == counts.end()) {
      counts.emplace_back(file, 1);
    } else {
      ++found->second;
    }
  }
  std::string text;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const auto& [file, count] = counts[i];
    if (i > 0) {
      text += i + 1 == counts.size() ? " and " : ", ";
    }
    text += mistakes.size() >= manifest::kept_diagnostics ? "at least " : "";
    text += std::to_string(count);
    if (i == 0) {
      text += count == 1 ? " error" : " errors";
    }
    text += " in " + base::printable(file);
  }
  return text + "\n";
}

// Reads everything before it gives up, so that every mistake is told at once.
class Loader final {
 public:
  std::expected<Loaded, std::string> load(const Place& place) {
    const std::string& path = place.path;
    auto text = read_file(path, manifest::largest_file);
    if (!text) {
      return std::unexpected(no_configuration(text.error(), place));
    }
    sources_.push_back({path, std::move(*text), folder_of(path)});
    files_.push_back(absolute(path));
    auto configuration = manifest::read_configuration(sources_.back());
    if (!configuration) {
      return refuse(configuration.error());
    }
    std::vector<manifest::Manifest> manifests;
    const manifest::Diagnostics mistakes = read_manifests(*configuration, manifests);
    if (!mistakes.empty()) {
      return refuse(mistakes);
    }
    auto deployment = manifest::resolve(std::move(*configuration), std::move(manifests));
    if (!deployment) {
      return refuse(deployment.error());
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
      sources_.push_back({shown_name(each), std::move(*text), folder_of(each.path)});
      files_.push_back(absolute(each.path));
      if (auto manifest = manifest::read_manifest(sources_.back())) {
        manifests.push_back(std::move(*manifest));
      } else {
        std::ranges::move(manifest.error(), std::back_inserter(mistakes));
      }
    }
    return mistakes;
  }

  // As somebody where we are would name it: beside the configuration's own name.
  [[nodiscard]] std::string shown_name(const manifest::ManifestFile& file) const {
    return std::filesystem::path(sources_.front().file).parent_path() / file.written;
  }

  [[nodiscard]] std::unexpected<std::string> refuse(const manifest::Diagnostics& mistakes) const {
    return std::unexpected(manifest::render(mistakes, sources_) + summary(mistakes));
  }

  std::vector<manifest::Source> sources_;
  std::vector<std::string> files_;
};

}  // namespace

std::expected<Loaded, std::string> load(const std::optional<std::string>& file) {
  return Loader().load(find_configuration(file));
}

}  // namespace blindfold::app
