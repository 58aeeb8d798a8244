#include "core/manifest/path.hpp"

#include <algorithm>
#include <vector>

namespace blindfold::manifest {
namespace {

void append_components(std::vector<std::string_view>& components, std::string_view path,
                       bool absolute) {
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    const std::string_view component = path.substr(0, end);
    path.remove_prefix(std::min(end + 1, path.size()));
    if (component.empty() || component == ".") {
      continue;
    }
    const bool up = component == "..";
    const bool at_top = components.empty() || components.back() == "..";
    if (up && !at_top) {
      components.pop_back();
    } else if (!up || !absolute) {
      components.push_back(component);
    }
  }
}

}  // namespace

std::string resolved_path(std::string_view folder, std::string_view path) {
  const bool absolute = path.starts_with('/') || folder.starts_with('/');
  std::vector<std::string_view> components;
  if (!path.starts_with('/')) {
    append_components(components, folder, absolute);
  }
  append_components(components, path, absolute);
  std::string out;
  for (const std::string_view component : components) {
    if (absolute || !out.empty()) {
      out += '/';
    }
    out += component;
  }
  if (out.empty()) {
    out += absolute ? '/' : '.';
  }
  return out;
}

std::string_view folder_of(std::string_view file) noexcept {
  const std::size_t slash = file.rfind('/');
  if (slash == std::string_view::npos) {
    return ".";
  }
  return file.substr(0, std::max<std::size_t>(slash, 1));
}

bool covers(std::string_view folder, std::string_view path) noexcept {
  if (folder == "/") {
    return path.starts_with('/');
  }
  return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

}  // namespace blindfold::manifest
