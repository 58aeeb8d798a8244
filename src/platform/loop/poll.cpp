#include "platform/loop/poll.hpp"

#include <cassert>
#include <memory>
#include <string>
#include <utility>

#include "platform/loop/core.hpp"

namespace blindfold::loop {

static_assert(static_cast<int>(Readiness::readable) == UV_READABLE);
static_assert(static_cast<int>(Readiness::writable) == UV_WRITABLE);
static_assert(static_cast<int>(Readiness::disconnected) == UV_DISCONNECT);
static_assert(static_cast<int>(Readiness::priority) == UV_PRIORITIZED);

struct Poll::Node {
  uv_poll_t handle{};
  Poll* owner = nullptr;
  int fd = -1;
  Readiness interest = Readiness::none;

  void wait() noexcept { uv_poll_start(&handle, static_cast<int>(interest), on_poll); }
  static void on_poll(uv_poll_t* handle, int status, int events) noexcept;
};

/// libuv ends a poll that fails; ours goes on like any other readiness.
void Poll::Node::on_poll(uv_poll_t* handle, int status, int events) noexcept {
  Node& node = *static_cast<Node*>(handle->data);
  if (node.owner == nullptr) {
    return;
  }
  auto ready = static_cast<Readiness>(events);
  if (status < 0) {
    ready = Readiness::error | node.interest;
    node.wait();
  }
  node.owner->loop_.core().wake();
  node.owner->on_ready_(ready);
}

Poll::Poll(Loop& loop, Callback<Readiness> on_ready) noexcept
    : loop_(loop), on_ready_(std::move(on_ready)) {
  loop_.core().enter();
}

Poll::~Poll() {
  stop();
  loop_.core().leave();
}

base::Result<> Poll::start(int fd, Readiness interest) noexcept {
  if (node_ == nullptr) {
    auto node = std::make_unique<Node>();
    if (const int status = uv_poll_init(loop_.core().uv(), &node->handle, fd); status < 0) {
      return std::unexpected(
          base::system_error(-status, "cannot wait for descriptor " + std::to_string(fd)));
    }
    node->handle.data = node.get();
    node->owner = this;
    node->fd = fd;
    node_ = node.release();
  }
  assert(node_->fd == fd);
  node_->interest = interest;
  node_->wait();
  return {};
}

void Poll::stop() noexcept {
  if (node_ != nullptr) {
    close_node(std::exchange(node_, nullptr));
  }
}

}  // namespace blindfold::loop
