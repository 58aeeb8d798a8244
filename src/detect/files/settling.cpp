#include "detect/files/settling.hpp"

#include <algorithm>
#include <chrono>

namespace blindfold::detect {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds quiet_requirement{100};
constexpr milliseconds quiet_open_key{200};
constexpr milliseconds longest{2000};

}  // namespace

void Settling::on_change(base::SteadyTime now) noexcept {
  if (!first_change_) {
    first_change_ = now;
  }
  last_change_ = now;
}

void Settling::on_complete(std::string_view key, base::SteadyTime now) {
  on_change(now);
  forget(key);
}

void Settling::forget(std::string_view key) noexcept {
  std::erase_if(open_, [key](const OpenKey& each) { return each.key == key; });
}

void Settling::on_write(std::string_view key, base::SteadyTime now) {
  on_change(now);
  const auto found = std::ranges::find(open_, key, &OpenKey::key);
  if (found == open_.end()) {
    open_.push_back({std::string(key), now});
  } else {
    found->written = now;
  }
}

std::optional<base::SteadyTime> Settling::deadline() const noexcept {
  if (!first_change_) {
    return std::nullopt;
  }
  base::SteadyTime deadline = last_change_ + quiet_requirement;
  for (const OpenKey& each : open_) {
    deadline = std::max(deadline, each.written + quiet_open_key);
  }
  return std::min(deadline, *first_change_ + longest);
}

void Settling::clear() noexcept {
  first_change_.reset();
  open_.clear();
}

}  // namespace blindfold::detect
