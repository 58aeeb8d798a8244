#include "core/model/sight.hpp"

namespace blindfold::model {

std::string_view to_string(SightLevel level) noexcept {
  switch (level) {
    case SightLevel::unknown:
      return "unknown";
    case SightLevel::none:
      return "none";
    case SightLevel::wire:
      return "wire";
    case SightLevel::self:
      return "self";
    case SightLevel::iam:
      return "iam";
    case SightLevel::api_server:
      return "api-server";
    case SightLevel::kernel:
      return "kernel";
  }
  return {};
}

std::string_view to_string(RequiredSight sight) noexcept {
  switch (sight) {
    case RequiredSight::none:
      return "none";
    case RequiredSight::wire:
      return "wire";
    case RequiredSight::self:
      return "self";
    case RequiredSight::enforced:
      return "enforced";
  }
  return {};
}

bool satisfies(SightLevel level, RequiredSight required) noexcept {
  switch (required) {
    case RequiredSight::none:
      return true;
    case RequiredSight::wire:
      return level >= SightLevel::wire;
    case RequiredSight::self:
      return level >= SightLevel::self;
    case RequiredSight::enforced:
      return level >= SightLevel::iam;
  }
  return false;
}

}  // namespace blindfold::model
