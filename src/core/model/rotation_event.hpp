#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/model/locator.hpp"
#include "core/model/requirement.hpp"
#include "platform/base/clock.hpp"

namespace blindfold::model {

enum class EventKind : std::uint8_t { appeared, rotated, disappeared };

[[nodiscard]] std::string_view to_string(EventKind kind) noexcept;

/// Says that a credential appeared, was rotated or disappeared: no version and
/// no value.
struct RotationEvent {
  std::uint64_t sequence = 0;  ///< strictly increasing; numbers may be left out
  EventKind kind = EventKind::appeared;
  std::string id;
  Provider provided_by = Provider::customer;
  StoreKind store = StoreKind::directory;
  base::SystemTime at;

  friend bool operator==(const RotationEvent&, const RotationEvent&) = default;
};

}  // namespace blindfold::model
