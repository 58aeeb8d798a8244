#include "detect/files/look_reporter.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <utility>

#include "detect/files/sight.hpp"

namespace blindfold::detect {
namespace {

void append(std::string& out, std::uint64_t number, char end) {
  std::array<char, 24> digits{};
  const auto [rest, error] = std::to_chars(digits.data(), digits.data() + digits.size(), number);
  out.append(digits.data(), rest);
  out += end;
}

bool same_rights(const FileStamp& a, const FileStamp& b) noexcept {
  return a.owner == b.owner && a.group == b.group && a.mode == b.mode && a.links == b.links &&
         a.device == b.device;
}

}  // namespace

model::Sight judge_sight(const FileRequirement& requirement, const FolderLook& look,
                         const Surroundings& surroundings) {
  std::vector<std::string> found;
  for (const FileStamp& file : look.files) {
    found.push_back(file.name);
  }
  return judge_sight(requirement.folder, requirement.keys.empty() ? found : requirement.keys,
                     surroundings.confinement, surroundings.mounts);
}

LookReporter::LookReporter(const FileRequirement& requirement,
                           const SharedSurroundings& surroundings,
                           inventory::Tracker tracker) noexcept
    : requirement_(requirement), surroundings_(surroundings), tracker_(std::move(tracker)) {
}

void LookReporter::report(FolderLook look, model::Version version,
                          std::optional<model::PollingReason> polled, base::Instant now) noexcept {
  model::Sight sight = sight_of(look);
  push(std::move(look), std::move(sight), std::move(version), polled, now);
}

void LookReporter::report_remote(FolderLook look, model::Sight sight, model::Version version,
                                 base::Instant now) noexcept {
  sight_.reset();
  push(std::move(look), std::move(sight), std::move(version), model::PollingReason::no_events, now);
}

// It is no answer: the sight stays that of the last one.
void LookReporter::report_late(base::Instant now) noexcept {
  model::Observation observation;
  observation.presence = model::Presence::unreachable;
  observation.details.emplace_back(model::LookTimedOut{requirement_.folder});
  observation.details.emplace_back(model::Polled{model::PollingReason::no_events});
  tracker_.observe(std::move(observation), now);
}

void LookReporter::push(FolderLook look, model::Sight sight, model::Version version,
                        std::optional<model::PollingReason> polled, base::Instant now) noexcept {
  model::Observation observation;
  observation.sight = std::move(sight);
  if (!model::satisfies(observation.sight.level, surroundings_->required_sight)) {
    observation.details = {model::SightRefused{observation.sight, surroundings_->required_sight}};
    tracker_.observe(std::move(observation), now);
    return;
  }
  observation.presence = look.presence;
  observation.details = std::move(look.details);
  if (look.presence == model::Presence::present) {
    observation.version = std::move(version);
  }
  if (requirement_.volume && look.swapped_to.empty()) {
    for (const FileStamp& file : look.files) {
      if (file.mount_root) {
        observation.details.emplace_back(model::NeverUpdated{file.name});
      }
    }
  }
  if (polled) {
    observation.details.emplace_back(model::Polled{*polled});
  }
  tracker_.observe(std::move(observation), now);
}

const model::Sight& LookReporter::sight_of(const FolderLook& look) {
  if (!sight_ || !std::ranges::equal(look.files, judged_, same_rights)) {
    sight_ = judge_sight(requirement_, look, *surroundings_);
    judged_ = look.files;
  }
  return *sight_;
}

model::Version version_of_files(const FolderLook& look, std::uint64_t writes) {
  model::Version version;
  for (const FileStamp& file : look.files) {
    append(version.token, file.inode, '.');
    append(version.token, static_cast<std::uint64_t>(file.modified_ns), ' ');
  }
  append(version.token, writes, 'w');
  return version;
}

}  // namespace blindfold::detect
