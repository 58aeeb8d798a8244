#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/rotation_event.hpp"
#include "core/model/standing.hpp"
#include "platform/base/clock.hpp"

namespace blindfold::terminal {

struct Size {
  std::size_t columns = 80;
  std::size_t rows = 24;

  friend bool operator==(const Size&, const Size&) = default;
};

/// What the table shows; everything outlives the call.
struct View {
  std::string_view deployment;
  base::SystemTime now;
  /// In the manifest's order.
  std::span<const model::Standing* const> standings;
  /// Oldest first; the last few are shown.
  std::span<const model::RotationEvent> events;
};

/// Lines from the top, none wider than the terminal and not more than it has
/// rows. They hold text and, where colored, SGR sequences; nothing else acts.
using Frame = std::vector<std::string>;

/// The table: a header with what counts, a line for each requirement with what
/// is to be said of it beneath, the last events. All in the manifest's order
/// where it fits; otherwise what needs attention first (red, then grey, what is
/// required before what is not), and a line with how many more there are.
///
/// Times are shown as such, not as ages, so that a frame stays true until
/// something changes and nothing has to wake up for it.
[[nodiscard]] Frame render(const View& view, Size size, bool color);

}  // namespace blindfold::terminal
