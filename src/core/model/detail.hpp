#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "core/model/api_trouble.hpp"
#include "core/model/aws_detail.hpp"
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

/// There is no such Secret. What looks like it and exists, where something does:
/// `near_miss` in the same namespace, or the same name in `near_namespace`.
struct SecretMissing {
  std::string name_space;
  std::string secret;
  std::string near_miss;
  std::string near_namespace;
  friend bool operator==(const SecretMissing&, const SecretMissing&) = default;
};

/// The namespace itself does not exist.
struct NamespaceMissing {
  std::string name_space;
  friend bool operator==(const NamespaceMissing&, const NamespaceMissing&) = default;
};

/// The Secret holds no key.
struct SecretEmpty {
  friend bool operator==(const SecretEmpty&, const SecretEmpty&) = default;
};

/// It has fewer keys than are named.
struct KeysTooFew {
  std::uint32_t found;
  std::uint32_t named;
  friend bool operator==(const KeysTooFew&, const KeysTooFew&) = default;
};

/// The store does not show key names: whether those that are named are the ones
/// that are there is not known.
struct KeysNotChecked {
  friend bool operator==(const KeysNotChecked&, const KeysNotChecked&) = default;
};

/// A pod could not start, since the Secret does not have this key.
struct KeyMissedByPods {
  std::string key;
  friend bool operator==(const KeyMissedByPods&, const KeyMissedByPods&) = default;
};

/// The Secret is of another type; `found` is empty where the store does not say.
struct SecretType {
  std::string found;
  std::string expected;
  friend bool operator==(const SecretType&, const SecretType&) = default;
};

/// It is being deleted, and something still holds it.
struct BeingDeleted {
  friend bool operator==(const BeingDeleted&, const BeingDeleted&) = default;
};

/// The Secret is immutable and is asked for in a way that gives no version: a
/// rotation, which is a deletion and a creation, cannot be seen if it is quick.
struct RotationUnseen {
  friend bool operator==(const RotationUnseen&, const RotationUnseen&) = default;
};

/// The API server refuses the agent's account this.
struct PermissionMissing {
  std::string verb;      ///< "update", "create", "list", "watch"
  std::string resource;  ///< "secrets"
  std::string name_space;
  std::string name;  ///< empty: not limited to a name
  friend bool operator==(const PermissionMissing&, const PermissionMissing&) = default;
};

/// Something in the cluster refuses the question itself, whether the Secret
/// exists or not.
struct AdmissionRefused {
  enum class By : std::uint8_t { policy, webhook, quota, validation };
  By by;
  std::string name;  ///< of the policy, webhook or quota, or the field; may be empty
  friend bool operator==(const AdmissionRefused&, const AdmissionRefused&) = default;
};

/// The API server gave no answer.
struct ApiFailed {
  ApiTrouble trouble;
  std::string server;
  std::uint32_t status;  ///< of HTTP; 0: none came
  friend bool operator==(const ApiFailed&, const ApiFailed&) = default;
};

/// The agent refuses to look in this namespace, whatever the manifest says.
struct NamespaceRefused {
  std::string name_space;
  friend bool operator==(const NamespaceRefused&, const NamespaceRefused&) = default;
};

using Detail =
    std::variant<FolderMissing, NotAFolder, FolderDenied, KeyMissing, KeyEmpty, KeyNotAFile,
                 KeyDenied, NoEntries, NeverUpdated, Polled, SightRefused, LookFailed, LookTimedOut,
                 SecretMissing, NamespaceMissing, SecretEmpty, KeysTooFew, KeysNotChecked,
                 KeyMissedByPods, SecretType, BeingDeleted, RotationUnseen, PermissionMissing,
                 AdmissionRefused, ApiFailed, NamespaceRefused, AwsMissing, NoCurrentVersion,
                 ValueNotChecked, ScheduledForDeletion, ParameterType, ActionDenied, RegionMissing,
                 TooManyPages, CredentialsMissing, ServiceFailed>;

using Details = std::vector<Detail>;

}  // namespace blindfold::model
