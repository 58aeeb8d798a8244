#include "platform/sandbox/guard.hpp"

#include <algorithm>

#include "platform/base/printable.hpp"

namespace blindfold::sandbox {

Guard::Guard(Walker& walker, std::span<const std::string> guarded) : walker_(walker) {
  // Without /proc nothing is known of other mounts; what is not guarded for
  // that reason is not hidden either, as each requirement's sight is computed.
  const MountViews mounts = MountViews::read().value_or(MountViews{});
  for (const std::string& path : guarded) {
    add(path);
    add_elsewhere(mounts, path);
  }
}

void Guard::add(const std::string& path) {
  Way way = walker_.walk(path);
  for (const Node* const folder : way.folders) {
    on_the_way_.emplace(folder->id, path);
  }
  if (way.leads_somewhere()) {
    on_the_way_.emplace(way.last().id, path);
    guarded_.insert(way.last().id);
    return;
  }
  if (way.in_the_way) {
    on_the_way_.emplace(*way.in_the_way, path);
  }
  missing_.push_back({way.folders.back()->id, std::move(way.rest), path});
}

void Guard::add_elsewhere(const MountViews& mounts, const std::string& path) {
  const Way way = walker_.walk(path);
  if (!way.leads_somewhere()) {
    return;
  }
  const Node& node = way.last();
  for (const std::string& other : mounts.other_paths(node.mount, node.path)) {
    add(other);
  }
  for (const std::string& part : mounts.parts_elsewhere(node.mount, node.path)) {
    add(part);
  }
}

const std::string* Guard::guarded_beneath(const Way& way) const {
  if (way.leads_somewhere()) {
    const auto found = on_the_way_.find(way.last().id);
    return found == on_the_way_.end() ? nullptr : &found->second;
  }
  for (const Missing& missing : missing_) {
    if (missing.last == way.folders.back()->id && missing.names.size() >= way.rest.size() &&
        std::equal(way.rest.begin(), way.rest.end(), missing.names.begin())) {
      return &missing.path;
    }
  }
  return nullptr;
}

base::Result<> Guard::check_writable(std::span<const std::string> writable) {
  for (const std::string& path : writable) {
    if (const std::string* const guarded = guarded_beneath(walker_.walk(path))) {
      return std::unexpected(base::Error{
          base::ErrorKind::configuration,
          "the agent cannot write to \"" + base::printable(path) +
              "\" and be kept from the files in \"" + base::printable(*guarded) + "\"",
          "choose a folder for writing that is not one of a requirement's, nor above one"});
    }
  }
  return {};
}

}  // namespace blindfold::sandbox
