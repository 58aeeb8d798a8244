#include "platform/loop/signal.hpp"

#include <string>
#include <utility>

#include "platform/loop/core.hpp"

namespace blindfold::loop {

struct Signal::Node {
  uv_signal_t handle{};
  Signal* owner = nullptr;

  static void on_signal(uv_signal_t* handle, int number) noexcept;
};

void Signal::Node::on_signal(uv_signal_t* handle, int) noexcept {
  if (Signal* const owner = static_cast<Node*>(handle->data)->owner; owner != nullptr) {
    owner->loop_.core().wake();
    owner->on_signal_();
  }
}

Signal::Signal(Loop& loop, Callback<> on_signal) noexcept
    : loop_(loop), on_signal_(std::move(on_signal)) {
  loop_.core().enter();
}

Signal::~Signal() {
  stop();
  loop_.core().leave();
}

base::Result<> Signal::start(int number) noexcept {
  stop();
  node_ = new Node;
  node_->handle.data = node_;
  int status = uv_signal_init(loop_.core().uv(), &node_->handle);
  if (status < 0) {
    delete std::exchange(node_, nullptr);
  } else {
    node_->owner = this;
    status = uv_signal_start(&node_->handle, Node::on_signal, number);
    if (status < 0) {
      stop();
    }
  }
  if (status < 0) {
    return std::unexpected(
        base::system_error(-status, "cannot wait for signal " + std::to_string(number)));
  }
  return {};
}

void Signal::stop() noexcept {
  if (node_ != nullptr) {
    close_node(std::exchange(node_, nullptr));
  }
}

}  // namespace blindfold::loop
