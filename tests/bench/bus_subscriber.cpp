// Tells of each rotation of one mounted volume from within a subscriber of the
// bus: "rotated NS", with CLOCK_MONOTONIC as it was when the subscriber was called.

#include <time.h>
#include <unistd.h>

#include <cstdio>
#include <string>

#include "core/bus/bus.hpp"
#include "core/inventory/inventory.hpp"
#include "detect/files/files.hpp"
#include "platform/loop/loop.hpp"

namespace {

using namespace blindfold;

void tell(const model::RotationEvent& /*event*/) noexcept {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  std::printf("rotated %lld\n", static_cast<long long>(now.tv_sec) * 1'000'000'000 + now.tv_nsec);
  std::fflush(stdout);
}

class Publisher final : public inventory::Listener {
 public:
  explicit Publisher(bus::Bus& bus) : bus_(bus) {}
  void on_event(const model::RotationEvent& event) noexcept override { bus_.publish(event); }
  void on_standing(const model::Standing& /*standing*/) noexcept override {}

 private:
  bus::Bus& bus_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: bus_subscriber FOLDER\n", stderr);
    return 2;
  }
  model::Requirement requirement;
  requirement.id = "database";
  requirement.locator = model::MountLocator{argv[1], {"password"}};

  const base::SystemClock clock;
  loop::Loop loop(clock);
  bus::Bus bus(loop);
  const bus::Subscription subscription = bus.subscribe(tell);
  Publisher publisher(bus);
  inventory::Inventory inventory(publisher);
  const sandbox::Confinement confinement;
  detect::Files files(loop, confinement, {});
  files.watch(requirement, inventory.track(requirement, loop.now()));
  std::puts("ready");
  std::fflush(stdout);
  loop.run();
  return 0;
}
