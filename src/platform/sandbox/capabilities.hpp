#pragma once

#include "platform/base/error.hpp"

namespace blindfold::sandbox {

/// Drops every capability from every set, for good: what is executed later
/// gains none either, uid 0 included. Sets no-new-privileges and not-dumpable.
[[nodiscard]] base::Result<> drop_privileges();

/// Whether this thread could still act beyond its effective user and groups: a
/// capability in its permitted set, or another real or saved user or group id
/// to return to. True where that cannot be found out.
[[nodiscard]] bool has_privileges() noexcept;

}  // namespace blindfold::sandbox
