#include "platform/http/multi.hpp"

#include <algorithm>
#include <cassert>
#include <tuple>
#include <utility>

#include "platform/http/exchange.hpp"

namespace blindfold::http {
namespace {

loop::Readiness interest(int what) {
  switch (what) {
    case CURL_POLL_IN:
      return loop::Readiness::readable;
    case CURL_POLL_OUT:
      return loop::Readiness::writable;
    case CURL_POLL_INOUT:
      return loop::Readiness::readable | loop::Readiness::writable;
    default:
      return loop::Readiness::none;
  }
}

int events(loop::Readiness ready) {
  using loop::includes;
  using loop::Readiness;
  return (includes(ready, Readiness::readable) ? CURL_CSELECT_IN : 0) |
         (includes(ready, Readiness::writable) ? CURL_CSELECT_OUT : 0) |
         (includes(ready, Readiness::error) ? CURL_CSELECT_ERR : 0);
}

}  // namespace

base::Result<std::unique_ptr<Multi>> Multi::make(loop::Loop& loop, const Settings& settings,
                                                 MemoryFile ca, loop::Callback<> on_idle) noexcept {
  Handle handle(curl_multi_init());
  if (handle == nullptr) {
    return std::unexpected(base::Error{base::ErrorKind::internal,
                                       "libcurl gives no handle for connections",
                                       "the system is out of memory or descriptors"});
  }
  return std::unique_ptr<Multi>(
      new Multi(loop, settings, std::move(ca), std::move(on_idle), std::move(handle)));
}

Multi::Multi(loop::Loop& loop, const Settings& settings, MemoryFile ca, loop::Callback<> on_idle,
             Handle handle) noexcept
    : loop_(loop),
      settings_(settings),
      ca_(std::move(ca)),
      on_idle_(std::move(on_idle)),
      timer_(loop, [this]() noexcept { act(CURL_SOCKET_TIMEOUT, 0); }),
      turn_(loop, [this]() noexcept { turned(); }),
      handle_(std::move(handle)) {
  limit_connections();
  curl_multi_setopt(handle_.get(), CURLMOPT_SOCKETFUNCTION, &Multi::on_socket);
  curl_multi_setopt(handle_.get(), CURLMOPT_SOCKETDATA, this);
  curl_multi_setopt(handle_.get(), CURLMOPT_TIMERFUNCTION, &Multi::on_timeout);
  curl_multi_setopt(handle_.get(), CURLMOPT_TIMERDATA, this);
}

Multi::~Multi() {
  assert(idle() && !acting_);
  if (destroyed_ != nullptr) {
    *destroyed_ = true;
  }
}

void Multi::limit_connections() noexcept {
  const auto streams = static_cast<long>(settings_.options().streams);
  const auto connections = static_cast<long>(settings_.options().connections);
  curl_multi_setopt(handle_.get(), CURLMOPT_PIPELINING, CURLPIPE_MULTIPLEX);
  curl_multi_setopt(handle_.get(), CURLMOPT_MAX_CONCURRENT_STREAMS, streams);
  curl_multi_setopt(handle_.get(), CURLMOPT_MAX_HOST_CONNECTIONS, connections);
  curl_multi_setopt(handle_.get(), CURLMOPT_MAXCONNECTS, connections);
}

void Multi::start(Exchange& exchange) noexcept {
  waiting_.push_back(&exchange);
  ++exchanges_;
  turn_.schedule();
}

void Multi::settled(const Exchange& exchange) noexcept {
  if (opening_ == &exchange) {
    opening_ = nullptr;
  }
}

void Multi::end(std::unique_ptr<Exchange> exchange) noexcept {
  exchange->detach();
  if (acting_) {
    ended_.push_back(std::move(exchange));
    return;
  }
  remove(*exchange);
  exchange.reset();
  if (--exchanges_ == 0) {
    on_idle_();
  }
}

void Multi::remove(const Exchange& exchange) noexcept {
  if (std::erase(waiting_, &exchange) > 0) {
    return;
  }
  curl_multi_remove_handle(handle_.get(), exchange.handle());
  --in_curl_;
  settled(exchange);
  if (!waiting_.empty()) {
    turn_.schedule();
  }
}

int Multi::on_socket(CURL*, curl_socket_t fd, int what, void* multi, void*) noexcept {
  static_cast<Multi*>(multi)->watch(fd, what);
  return 0;
}

void Multi::watch(int fd, int what) noexcept {
  if (what == CURL_POLL_REMOVE) {
    polls_.erase(fd);
    return;
  }
  auto found = polls_.find(fd);
  if (found == polls_.end()) {
    auto ready = [this, fd](loop::Readiness readiness) noexcept { act(fd, events(readiness)); };
    found = polls_
                .emplace(std::piecewise_construct, std::forward_as_tuple(fd),
                         std::forward_as_tuple(loop_, std::move(ready)))
                .first;
  }
  // Where the system is out of room for it, the request's time runs out.
  static_cast<void>(found->second.start(fd, interest(what)));
}

int Multi::on_timeout(CURLM*, long milliseconds, void* multi) noexcept {
  static_cast<Multi*>(multi)->wait(milliseconds);
  return 0;
}

void Multi::wait(long milliseconds) noexcept {
  timer_.stop();
  due_ = milliseconds == 0;
  if (due_) {
    turn_.schedule();
  } else if (milliseconds > 0) {
    timer_.start(std::chrono::milliseconds(milliseconds));
  }
}

void Multi::turned() noexcept {
  bool destroyed = false;
  destroyed_ = &destroyed;
  if (std::exchange(due_, false)) {
    act(CURL_SOCKET_TIMEOUT, 0);
  }
  deliver_completed();
  if (!destroyed) {
    begin_waiting();
  }
  if (!destroyed) {
    destroyed_ = nullptr;
  }
}

void Multi::begin_waiting() noexcept {
  const bool& destroyed = *destroyed_;
  while (!destroyed && !waiting_.empty() && opening_ == nullptr) {
    Exchange& next = *waiting_.front();
    if (next.unsendable()) {
      next.end(std::unexpected(*next.unsendable()));
    } else if (curl_multi_add_handle(handle_.get(), next.handle()) != CURLM_OK) {
      next.completed(CURLE_OUT_OF_MEMORY);
    } else {
      waiting_.pop_front();
      ++in_curl_;
      opening_ = &next;
      act(CURL_SOCKET_TIMEOUT, 0);
    }
  }
}

void Multi::deliver_completed() noexcept {
  const bool& destroyed = *destroyed_;
  int left = 0;
  while (!destroyed) {
    const CURLMsg* const message = curl_multi_info_read(handle_.get(), &left);
    if (message == nullptr) {
      return;
    }
    char* exchange = nullptr;
    curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &exchange);
    reinterpret_cast<Exchange*>(exchange)->completed(message->data.result);
  }
}

void Multi::act(curl_socket_t fd, int events) noexcept {
  assert(!acting_);
  int running = 0;
  acting_ = true;
  curl_multi_socket_action(handle_.get(), fd, events, &running);
  acting_ = false;
  if (running < in_curl_ || (!waiting_.empty() && opening_ == nullptr)) {
    turn_.schedule();
  }
  for (auto& exchange : std::exchange(ended_, {})) {
    end(std::move(exchange));
  }
}

}  // namespace blindfold::http
