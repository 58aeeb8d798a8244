#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "core/model/standing.hpp"
#include "platform/base/clock.hpp"

namespace blindfold::report {

/// What one look at every requirement brought: what `agent --once` prints and
/// `/v1/status` answers.
struct Status {
  std::string agent_version;
  std::string deployment;
  base::SystemTime observed_at;
  /// In the manifest's order; outlives the status.
  std::span<const model::Standing* const> standings;
};

/// Counts of what is required. What is optional or skipped counts nowhere.
struct Summary {
  std::size_t required = 0;
  std::size_t present = 0;
  std::size_t red = 0;
  std::size_t grey = 0;

  [[nodiscard]] bool ready() const noexcept { return present == required; }
  friend bool operator==(const Summary&, const Summary&) = default;
};

/// Whether it counts: required (its `when` is taken into that) and not skipped.
[[nodiscard]] bool counts(const model::Standing& standing) noexcept;

[[nodiscard]] Summary summarize(std::span<const model::Standing* const> standings) noexcept;

/// "2 of 3 required credentials are present".
[[nodiscard]] std::string describe(const Summary& summary);

/// Of `agent --once`: 0 all present, 1 at least one red, 3 none red and at least
/// one grey. (2, bad usage or a bad file, is never the outcome of a look.)
[[nodiscard]] int exit_status(const Summary& summary) noexcept;

/// The document `blindfold.status/1`: one line with a newline.
[[nodiscard]] std::string to_json(const Status& status);

}  // namespace blindfold::report
