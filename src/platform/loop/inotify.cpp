#include "platform/loop/inotify.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <array>
#include <cassert>
#include <cerrno>
#include <utility>

namespace blindfold::loop {
namespace {

constexpr std::size_t buffer_size = 65536;
constexpr std::uint32_t always = IN_IGNORED | IN_UNMOUNT | IN_Q_OVERFLOW;

base::Error open_error(int error_number) {
  base::Error error = base::system_error(error_number, "cannot make an inotify instance");
  if (error.kind == base::ErrorKind::limit) {
    error.hint = "raise fs.inotify.max_user_instances, or the limit of open files";
  }
  return error;
}

base::Error watch_error(int error_number, const std::string& path) {
  base::Error error = base::system_error(error_number, "cannot watch \"" + path + "\"");
  if (error.kind == base::ErrorKind::limit) {
    error.hint = "raise fs.inotify.max_user_watches";
  }
  return error;
}

}  // namespace

/// One read's worth of events, being given to the watches.
struct Inotify::Delivery {
  std::uint64_t last_order;  ///< of the watches that were started before the read
  Watches::iterator next{};
  int ended = -1;  ///< the watch descriptor whose IN_IGNORED is being given
  bool destroyed = false;
};

Inotify::Inotify(Loop& loop) noexcept
    : poll_(loop, [this](Readiness) noexcept { static_cast<void>(deliver()); }),
      opened_(std::unexpected(
          base::Error{base::ErrorKind::internal, "the inotify instance is not open", {}})) {
}

Inotify::~Inotify() {
  assert(watches_.empty());
  if (delivery_ != nullptr) {
    delivery_->destroyed = true;
  }
}

base::Result<> Inotify::open() noexcept {
  if (fd_) {
    return {};
  }
  base::UniqueFd fd(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC));
  opened_ = fd ? poll_.start(fd.get(), Readiness::readable)
               : base::Result<>(std::unexpected(open_error(errno)));
  if (opened_) {
    fd_ = std::move(fd);
  }
  return opened_;
}

void Inotify::drain() noexcept {
  int queued = 0;
  if (!fd_ || delivery_ != nullptr || ::ioctl(fd_.get(), FIONREAD, &queued) != 0) {
    return;
  }
  // Not more than was queued when it began, or who writes fast enough keeps it here.
  for (auto left = static_cast<std::ptrdiff_t>(queued); left > 0;) {
    const std::ptrdiff_t read = deliver();
    if (read <= 0) {
      break;
    }
    left -= read;
  }
}

/// Reads once and delivers; the number of bytes, or -1 where there are none or
/// the instance was destroyed.
std::ptrdiff_t Inotify::deliver() noexcept {
  alignas(inotify_event) std::array<char, buffer_size> buffer;  // the kernel fills it
  const ssize_t size = ::read(fd_.get(), buffer.data(), buffer.size());
  if (size <= 0) {
    return -1;
  }
  Delivery delivery{.last_order = last_order_};
  delivery_ = &delivery;
  for (std::ptrdiff_t offset = 0; offset < size;) {
    const auto* const event = reinterpret_cast<const inotify_event*>(buffer.data() + offset);
    offset += static_cast<std::ptrdiff_t>(sizeof(inotify_event) + event->len);
    const std::string_view name = event->len == 0 ? std::string_view() : event->name;
    deliver(delivery, event->wd, {event->mask, event->cookie, name});
    if (delivery.destroyed) {
      return -1;
    }
  }
  delivery_ = nullptr;
  return size;
}

void Inotify::deliver(Delivery& delivery, int descriptor, const InotifyEvent& event) noexcept {
  const bool overflow = (event.mask & IN_Q_OVERFLOW) != 0;
  const bool ignored = (event.mask & IN_IGNORED) != 0;
  if (overflow) {
    ending_.clear();  // their IN_IGNORED may be among what was lost
  } else if (ending_.contains(descriptor)) {
    if (ignored) {
      ending_.erase(descriptor);
    }
    return;
  }
  delivery.ended = ignored ? descriptor : -1;
  delivery.next = watches_.lower_bound(descriptor);  // an overflow has -1: all
  while (!delivery.destroyed && delivery.next != watches_.end() &&
         (overflow || delivery.next->first == descriptor)) {
    InotifyWatch& watch = *delivery.next->second;
    ++delivery.next;
    if (watch.order_ > delivery.last_order || (event.mask & (watch.mask_ | always)) == 0) {
      continue;
    }
    if (ignored) {
      remove(watch);
    }
    watch.on_event_(event);
  }
}

void Inotify::add(InotifyWatch& watch, int descriptor) noexcept {
  watch.descriptor_ = descriptor;
  watch.order_ = ++last_order_;
  watches_.emplace(descriptor, &watch);
}

void Inotify::remove(InotifyWatch& watch) noexcept {
  const int descriptor = std::exchange(watch.descriptor_, -1);
  auto found = watches_.lower_bound(descriptor);
  while (found->second != &watch) {
    ++found;
  }
  if (delivery_ != nullptr && delivery_->next == found) {
    ++delivery_->next;
  }
  watches_.erase(found);
}

/// The kernel's watch goes with the last of ours, unless it went by itself and
/// we were told.
void Inotify::release(int descriptor) noexcept {
  const bool told = delivery_ != nullptr && delivery_->ended == descriptor;
  if (!told && !watches_.contains(descriptor)) {
    ::inotify_rm_watch(fd_.get(), descriptor);
    ending_.insert(descriptor);
  }
}

InotifyWatch::InotifyWatch(Inotify& inotify, Callback<const InotifyEvent&> on_event) noexcept
    : inotify_(inotify), on_event_(std::move(on_event)) {
}

InotifyWatch::~InotifyWatch() {
  stop();
}

base::Result<> InotifyWatch::start(const std::string& path, std::uint32_t mask) noexcept {
  assert((mask & (IN_ONESHOT | IN_MASK_ADD | IN_MASK_CREATE)) == 0);
  if (!inotify_.opened_) {
    return inotify_.opened_;
  }
  // Added before the old one is removed, so that on the same inode nothing is
  // missed; with IN_MASK_ADD, since another may watch that inode.
  const int descriptor = ::inotify_add_watch(inotify_.fd_.get(), path.c_str(), mask | IN_MASK_ADD);
  const int error_number = errno;
  const int before = descriptor_;
  if (active()) {
    inotify_.remove(*this);
  }
  if (descriptor >= 0) {
    mask_ = mask & IN_ALL_EVENTS;
    inotify_.add(*this, descriptor);
  }
  if (before >= 0) {
    inotify_.release(before);
  }
  if (descriptor < 0) {
    return std::unexpected(watch_error(error_number, path));
  }
  return {};
}

void InotifyWatch::stop() noexcept {
  if (active()) {
    const int descriptor = descriptor_;
    inotify_.remove(*this);
    inotify_.release(descriptor);
  }
}

}  // namespace blindfold::loop
