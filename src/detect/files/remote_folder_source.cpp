#include "detect/files/remote_folder_source.hpp"

#include <chrono>
#include <utility>

namespace blindfold::detect {
namespace {

constexpr std::chrono::seconds time_limit{10};

}  // namespace

RemoteFolderSource::RemoteFolderSource(loop::Loop& loop, FileRequirement requirement,
                                       const Surroundings& surroundings, inventory::Tracker tracker)
    : loop_(loop),
      requirement_(std::move(requirement)),
      reporter_(requirement_, surroundings, std::move(tracker)),
      late_(loop, [this]() noexcept { on_late(); }),
      work_(loop, [this]() noexcept { on_answer(); }) {
  look();
}

void RemoteFolderSource::look() noexcept {
  if (work_.running()) {
    return;
  }
  answer_ = std::make_shared<FolderLook>();
  work_.start([answer = answer_, folder = requirement_.folder,
               keys = requirement_.keys]() noexcept { *answer = look_at(folder, keys); });
  late_.start(time_limit);
}

void RemoteFolderSource::on_answer() noexcept {
  late_.stop();
  FolderLook look = std::move(*answer_);
  answer_.reset();
  model::Version version = look.swapped_to.empty() ? version_of_files(look, 0)
                                                   : model::Version{look.swapped_to};
  reporter_.report(std::move(look), std::move(version), model::PollingReason::no_events,
                   loop_.now());
}

void RemoteFolderSource::on_late() noexcept {
  FolderLook look;
  look.presence = model::Presence::unreachable;
  look.details.emplace_back(model::LookTimedOut{requirement_.folder});
  reporter_.report(std::move(look), {}, model::PollingReason::no_events, loop_.now());
}

}  // namespace blindfold::detect
