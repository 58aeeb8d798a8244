// Reads one file as `agent` would and prints what is wrong with it:
//   check_manifest manifest|configuration FILE
// Manifests that a configuration names are read as well. Exit status 0: it is
// right, 1: it is not, 2: usage.

#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "core/manifest/deployment.hpp"
#include "core/manifest/read.hpp"

namespace {

namespace manifest = blindfold::manifest;

manifest::Source load(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {path, {std::istreambuf_iterator<char>(file), {}}, {}};
}

int refuse(const manifest::Diagnostics& diagnostics, std::vector<manifest::Source>& sources) {
  std::cout << manifest::render(diagnostics, sources);
  return 1;
}

int check(manifest::Configuration configuration, std::vector<manifest::Manifest> manifests,
          std::vector<manifest::Source>& sources) {
  const auto deployment = manifest::resolve(std::move(configuration), std::move(manifests));
  return deployment ? 0 : refuse(deployment.error(), sources);
}

int check_manifest(std::vector<manifest::Source>& sources) {
  auto read = manifest::read_manifest(sources.front());
  if (!read) {
    return refuse(read.error(), sources);
  }
  return check({}, {*std::move(read)}, sources);
}

int check_configuration(std::vector<manifest::Source>& sources) {
  auto configuration = manifest::read_configuration(sources.front());
  if (!configuration) {
    return refuse(configuration.error(), sources);
  }
  std::vector<manifest::Manifest> manifests;
  for (const auto& file : configuration->manifests) {
    sources.push_back(load(file.path));
    auto read = manifest::read_manifest(sources.back());
    if (!read) {
      return refuse(read.error(), sources);
    }
    manifests.push_back(*std::move(read));
  }
  return check(*std::move(configuration), std::move(manifests), sources);
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments.size() != 2) {
    std::cerr << "usage: check_manifest manifest|configuration FILE\n";
    return 2;
  }
  std::vector<manifest::Source> sources{load(arguments[1])};
  return arguments[0] == "manifest" ? check_manifest(sources) : check_configuration(sources);
}
