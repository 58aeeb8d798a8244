#pragma once

#include <deque>
#include <memory>

#include "detect/files/remote_looks.hpp"
#include "platform/loop/loop.hpp"
#include "platform/loop/poll.hpp"
#include "platform/loop/timer.hpp"

namespace blindfold::detect {

/// The looks at one file system.
class RemoteLane final {
 public:
  explicit RemoteLane(loop::Loop& loop) noexcept;
  ~RemoteLane();
  RemoteLane(const RemoteLane&) = delete;
  RemoteLane& operator=(const RemoteLane&) = delete;
  RemoteLane(RemoteLane&&) = delete;
  RemoteLane& operator=(RemoteLane&&) = delete;

  void add(RemoteLook& look);
  void remove(const RemoteLook& look) noexcept;

 private:
  struct Task;

  void start_next();
  void on_done() noexcept;
  void on_late() noexcept;

  std::deque<RemoteLook*> looks_;  ///< the first is under way, if any is; null: dropped since
  std::shared_ptr<Task> task_;     ///< owners: this lane and the thread
  loop::Poll done_;
  loop::Timer late_;
};

}  // namespace blindfold::detect
