#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "core/model/sight.hpp"

namespace blindfold::model {

/// Details say why a presence is what it is. The set is closed, each is a code
/// with names, and only show/ puts them into words: there is no free text in
/// which a value could stand.

/// `folder` does not exist: the first one on the way that is missing.
struct FolderMissing {
  std::string folder;
  friend bool operator==(const FolderMissing&, const FolderMissing&) = default;
};

/// Something other than a folder stands at `path`.
struct NotAFolder {
  std::string path;
  friend bool operator==(const NotAFolder&, const NotAFolder&) = default;
};

/// The agent's user may not search (or, where no keys are named, list) `folder`.
struct FolderDenied {
  std::string folder;
  std::uint32_t mode;   ///< permission bits, 07777
  std::uint32_t owner;  ///< uid
  std::uint32_t group;  ///< gid
  bool listing;         ///< it may search, but not list
  friend bool operator==(const FolderDenied&, const FolderDenied&) = default;
};

/// No file of that name; `near_miss` is one that looks like it, or empty.
struct KeyMissing {
  std::string key;
  std::string near_miss;
  friend bool operator==(const KeyMissing&, const KeyMissing&) = default;
};

/// The file exists and holds nothing.
struct KeyEmpty {
  std::string key;
  friend bool operator==(const KeyEmpty&, const KeyEmpty&) = default;
};

/// Something other than a file stands there.
struct KeyNotAFile {
  std::string key;
  friend bool operator==(const KeyNotAFile&, const KeyNotAFile&) = default;
};

/// The file's own target may not be looked at.
struct KeyDenied {
  std::string key;
  friend bool operator==(const KeyDenied&, const KeyDenied&) = default;
};

/// No keys are named, and the folder has no entry.
struct NoEntries {
  friend bool operator==(const NoEntries&, const NoEntries&) = default;
};

/// The key is a `subPath` mount: kubelet never updates it.
struct NeverUpdated {
  std::string key;
  friend bool operator==(const NeverUpdated&, const NeverUpdated&) = default;
};

enum class PollingReason : std::uint8_t {
  watch_limit,     ///< fs.inotify.max_user_watches
  instance_limit,  ///< fs.inotify.max_user_instances
  no_events,       ///< a file system that tells of no change
  listing_denied,  ///< a folder that may be searched and not listed cannot be watched
};

/// Changes are not told of: it is looked at every few seconds.
struct Polled {
  PollingReason reason;
  friend bool operator==(const Polled&, const Polled&) = default;
};

/// The sight there is is worse than the one that `require-sight` asks for.
struct SightRefused {
  Sight have;
  RequiredSight asked;
  friend bool operator==(const SightRefused&, const SightRefused&) = default;
};

/// A look failed with this errno.
struct LookFailed {
  std::string path;
  int error_number;
  friend bool operator==(const LookFailed&, const LookFailed&) = default;
};

/// The look did not come back in time (a network file system that hangs).
struct LookTimedOut {
  std::string path;
  friend bool operator==(const LookTimedOut&, const LookTimedOut&) = default;
};

using Detail = std::variant<FolderMissing, NotAFolder, FolderDenied, KeyMissing, KeyEmpty,
                            KeyNotAFile, KeyDenied, NoEntries, NeverUpdated, Polled, SightRefused,
                            LookFailed, LookTimedOut>;

using Details = std::vector<Detail>;

}  // namespace blindfold::model
