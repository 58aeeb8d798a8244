#pragma once

#include <map>
#include <memory>
#include <string>

#include "core/model/sight.hpp"
#include "detect/files/file_requirement.hpp"
#include "detect/files/look.hpp"
#include "detect/files/surroundings.hpp"
#include "platform/loop/callback.hpp"
#include "platform/loop/loop.hpp"

namespace blindfold::detect {

class RemoteLane;

/// What a look on another thread brought.
struct RemoteAnswer {
  FolderLook look;
  model::Sight sight;
};

/// Looks at file systems that may hang: each file system's one after another,
/// on a thread of their own, so that one that hangs keeps up its own looks only,
/// and not the end of the process either (libuv's pool has four threads for
/// everything, and its loop waits for them).
class RemoteLooks final {
 public:
  explicit RemoteLooks(loop::Loop& loop) noexcept;
  ~RemoteLooks();
  RemoteLooks(const RemoteLooks&) = delete;
  RemoteLooks& operator=(const RemoteLooks&) = delete;
  RemoteLooks(RemoteLooks&&) = delete;
  RemoteLooks& operator=(RemoteLooks&&) = delete;

 private:
  friend class RemoteLook;
  [[nodiscard]] RemoteLane& lane(const std::string& device);

  loop::Loop& loop_;
  std::map<std::string, std::unique_ptr<RemoteLane>> lanes_;  ///< by device
};

/// One requirement's part in it. Its destruction drops the answer.
class RemoteLook final {
 public:
  /// `on_answer` gets null where the file system has not answered for 10 s,
  /// again every 10 s, and what it says after all when it does.
  RemoteLook(RemoteLooks& looks, loop::Callback<RemoteAnswer*> on_answer) noexcept;
  ~RemoteLook();
  RemoteLook(const RemoteLook&) = delete;
  RemoteLook& operator=(const RemoteLook&) = delete;
  RemoteLook(RemoteLook&&) = delete;
  RemoteLook& operator=(RemoteLook&&) = delete;

  /// Looks at the requirement, on the remote file system `device`; nothing
  /// happens where a look there has not ended yet. `requirement` outlives this
  /// object.
  void start(const std::string& device, const FileRequirement& requirement,
             const SharedSurroundings& surroundings);
  /// Drops the answer.
  void cancel() noexcept;
  [[nodiscard]] bool running() const noexcept { return lane_ != nullptr; }

 private:
  friend class RemoteLane;

  RemoteLooks& looks_;
  loop::OwnedCallback<RemoteAnswer*> on_answer_;
  RemoteLane* lane_ = nullptr;  ///< while it is under way, or waits for another
  const FileRequirement* requirement_ = nullptr;
  SharedSurroundings surroundings_;
};

}  // namespace blindfold::detect
