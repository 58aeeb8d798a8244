#pragma once

#include <functional>

namespace blindfold::loop {

/// The one callback type: captures `this` or values, cannot throw. What owns
/// it may be destroyed from within it.
template <class... Arguments>
using Callback = std::move_only_function<void(Arguments...) noexcept>;

}  // namespace blindfold::loop
