#include "detect/files/remote_looks.hpp"

#include <utility>

#include "detect/files/remote_lane.hpp"

namespace blindfold::detect {

RemoteLooks::RemoteLooks(loop::Loop& loop) noexcept : loop_(loop) {
}

RemoteLooks::~RemoteLooks() = default;

RemoteLane& RemoteLooks::lane(const std::string& device) {
  auto& lane = lanes_[device];
  if (lane == nullptr) {
    lane = std::make_unique<RemoteLane>(loop_);
  }
  return *lane;
}

RemoteLook::RemoteLook(RemoteLooks& looks, loop::Callback<RemoteAnswer*> on_answer) noexcept
    : looks_(looks), on_answer_(std::move(on_answer)) {
}

RemoteLook::~RemoteLook() {
  cancel();
}

void RemoteLook::start(const std::string& device, const FileRequirement& requirement,
                       const SharedSurroundings& surroundings) {
  RemoteLane& lane = looks_.lane(device);
  if (lane_ == &lane) {
    return;
  }
  cancel();
  requirement_ = &requirement;
  surroundings_ = surroundings;
  lane_ = &lane;
  lane.add(*this);
}

void RemoteLook::cancel() noexcept {
  if (lane_ != nullptr) {
    std::exchange(lane_, nullptr)->remove(*this);
  }
}

}  // namespace blindfold::detect
