#pragma once

#include <cstddef>
#include <cstdint>

#include "clients/aws/operations.hpp"

namespace blindfold::detect {

/// One request to Secrets Manager.
struct SecretQuestion {
  enum class Kind : std::uint8_t {
    describe,
    versions,
    sweep,      ///< one page of the listing
    search,     ///< one page of what a missing one may have been called
    elsewhere,  ///< whether another region's missing secret is in this one
  };
  Kind kind = Kind::describe;
  std::size_t number = 0;  ///< with `describe` and `versions`: whose
  aws::Operation operation{};
};

}  // namespace blindfold::detect
