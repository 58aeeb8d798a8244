#include "app/live_table.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <string_view>
#include <utility>

#include "app/terminal_size.hpp"
#include "show/terminal/table.hpp"

namespace blindfold::app {
namespace {

constexpr std::chrono::milliseconds shortest_pause{50};
constexpr std::size_t kept_events = 8;

std::string_view variable(const char* name) noexcept {
  const char* const value = std::getenv(name);
  return value != nullptr ? value : "";
}

}  // namespace

LiveTable::Terminal LiveTable::open_terminal() noexcept {
  const auto abilities =
      terminal::abilities_of(::isatty(STDOUT_FILENO) != 0, variable("TERM"), variable("NO_COLOR"));
  if (!abilities.table) {
    return {};
  }
  return {base::UniqueFd(::open("/proc/self/fd/1", O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)),
          abilities.color};
}

LiveTable::LiveTable(loop::Loop& loop, bus::Bus& bus, const inventory::Inventory& inventory,
                     std::string_view deployment, Terminal terminal)
    : loop_(loop),
      inventory_(inventory),
      deployment_(deployment),
      terminal_(std::move(terminal)),
      draw_(loop, [this]() noexcept { draw(); }),
      pause_(loop, [this]() noexcept { draw(); }),
      writable_(loop, [this](loop::Readiness) noexcept { flush(); }),
      resized_(loop, [this]() noexcept { changed(); }),
      subscription_(
          bus.subscribe([this](const model::RotationEvent& event) noexcept { on_event(event); })) {
  static_cast<void>(resized_.start(SIGWINCH));
}

LiveTable::~LiveTable() {
  pending_ += screen_.end();
  flush();
}

void LiveTable::changed() noexcept {
  changed_ = true;
  if (!pause_.active()) {
    draw_.schedule();
  }
}

void LiveTable::on_event(const model::RotationEvent& event) noexcept {
  if (events_.size() == kept_events) {
    events_.erase(events_.begin());
  }
  events_.push_back(event);
  changed();
}

void LiveTable::draw() noexcept {
  if (!changed_ || !pending_.empty()) {
    return;
  }
  changed_ = false;
  const TerminalSize size = terminal_size(terminal_.fd.get());
  const auto standings = inventory_.standings();
  const terminal::View view{deployment_, loop_.now().system, standings, events_};
  const terminal::Size room{size.columns, size.rows};
  pending_ = screen_.draw(terminal::render(view, room, terminal_.color), room);
  pause_.start(shortest_pause);
  flush();
}

void LiveTable::flush() noexcept {
  while (!pending_.empty()) {
    const ssize_t written = ::write(terminal_.fd.get(), pending_.data(), pending_.size());
    if (written < 0 && errno == EINTR) {
      continue;
    }
    if (written < 0 && errno == EAGAIN) {
      if (!writable_.active()) {
        static_cast<void>(writable_.start(terminal_.fd.get(), loop::Readiness::writable));
      }
      return;
    }
    if (written < 0) {  // the terminal is gone, and SIGHUP says so
      pending_.clear();
      break;
    }
    pending_.erase(0, static_cast<std::size_t>(written));
  }
  writable_.stop();
  if (changed_ && !pause_.active()) {
    draw_.schedule();
  }
}

}  // namespace blindfold::app
