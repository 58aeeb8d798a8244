#pragma once

#include <string>
#include <vector>

#include "detect/kubernetes/judgement.hpp"
#include "detect/kubernetes/rights.hpp"

namespace blindfold::detect {

/// How the secrets of a namespace are seen, for the log: told once, and when it
/// changes.
struct Notice {
  std::string name_space;
  Way way = Way::none;
  Policy policy = Policy::unknown;
  bool hinted = false;           ///< a quota says when to ask
  std::vector<Right> surplus{};  ///< rights that were not printed

  friend bool operator==(const Notice&, const Notice&) = default;
};

}  // namespace blindfold::detect
