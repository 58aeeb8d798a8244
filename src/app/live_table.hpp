#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "core/bus/bus.hpp"
#include "core/inventory/inventory.hpp"
#include "platform/base/unique_fd.hpp"
#include "platform/loop/deferred.hpp"
#include "platform/loop/poll.hpp"
#include "platform/loop/signal.hpp"
#include "platform/loop/timer.hpp"
#include "show/terminal/screen.hpp"

namespace blindfold::app {

/// The live table of the running agent on its terminal. It is drawn when
/// something changed, 20 times a second at most, and never waits: a terminal
/// that takes nothing (Ctrl-S) is drawn to again once it does.
class LiveTable final {
 public:
  struct Terminal {
    base::UniqueFd fd;  ///< its own open file description, non-blocking
    bool color = false;
  };

  /// Of standard output: opened anew, so that being non-blocking is nobody
  /// else's concern. Without a descriptor where it is no terminal that can be
  /// redrawn. Before the right to open it is given up.
  [[nodiscard]] static Terminal open_terminal() noexcept;

  /// All references outlive it; `terminal` has a descriptor.
  LiveTable(loop::Loop& loop, bus::Bus& bus, const inventory::Inventory& inventory,
            std::string_view deployment, Terminal terminal);
  /// Leaves the cursor on the line after the table.
  ~LiveTable();
  LiveTable(const LiveTable&) = delete;
  LiveTable& operator=(const LiveTable&) = delete;
  LiveTable(LiveTable&&) = delete;
  LiveTable& operator=(LiveTable&&) = delete;

  /// Something that it shows changed.
  void changed() noexcept;

 private:
  void on_event(const model::RotationEvent& event) noexcept;
  void draw() noexcept;
  void flush() noexcept;

  loop::Loop& loop_;
  const inventory::Inventory& inventory_;
  std::string deployment_;
  Terminal terminal_;
  terminal::Screen screen_;
  std::vector<model::RotationEvent> events_;  ///< the last few
  std::string pending_;                       ///< what the terminal has not taken yet
  bool changed_ = false;
  loop::Deferred draw_;
  loop::Timer pause_;
  loop::Poll writable_;
  loop::Signal resized_;
  bus::Subscription subscription_;
};

}  // namespace blindfold::app
