#include "core/model/rotation_event.hpp"

namespace blindfold::model {

std::string_view to_string(EventKind kind) noexcept {
  switch (kind) {
    case EventKind::appeared:
      return "appeared";
    case EventKind::rotated:
      return "rotated";
    case EventKind::disappeared:
      return "disappeared";
  }
  return {};
}

}  // namespace blindfold::model
