#include "core/model/presence.hpp"

namespace blindfold::model {

std::string_view to_string(Presence presence) noexcept {
  switch (presence) {
    case Presence::present:
      return "present";
    case Presence::missing:
      return "missing";
    case Presence::empty:
      return "empty";
    case Presence::incomplete:
      return "incomplete";
    case Presence::pending_deletion:
      return "pending-deletion";
    case Presence::wrong_type:
      return "wrong-type";
    case Presence::denied:
      return "denied";
    case Presence::unreachable:
      return "unreachable";
    case Presence::unknown:
      return "unknown";
    case Presence::skipped:
      return "skipped";
  }
  return {};
}

Color color_of(Presence presence) noexcept {
  switch (presence) {
    case Presence::present:
      return Color::green;
    case Presence::missing:
    case Presence::empty:
    case Presence::incomplete:
    case Presence::pending_deletion:
    case Presence::wrong_type:
      return Color::red;
    case Presence::denied:
    case Presence::unreachable:
    case Presence::unknown:
      return Color::grey;
    case Presence::skipped:
      return Color::none;
  }
  return Color::grey;
}

}  // namespace blindfold::model
