#include "detect/files/remote_lane.hpp"

#include <signal.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <system_error>
#include <thread>
#include <utility>

#include "detect/files/look_reporter.hpp"
#include "platform/base/unique_fd.hpp"

namespace blindfold::detect {
namespace {

constexpr std::chrono::seconds time_limit{10};

// The thread that is made in its lifetime gets no signal of the process.
class SignalsBlocked final {
 public:
  SignalsBlocked() noexcept {
    sigset_t all;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~SignalsBlocked() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;
  SignalsBlocked(SignalsBlocked&&) = delete;
  SignalsBlocked& operator=(SignalsBlocked&&) = delete;

 private:
  sigset_t before_{};
};

}  // namespace

// All that the thread touches.
struct RemoteLane::Task {
  FileRequirement requirement;
  SharedSurroundings surroundings;
  RemoteAnswer answer;
  base::UniqueFd told;  ///< an eventfd
  std::atomic<bool> done = false;

  void run() noexcept {
    answer.look = look_at(requirement.folder, requirement.keys);
    answer.sight = judge_sight(requirement, answer.look, *surroundings);
    done.store(true, std::memory_order_release);
    static_cast<void>(::eventfd_write(told.get(), 1));
  }
};

RemoteLane::RemoteLane(loop::Loop& loop) noexcept
    : done_(loop, [this](loop::Readiness) noexcept { on_done(); }),
      late_(loop, [this]() noexcept { on_late(); }) {
}

RemoteLane::~RemoteLane() = default;

void RemoteLane::add(RemoteLook& look) {
  looks_.push_back(&look);
  if (task_ == nullptr && !late_.active()) {
    start_next();
  }
}

void RemoteLane::remove(const RemoteLook& look) noexcept {
  std::ranges::replace(looks_, &look, nullptr);
}

void RemoteLane::start_next() {
  while (!looks_.empty() && looks_.front() == nullptr) {
    looks_.pop_front();
  }
  if (looks_.empty()) {
    return;
  }
  // Where there is no descriptor or no thread to be had, on_late() tries again.
  late_.start(time_limit);
  auto task = std::make_shared<Task>();
  task->requirement = *looks_.front()->requirement_;
  task->surroundings = looks_.front()->surroundings_;
  task->told = base::UniqueFd(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!task->told || !done_.start(task->told.get(), loop::Readiness::readable)) {
    return;
  }
  try {
    const SignalsBlocked blocked;
    std::thread([task]() noexcept { task->run(); }).detach();
    task_ = std::move(task);
  } catch (const std::system_error&) {
    done_.stop();
  }
}

void RemoteLane::on_done() noexcept {
  if (!task_->done.load(std::memory_order_acquire)) {
    return;
  }
  done_.stop();
  late_.stop();
  const std::shared_ptr<Task> task = std::exchange(task_, nullptr);
  RemoteLook* const look = looks_.front();
  looks_.pop_front();
  start_next();
  if (look != nullptr) {
    look->lane_ = nullptr;
    look->on_answer_(&task->answer);
  }
}

void RemoteLane::on_late() noexcept {
  for (std::size_t i = 0; i < looks_.size(); ++i) {
    if (looks_[i] != nullptr) {
      looks_[i]->on_answer_(nullptr);
    }
  }
  if (task_ == nullptr) {
    start_next();
  } else {
    late_.start(time_limit);
  }
}

}  // namespace blindfold::detect
