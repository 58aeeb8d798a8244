#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "detect/files/file_requirement.hpp"
#include "platform/sandbox/mount_views.hpp"

namespace blindfold::detect {

/// Whether a file system of this type, as mountinfo names it, asks another
/// machine or a process: it may hang, and tells of no change that is made there.
[[nodiscard]] bool is_remote(std::string_view type) noexcept;

/// Whether something remote is mounted anywhere.
[[nodiscard]] bool has_remote(const sandbox::MountViews& mounts);

/// The device ("major:minor") of the first remote file system on the way to
/// `path`, symbolic links followed; nothing where all of the way is local, as
/// far as there is one. Touches none that is remote.
[[nodiscard]] std::optional<std::string> remote_on_the_way(std::string_view path,
                                                           const sandbox::MountViews& mounts);

/// The same of all that a look at the requirement touches: its folder and keys.
[[nodiscard]] std::optional<std::string> remote_on_the_way(const FileRequirement& requirement,
                                                           const sandbox::MountViews& mounts);

}  // namespace blindfold::detect
