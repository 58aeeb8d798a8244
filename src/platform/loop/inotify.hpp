#pragma once

#include <sys/inotify.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "platform/base/error.hpp"
#include "platform/base/unique_fd.hpp"
#include "platform/loop/callback.hpp"
#include "platform/loop/loop.hpp"
#include "platform/loop/poll.hpp"

namespace blindfold::loop {

/// One inotify event as the kernel gives it (inotify(7)). IN_Q_OVERFLOW is
/// given to every watch: events were lost, look at everything, and start again
/// what is gone. At IN_IGNORED (the inode is gone, or its file system unmounted)
/// the watch is no longer active; it may be started again from within the call.
struct InotifyEvent {
  std::uint32_t mask = 0;
  std::uint32_t cookie = 0;
  std::string_view name;  ///< of the entry in a watched folder; valid during the call
};

class InotifyWatch;

/// One inotify instance on the loop, and our own: libuv's uv_fs_event drops the
/// queue-overflow event and reduces everything to two kinds.
///
/// The kernel has one watch an inode; several InotifyWatch on one inode share
/// it, with the union of their masks, and each is given only what it asked for.
/// Events are delivered in the order of the queue. From within a watch's
/// callback every watch may be started, stopped and destroyed, the Inotify
/// too, once its watches are gone.
class Inotify final {
 public:
  explicit Inotify(Loop& loop) noexcept;
  ~Inotify();
  Inotify(const Inotify&) = delete;
  Inotify& operator=(const Inotify&) = delete;
  Inotify(Inotify&&) = delete;
  Inotify& operator=(Inotify&&) = delete;

  /// Makes the instance; without it, watches fail with the same error. The
  /// error's kind is `limit` where fs.inotify.max_user_instances is reached.
  [[nodiscard]] base::Result<> open() noexcept;

  /// Delivers now what the kernel has queued, from within the call. For a
  /// source that is about to look anyway and must not be told afterwards of
  /// what it has already seen. From within a watch's callback it does nothing.
  void drain() noexcept;

 private:
  friend class InotifyWatch;
  using Watches = std::multimap<int, InotifyWatch*>;
  struct Delivery;

  std::ptrdiff_t deliver() noexcept;
  void deliver(Delivery& delivery, int descriptor, const InotifyEvent& event) noexcept;
  void add(InotifyWatch& watch, int descriptor) noexcept;
  void remove(InotifyWatch& watch) noexcept;
  void release(int descriptor) noexcept;

  base::UniqueFd fd_;
  Poll poll_;
  base::Result<> opened_;
  Watches watches_;       ///< by watch descriptor
  std::set<int> ending_;  ///< removed by us; what is queued of them is stale
  std::uint64_t last_order_ = 0;
  Delivery* delivery_ = nullptr;  ///< under way
};

/// One watch on one path. Its destruction ends it.
class InotifyWatch final {
 public:
  InotifyWatch(Inotify& inotify, Callback<const InotifyEvent&> on_event) noexcept;
  ~InotifyWatch();
  InotifyWatch(const InotifyWatch&) = delete;
  InotifyWatch& operator=(const InotifyWatch&) = delete;
  InotifyWatch(InotifyWatch&&) = delete;
  InotifyWatch& operator=(InotifyWatch&&) = delete;

  /// Watches the inode at `path` for `mask` (IN_CREATE | …, with IN_ONLYDIR and
  /// IN_DONT_FOLLOW where wanted; no IN_ONESHOT, IN_MASK_ADD or IN_MASK_CREATE),
  /// instead of what it watched before, and where it fails, nothing. The error's
  /// kind is `limit` where fs.inotify.max_user_watches is reached.
  [[nodiscard]] base::Result<> start(const std::string& path, std::uint32_t mask) noexcept;
  void stop() noexcept;
  [[nodiscard]] bool active() const noexcept { return descriptor_ >= 0; }
  /// Of the kernel's watch; the same number means the same inode. -1: inactive.
  [[nodiscard]] int descriptor() const noexcept { return descriptor_; }

 private:
  friend class Inotify;

  Inotify& inotify_;
  OwnedCallback<const InotifyEvent&> on_event_;
  int descriptor_ = -1;
  std::uint32_t mask_ = 0;
  std::uint64_t order_ = 0;  ///< of starting
};

}  // namespace blindfold::loop
