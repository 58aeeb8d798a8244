#include "show/advice/permissions.hpp"

#include <set>
#include <string_view>
#include <variant>

#include "show/report/words.hpp"

namespace blindfold::advice {
namespace {

using Lines = std::vector<std::string>;

bool is_user_name(std::string_view name) noexcept {
  return !name.empty() && !name.starts_with('-');
}

base::Error wrong_user(std::string_view which, std::string_view name) {
  return {base::ErrorKind::usage,
          report::quoted(name) + " cannot be the name of the " + std::string(which) + "'s user",
          {}};
}

/// Writes the lines for one requirement after another, a folder's once.
class FilePermissions final {
 public:
  explicit FilePermissions(const PermissionOptions& options) : options_(options) {}

  void add(const model::Requirement& requirement, const model::DirectoryLocator& directory) {
    lines_.push_back(comment(requirement.id + ": " + directory.path));
    if (folders_.insert(directory.path).second) {
      own("who owns the folder may replace what is in it: the application, never the agent",
          directory.path);
      lines_.push_back(comment(
          "the agent sees names and times and is told of changes, 0711 would hide the names "
          "and it looks every few seconds"));
      lines_.push_back("chmod 0755 " + word(directory.path));
    }
    for (const std::string& key : directory.keys) {
      const std::string file = directory.path + "/" + key;
      own("who owns the file may change its mode: the application, never the agent", file);
      lines_.push_back(comment("nobody but its owner may read it"));
      lines_.push_back("chmod 0400 " + word(file));
    }
    note_ancestors(directory.path);
  }

  void add(const model::Requirement& requirement, const model::MountLocator& mount) {
    lines_.push_back(comment(requirement.id + ": " + mount.path));
    lines_.push_back(comment(
        "kubelet writes this volume as root, so set defaultMode 0400 on it and in the agent's "
        "container runAsUser to a user other than root and the application's"));
    lines_.push_back(comment(
        "fsGroup in the pod would add the right to read for the group, sight is then self"));
  }

  [[nodiscard]] Lines finish() && {
    if (!ancestors_.empty()) {
      lines_.push_back(comment(
          "who may write a folder above may replace all of it, this prints those where the agent "
          "may, none where all is right"));
      std::string command = "runuser -u " + word(options_.agent_user) + " -- find";
      for (const std::string& folder : ancestors_) {
        command += " " + word(folder);
      }
      lines_.push_back(command + " -maxdepth 0 -writable");
    }
    return std::move(lines_);
  }

 private:
  void own(std::string_view reason, const std::string& path) {
    lines_.push_back(comment(reason));
    lines_.push_back("chown " + word(options_.application_user) + " " + word(path));
  }

  void note_ancestors(std::string_view path) {
    for (std::size_t end = path.rfind('/'); end != std::string_view::npos && end > 0;
         end = path.rfind('/', end - 1)) {
      ancestors_.insert(std::string(path.substr(0, end)));
    }
    ancestors_.insert("/");
  }

  [[nodiscard]] std::string word(std::string_view text) const {
    return quote(text, options_.shell);
  }

  const PermissionOptions& options_;
  Lines lines_;
  std::set<std::string> folders_;
  std::set<std::string> ancestors_;
};

}  // namespace

base::Result<Lines> file_permissions(std::span<const model::Requirement* const> requirements,
                                     const PermissionOptions& options) {
  if (!is_user_name(options.agent_user)) {
    return std::unexpected(wrong_user("agent", options.agent_user));
  }
  if (!is_user_name(options.application_user)) {
    return std::unexpected(wrong_user("application", options.application_user));
  }
  if (options.agent_user == options.application_user) {
    return std::unexpected(base::Error{base::ErrorKind::usage,
                                       "the agent and the application both run as " +
                                           report::quoted(options.agent_user) +
                                           ": no mode keeps a user from its own files",
                                       "run the agent as a user of its own"});
  }
  FilePermissions permissions(options);
  for (const model::Requirement* const requirement : requirements) {
    if (const auto* const mount = std::get_if<model::MountLocator>(&requirement->locator)) {
      permissions.add(*requirement, *mount);
    } else if (const auto* const directory =
                   std::get_if<model::DirectoryLocator>(&requirement->locator)) {
      permissions.add(*requirement, *directory);
    }
  }
  return std::move(permissions).finish();
}

}  // namespace blindfold::advice
