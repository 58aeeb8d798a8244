#include "detect/kubernetes/probe.hpp"

#include <utility>

#include "clients/kubernetes/requests.hpp"

namespace blindfold::detect {

Probe::Probe(kubernetes::Connection& connection, Done done)
    : connection_(connection),
      done_(std::move(done)),
      call_(connection, reader_, [this](const auto& failure) noexcept { on_done(failure); }) {
}

void Probe::start(ProbeKind kind, const model::KubernetesLocator& locator,
                  std::size_t tag) noexcept {
  locator_ = &locator;
  tag_ = tag;
  kind_ = kind;
  reader_.reset();
  const kubernetes::ProbeObject object{locator.name_space, locator.secret, locator.type, {}};
  call_.start(kind == ProbeKind::update ? kubernetes::update_probe(object)
                                        : kubernetes::create_probe(object));
}

void Probe::on_done(const std::optional<kubernetes::Failure>& failure) noexcept {
  const std::string& server = connection_.server();
  ProbeResult result{.tag = tag_, .kind = kind_};
  result.answer = kind_ == ProbeKind::update
                      ? answer_to_update_probe(*locator_, failure, reader_.meta(), server)
                      : answer_to_create_probe(*locator_, failure, server);
  result.retry_after = failure ? failure->status.retry_after : std::nullopt;
  done_(std::move(result));
}

}  // namespace blindfold::detect
