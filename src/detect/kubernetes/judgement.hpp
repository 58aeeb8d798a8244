#pragma once

#include <cstdint>
#include <string>

#include "core/model/sight.hpp"
#include "detect/kubernetes/rights.hpp"

namespace blindfold::detect {

/// Whether the ask-only policy limits the account's `create` and `update`.
enum class Policy : std::uint8_t {
  unknown,   ///< not found out yet, or it cannot be
  in_force,  ///< a guess was refused, and the bare question was not
  absent,    ///< a guess was let through
};

/// Who keeps the account from reading that secret: never better than the worst
/// right that it has in the namespace.
[[nodiscard]] model::Sight judge(const Rights& rights, Policy policy, const std::string& secret,
                                 bool immutable);

/// How the secrets of a namespace are seen.
enum class Way : std::uint8_t {
  none,      ///< the account has the rights for neither
  asking,    ///< by probes
  watching,  ///< by the Table list and watch of each name
  sweeping,  ///< by the Table list and watch of the whole namespace
};

/// Which way the rights allow for those secrets, the strict one first: an account
/// that may not read is never made to; one that may, watches, which costs less.
/// What it may neither watch nor ask for is told to be denied, by whichever way
/// the others are seen.
[[nodiscard]] Way choose_way(const Rights& rights, const std::vector<std::string>& secrets);

}  // namespace blindfold::detect
