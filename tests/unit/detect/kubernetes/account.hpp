#pragma once

#include <string>
#include <utility>
#include <vector>

#include "clients/kubernetes/status.hpp"
#include "core/model/locator.hpp"
#include "detect/kubernetes/rights.hpp"

namespace blindfold::detect {

/// Namespace "app", secret "db".
inline model::KubernetesLocator db(std::vector<std::string> keys = {},
                                   std::string type = "Opaque") {
  return {"app", "db", std::move(keys), std::move(type)};
}

/// What an account may do, rule by rule.
class Account final {
 public:
  Account& may(std::vector<std::string> verbs, std::string resource,
               std::vector<std::string> names = {}, std::string group = {}) {
    rules_.rules.push_back(
        {std::move(verbs), {std::move(group)}, {std::move(resource)}, std::move(names)});
    return *this;
  }
  [[nodiscard]] Rights rights() const { return Rights(rules_); }

 private:
  kubernetes::Rules rules_;
};

/// The two Roles that `agent permissions` prints for the secrets "db" and "tls".
inline Account asking_account() {
  return Account().may({"update"}, "secrets", {"db", "tls"}).may({"create"}, "secrets");
}
inline Account watching_account() {
  return Account().may({"list", "watch"}, "secrets", {"db", "tls"});
}

/// The server's own word, as a Status.
inline kubernetes::Failure said(int code, std::string reason, std::string kind = "secrets",
                                std::string name = "db") {
  kubernetes::Failure failure;
  failure.status.code = code;
  failure.status.reason = std::move(reason);
  failure.status.kind = std::move(kind);
  failure.status.name = std::move(name);
  return failure;
}

/// 422 with these fields as causes.
inline kubernetes::Failure invalid(const std::vector<std::string>& fields) {
  kubernetes::Failure failure = said(422, "Invalid", "Secret");
  for (const std::string& field : fields) {
    failure.status.causes.push_back({"FieldValueInvalid", field});
  }
  return failure;
}

inline kubernetes::Failure refused_by(kubernetes::Admission::By by, std::string name, int code) {
  kubernetes::Failure failure = said(code, code == 403 ? "Forbidden" : "Invalid");
  failure.status.admission = {by, std::move(name)};
  return failure;
}

inline kubernetes::Failure without_a_word(kubernetes::Fault fault) {
  return {fault, {}};
}

}  // namespace blindfold::detect
