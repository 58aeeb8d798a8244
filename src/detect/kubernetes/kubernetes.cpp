#include "detect/kubernetes/kubernetes.hpp"

#include <utility>
#include <variant>

namespace blindfold::detect {

Kubernetes::Kubernetes(loop::Loop& loop, kubernetes::Connection& connection, Options options,
                       loop::Callback<const Notice&> on_notice)
    : connection_(connection),
      rate_(options.pace, 1),
      on_notice_(std::move(on_notice)),
      cluster_{loop,   connection, rate_,     options.pace, options.required_sight,
               names_, open_,      on_notice_} {
}

void Kubernetes::watch(const model::Requirement& requirement, inventory::Tracker tracker) {
  const auto& locator = std::get<model::KubernetesLocator>(requirement.locator);
  const std::string& name =
      locator.name_space.empty() ? connection_.name_space() : locator.name_space;
  std::unique_ptr<NamespaceSource>& source = name_spaces_[name];
  if (!source) {
    source = std::make_unique<NamespaceSource>(cluster_, name);
    names_.push_back(name);
  }
  source->watch(requirement, std::move(tracker));
}

void Kubernetes::start() noexcept {
  for (const auto& [name, source] : name_spaces_) {
    source->start();
  }
}

void Kubernetes::look_again() noexcept {
  for (const auto& [name, source] : name_spaces_) {
    source->look_again();
  }
}

void Kubernetes::give_up() noexcept {
  for (const auto& [name, source] : name_spaces_) {
    source->give_up();
  }
}

}  // namespace blindfold::detect
