#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "core/inventory/evidence.hpp"
#include "core/model/standing.hpp"

namespace blindfold::inventory {

class Tracker;

/// Whether a requirement's `when` holds.
enum class Applies : std::uint8_t {
  yes,
  unknown,  ///< it counts as optional
  no,       ///< it is skipped
};

/// One requirement in the inventory: what is shown of it, what is proven about
/// it, and since when looks have failed. Owned by the inventory alone.
struct Entry {
  Entry(const model::Requirement& requirement, std::chrono::milliseconds grace,
        std::uint64_t position, base::SystemTime now);

  /// What is shown after an answer, which is any observation but `unreachable`.
  /// Returns whether it differs from what was shown.
  [[nodiscard]] bool show_answer(model::Observation answer, base::SystemTime now) noexcept;

  /// The same after a failed look; `give_up_at` is used where it is the first
  /// in a row.
  [[nodiscard]] bool show_failure(model::Observation failed, base::SteadyTime give_up_at) noexcept;

  /// `unreachable` from now on, with the details of the latest failed look.
  void show_unreachable(base::SystemTime now) noexcept;

  /// When something falls due, the presence or an event, or nothing.
  [[nodiscard]] std::optional<base::SteadyTime> next_deadline() const noexcept;

  /// From nothing known, as after the constructor; `away`: it does not apply.
  void begin_anew(bool away, base::SystemTime now) noexcept;

  model::Standing standing;
  Evidence evidence;
  Applies applies;
  std::uint64_t number;        ///< in the order of track()
  Tracker* tracker = nullptr;  ///< the one that is alive for it, or null

  /// When the presence becomes `unreachable`: while looks fail, until it is.
  std::optional<base::SteadyTime> unreachable_at;
  model::Details failure;  ///< of the latest failed look, until it is shown

  /// By which it stands in the inventory's schedule, or nothing.
  std::optional<base::SteadyTime> scheduled;
};

}  // namespace blindfold::inventory
