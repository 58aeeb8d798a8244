#include "doctor/kubernetes/namespace_trial.hpp"

#include <utility>

#include "detect/kubernetes/answers.hpp"
#include "doctor/kubernetes/answers.hpp"
#include "doctor/kubernetes/judged_rights.hpp"
#include "doctor/kubernetes/requests.hpp"

namespace blindfold::doctor {
namespace {

using kubernetes::Failure;

// A thousand secrets, three requests each, within the time of a few hundred.
constexpr std::size_t at_a_time = 8;

constexpr std::string_view refused_name_space = "kube-system";

}  // namespace

NamespaceProof untried(const WantedNamespace& wanted) {
  NamespaceProof proof{.name = wanted.name};
  proof.kube_system = wanted.name == refused_name_space;
  for (const WantedSecret& secret : wanted.secrets) {
    proof.secrets.push_back({.secret = secret.name, .type = secret.type});
  }
  return proof;
}

NamespaceTrial::NamespaceTrial(loop::Loop& loop, kubernetes::Connection& connection,
                               const WantedNamespace& wanted, loop::Callback<> on_end)
    : wanted_(wanted),
      server_(connection.server()),
      on_end_(std::move(on_end)),
      proof_(untried(wanted)),
      review_(connection, wanted.name, [this](const auto& result) noexcept { on_rights(result); }),
      ended_(loop, [this]() noexcept { on_end_(); }) {
  steps_ = {{Kind::list_all}, {Kind::bare}, {Kind::guess}, {Kind::annotation}};
  for (std::size_t lane = 0; lane < at_a_time; ++lane) {
    lanes_.push_back(std::make_unique<Lane>(connection, [this, lane](const auto& failure) noexcept {
      on_reply(*lanes_[lane], failure);
    }));
  }
  for (std::size_t place = 0; place < wanted.secrets.size(); ++place) {
    steps_.insert(steps_.end(), {{Kind::get, place}, {Kind::list, place}, {Kind::update, place}});
  }
}

void NamespaceTrial::start() noexcept {
  if (proof_.kube_system) {
    ended_.schedule();
  } else {
    review_.start();
  }
}

void NamespaceTrial::on_rights(const FullReview::Result& result) noexcept {
  if (const auto* const failure = std::get_if<Failure>(&result)) {
    proof_.review =
        reply_of(*failure, {"create", "selfsubjectrulesreviews", wanted_.name, {}}, server_);
  } else {
    rights_ = std::get<detect::Rights>(result);
    proof_.review.reply = Reply::answered;
    proof_.asked_singly = rights_->rules().incomplete;
  }
  for (const auto& lane : lanes_) {
    try_next(*lane);
  }
}

void NamespaceTrial::try_next(Lane& lane) noexcept {
  if (next_ < steps_.size()) {
    lane.start(next_, request_of(steps_[next_]));
    ++next_;
  }
}

void NamespaceTrial::on_reply(Lane& lane, const std::optional<Failure>& failure) noexcept {
  take(steps_[lane.place()], failure);
  ++answered_;
  if (answered_ == steps_.size()) {
    end();
  } else {
    try_next(lane);
  }
}

void NamespaceTrial::take(const Step& step, const std::optional<Failure>& failure) {
  const model::PermissionMissing right = right_of(step);
  switch (step.kind) {
    case Kind::list_all:
      proof_.list = reply_to_reading(failure, right, server_);
      break;
    case Kind::bare:
      proof_.bare = reply_of(failure, right, server_);
      break;
    case Kind::guess:
      proof_.guess = reply_of(failure, right, server_);
      break;
    case Kind::annotation:
      proof_.annotation = reply_of(failure, right, server_);
      break;
    case Kind::get:
      proof_.secrets[step.secret].get = reply_to_reading(failure, right, server_);
      break;
    case Kind::list:
      proof_.secrets[step.secret].list = reply_to_reading(failure, right, server_);
      break;
    case Kind::update:
      take_reply_to_guess(proof_.secrets[step.secret], failure, right, server_);
      break;
  }
}

kubernetes::ApiRequest NamespaceTrial::request_of(const Step& step) const {
  switch (step.kind) {
    case Kind::list_all:
      return list_secrets(wanted_.name, {});
    case Kind::bare:
      return bare_create(wanted_.name);
    case Kind::guess:
      return kubernetes::policy_guess(wanted_.name, {});
    case Kind::annotation:
      return annotated_create(wanted_.name);
    case Kind::get:
      return read_secret(wanted_.name, wanted_.secrets[step.secret].name);
    case Kind::list:
      return list_secrets(wanted_.name, wanted_.secrets[step.secret].name);
    case Kind::update:
      break;
  }
  const WantedSecret& secret = wanted_.secrets[step.secret];
  return update_guess(wanted_.name, secret.name, secret.type);
}

model::PermissionMissing NamespaceTrial::right_of(const Step& step) const {
  switch (step.kind) {
    case Kind::list_all:
      return {"list", "secrets", wanted_.name, {}};
    case Kind::bare:
    case Kind::guess:
    case Kind::annotation:
      return {"create", "secrets", wanted_.name, {}};
    case Kind::get:
      return {"get", "secrets", wanted_.name, wanted_.secrets[step.secret].name};
    case Kind::list:
      return {"list", "secrets", wanted_.name, wanted_.secrets[step.secret].name};
    case Kind::update:
      break;
  }
  return {"update", "secrets", wanted_.name, wanted_.secrets[step.secret].name};
}

void NamespaceTrial::end() noexcept {
  if (rights_) {
    const bool may_create = rights_->allow({"create", {}, "secrets", {}});
    for (Trial* const trial : {&proof_.bare, &proof_.guess, &proof_.annotation}) {
      doubt_if_allowed(*trial, may_create, server_);
    }
    for (SecretProof& secret : proof_.secrets) {
      doubt_if_allowed(secret.guess, rights_->allow({"update", {}, "secrets", secret.secret}),
                       server_);
    }
  }
  proof_.policy = policy_from(proof_.bare, proof_.guess);
  if (rights_) {
    judge_rights(proof_, *rights_, wanted_);
  }
  ended_.schedule();
}

}  // namespace blindfold::doctor
