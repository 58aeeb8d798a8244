#include "platform/loop/work.hpp"

#include <cassert>
#include <memory>
#include <utility>

#include "platform/loop/core.hpp"

namespace blindfold::loop {

struct Work::Node {
  uv_work_t request{};
  std::move_only_function<void() noexcept> task;
  Work* owner = nullptr;

  static void on_pool(uv_work_t* request) noexcept;
  static void on_done(uv_work_t* request, int status) noexcept;
};

void Work::Node::on_pool(uv_work_t* request) noexcept {
  static_cast<Node*>(request->data)->task();
}

void Work::Node::on_done(uv_work_t* request, int) noexcept {
  std::unique_ptr<Node> node(static_cast<Node*>(request->data));
  Work* const owner = node->owner;
  node.reset();  // what the task held goes before its answer is looked at
  if (owner != nullptr) {
    owner->node_ = nullptr;
    owner->loop_.core().wake();
    owner->on_done_();
  }
}

Work::Work(Loop& loop, Callback<> on_done) noexcept : loop_(loop), on_done_(std::move(on_done)) {
  loop_.core().enter();
}

Work::~Work() {
  if (node_ != nullptr) {
    node_->owner = nullptr;
    uv_cancel(reinterpret_cast<uv_req_t*>(&node_->request));  // where it has not begun
  }
  loop_.core().leave();
}

void Work::start(std::move_only_function<void() noexcept> task) noexcept {
  assert(node_ == nullptr);
  node_ = new Node{.task = std::move(task), .owner = this};
  node_->request.data = node_;
  uv_queue_work(loop_.core().uv(), &node_->request, Node::on_pool, Node::on_done);
}

}  // namespace blindfold::loop
