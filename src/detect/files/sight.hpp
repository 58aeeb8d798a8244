#pragma once

#include <span>
#include <string>

#include "core/model/sight.hpp"
#include "platform/sandbox/confinement.hpp"
#include "platform/sandbox/mount_views.hpp"

namespace blindfold::detect {

/// Who keeps this process from reading the files `names` in `folder` (absolute),
/// symbolic links followed: the worst of them, with the reason why it is no
/// better and the path that the reason speaks of. Without names: the folder, as
/// of a file that is not there yet. Looks and asks, opens nothing; true of the
/// moment: to be judged again when owners, modes, links or mounts changed, or
/// a file appeared. `mounts` may be as old as the last change of the mounts.
///
/// `kernel`: what the customer set refuses, whatever this process does. The file
/// is not ours, may neither be read nor written by us (access lists count), no
/// capability or second user id is left, and nothing on the way to it, as the
/// path is written and as it is in truth, is ours to replace. A folder that we
/// own is (we may change its mode); a folder that we may write is, unless it is
/// sticky (as /tmp) and the entry on our way is another's: there only the
/// entry's owner and the folder's may rename or remove it.
///
/// `self`: Landlock holds; no kept folder is above the file, nor above another
/// place where its file system is mounted; and the file has one name only.
///
/// `none`: otherwise. The reason is what keeps it from `self` where Landlock
/// holds, and what keeps it from `kernel` where it does not.
///
/// A file that is not there, or may not be looked at, is never `kernel`, as its
/// owner and mode are not known: `self` where Landlock holds and no kept folder
/// is above the last folder that is there, else `none`.
[[nodiscard]] model::Sight judge_sight(const std::string& folder,
                                       std::span<const std::string> names,
                                       const sandbox::Confinement& confinement,
                                       const sandbox::MountViews& mounts);

/// The one of `sights` with the worst level, the first of several; of none:
/// `unknown`.
[[nodiscard]] model::Sight worst(std::span<const model::Sight> sights);

}  // namespace blindfold::detect
