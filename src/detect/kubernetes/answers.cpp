#include "detect/kubernetes/answers.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace blindfold::detect {
namespace {

using kubernetes::Failure;
using kubernetes::Fault;
using kubernetes::Status;
using model::ApiTrouble;
using model::KubernetesLocator;
using model::Presence;

Answer answer(Presence presence, model::Detail detail) {
  Answer answer;
  answer.observation.presence = presence;
  answer.observation.details.push_back(std::move(detail));
  return answer;
}

Answer present(const KubernetesLocator& locator) {
  Answer answer;
  answer.observation.presence = Presence::present;
  if (!locator.keys.empty()) {
    answer.observation.details.emplace_back(model::KeysNotChecked{});
  }
  return answer;
}

// There is no version: the object's own metadata was not told.
Answer present_unversioned(const KubernetesLocator& locator) {
  Answer answer = present(locator);
  answer.observation.details.emplace_back(model::RotationUnseen{});
  return answer;
}

Answer missing(const KubernetesLocator& locator) {
  return answer(Presence::missing,
                model::SecretMissing{locator.name_space, locator.secret, {}, {}});
}

ApiTrouble trouble_of(Fault fault) noexcept {
  switch (fault) {
    case Fault::unreachable:
      return ApiTrouble::unreachable;
    case Fault::not_trusted:
      return ApiTrouble::not_trusted;
    case Fault::timed_out:
      return ApiTrouble::timed_out;
    case Fault::cut_off:
      return ApiTrouble::cut_off;
    case Fault::not_the_form:
      return ApiTrouble::not_the_form;
    case Fault::too_large:
      return ApiTrouble::too_large;
    case Fault::credential:
      return ApiTrouble::credential;
    case Fault::internal:
      break;
  }
  return ApiTrouble::unexpected;
}

ApiTrouble trouble_of(int code) noexcept {
  if (code == 401) {
    return ApiTrouble::unauthorized;
  }
  if (code == 429) {
    return ApiTrouble::throttled;
  }
  return code >= 500 ? ApiTrouble::server_error : ApiTrouble::unexpected;
}

// Whether it is the server that has no answer now, to whatever is asked. A 500
// may be about one object alone: one that cannot be decrypted is.
bool is_everybodys(const Failure& failure) noexcept {
  if (failure.fault) {
    return failure.fault != Fault::not_the_form && failure.fault != Fault::too_large &&
           failure.fault != Fault::internal;
  }
  const int code = failure.status.code;
  return code == 401 || code == 429 || (code > 500 && code < 600);
}

Answer failed(const Failure& failure, const std::string& server) {
  const ApiTrouble trouble =
      failure.fault ? trouble_of(*failure.fault) : trouble_of(failure.status.code);
  Answer result =
      answer(Presence::unreachable,
             model::ApiFailed{trouble, server, static_cast<std::uint32_t>(failure.status.code)});
  result.unreachable = is_everybodys(failure);
  return result;
}

model::AdmissionRefused::By refuser(kubernetes::Admission::By by) noexcept {
  switch (by) {
    case kubernetes::Admission::By::webhook:
      return model::AdmissionRefused::By::webhook;
    case kubernetes::Admission::By::quota:
      return model::AdmissionRefused::By::quota;
    case kubernetes::Admission::By::policy:
    case kubernetes::Admission::By::none:
      break;
  }
  return model::AdmissionRefused::By::policy;
}

bool has_cause(const Status& status, std::string_view field) noexcept {
  return std::ranges::find(status.causes, field, &kubernetes::Cause::field) != status.causes.end();
}

bool is_terminating(const Status& status) noexcept {
  return std::ranges::any_of(status.causes, [](const kubernetes::Cause& cause) {
    return cause.reason == "NamespaceTerminating";
  });
}

// 422: the object is there, and validation says what it thinks of the question
// (k8s.io/kubernetes pkg/apis/core/validation, ValidateSecretUpdate): all at once.
Answer answer_to_validation(const KubernetesLocator& locator, const Status& status) {
  const bool immutable =
      status.immutable || has_cause(status, "immutable") || has_cause(status, "data");
  if (has_cause(status, "type")) {
    Answer result = answer(Presence::wrong_type, model::SecretType{{}, locator.type});
    result.immutable = immutable;
    return result;
  }
  const bool key_required = std::ranges::any_of(status.causes, [](const kubernetes::Cause& cause) {
    return cause.field.starts_with("data[");
  });
  if (immutable || key_required) {
    Answer result = present_unversioned(locator);
    result.immutable = immutable;
    return result;
  }
  const std::string field = status.causes.empty() ? std::string() : status.causes.front().field;
  return answer(Presence::denied,
                model::AdmissionRefused{model::AdmissionRefused::By::validation, field});
}

model::PermissionMissing wanted(std::string verb, const KubernetesLocator& locator) {
  const bool named = verb != "create";
  return {std::move(verb), "secrets", locator.name_space, named ? locator.secret : std::string()};
}

}  // namespace

Answer answer_to_failure(const model::PermissionMissing& wanted, const Failure& failure,
                         const std::string& server) {
  const Status& status = failure.status;
  if (failure.fault) {
    return failed(failure, server);
  }
  if (status.admission.by != kubernetes::Admission::By::none) {
    return answer(Presence::denied,
                  model::AdmissionRefused{refuser(status.admission.by), status.admission.name});
  }
  if (status.code == 403 && is_terminating(status)) {
    return answer(Presence::denied, model::AdmissionRefused{model::AdmissionRefused::By::policy,
                                                            "NamespaceLifecycle"});
  }
  if (status.code == 403) {
    return answer(Presence::denied, wanted);
  }
  if (status.code == 404 && status.kind == "namespaces") {
    return answer(Presence::missing, model::NamespaceMissing{wanted.name_space});
  }
  return failed(failure, server);
}

Answer answer_to_update_probe(const KubernetesLocator& locator,
                              const std::optional<Failure>& failure,
                              const kubernetes::ObjectMeta& meta, const std::string& server) {
  if (!failure) {
    if (meta.name != locator.secret || meta.resource_version.empty()) {
      return failed({Fault::not_the_form, {}}, server);
    }
    if (meta.being_deleted) {
      return answer(Presence::pending_deletion, model::BeingDeleted{});
    }
    Answer result = present(locator);
    result.observation.version.token = meta.resource_version;
    return result;
  }
  const Status& status = failure->status;
  const bool refused_before = status.admission.by != kubernetes::Admission::By::none;
  if (!failure->fault && !refused_before) {
    if (status.code == 404 && status.kind == "secrets" && status.name == locator.secret) {
      return missing(locator);
    }
    if (status.code == 422) {
      return answer_to_validation(locator, status);
    }
  }
  return answer_to_failure(wanted("update", locator), *failure, server);
}

Answer answer_to_create_probe(const KubernetesLocator& locator,
                              const std::optional<Failure>& failure, const std::string& server) {
  if (!failure) {
    return missing(locator);
  }
  const Status& status = failure->status;
  // A 409 may be a quota's own conflict.
  if (!failure->fault && status.code == 409 && status.reason == "AlreadyExists" &&
      status.name == locator.secret) {
    return present_unversioned(locator);
  }
  return answer_to_failure(wanted("create", locator), *failure, server);
}

model::Observation observe_row(const KubernetesLocator& locator, const kubernetes::SecretRow& row,
                               const std::string& resource_version) {
  if (row.type != locator.type) {
    return answer(Presence::wrong_type, model::SecretType{row.type, locator.type}).observation;
  }
  if (row.keys == 0) {
    return answer(Presence::empty, model::SecretEmpty{}).observation;
  }
  if (row.keys < locator.keys.size()) {
    const auto named = static_cast<std::uint32_t>(locator.keys.size());
    return answer(Presence::incomplete, model::KeysTooFew{row.keys, named}).observation;
  }
  model::Observation observation = present(locator).observation;
  observation.version.token = resource_version;
  return observation;
}

model::Observation observe_absence(const KubernetesLocator& locator) {
  return missing(locator).observation;
}

}  // namespace blindfold::detect
