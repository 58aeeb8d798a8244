#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "clients/kubernetes/account.hpp"
#include "platform/loop/loop.hpp"
#include "unit/platform/http/scripted_server.hpp"

namespace blindfold::doctor::test {

/// An API server as far as the doctor sees it, over plain HTTP: it answers as a
/// real one of 1.34 was seen to, for an account whose rights the test chooses. As
/// made it is as `agent permissions` leaves it, with the secret "db" in "app".
class ModelCluster final {
 public:
  explicit ModelCluster(loop::Loop& loop);

  [[nodiscard]] kubernetes::Account account() const;

  /// What SelfSubjectRulesReview lists besides everybody's, as JSON objects.
  std::vector<std::string> rules;
  bool incomplete = false;
  /// What SelfSubjectAccessReview allows: "create pods".
  std::set<std::string> allowed_singly;

  /// The verbs that are let through on secrets, whatever the rules say.
  std::set<std::string> verbs{"create", "update"};
  /// By what of it the policy refuses a dry run: "create" and "update" with a
  /// value, "annotation".
  std::set<std::string> policy_refuses{"create", "update", "annotation"};
  std::string refusing_policy = "blindfold-ask-only";

  std::set<std::string> secrets{"db"};
  std::set<std::string> immutable;

  /// By resource; without one it answers 404.
  std::map<std::string, std::string> policies;
  bool may_read_policies = true;

  /// Whole replies to what has this in its first line, whatever else holds.
  std::map<std::string, std::string> instead;

  /// First lines, in order, without the protocol.
  [[nodiscard]] std::vector<std::string> asked() const;
  [[nodiscard]] const std::vector<std::string>& requests() const noexcept {
    return server_.requests();
  }
  void stop() { server_.stop_listening(); }

 private:
  [[nodiscard]] std::string answer(const std::string& request) const;
  [[nodiscard]] std::string review(std::string_view target, std::string_view body) const;
  [[nodiscard]] std::string on_secrets(std::string_view method, std::string_view target,
                                       std::string_view body) const;
  [[nodiscard]] std::string update(const std::string& name, std::string_view body) const;
  [[nodiscard]] std::string policy(std::string_view target) const;
  [[nodiscard]] std::string refused_by_policy() const;

  http::test::ScriptedServer server_;
};

/// The JSON of one rule: verbs, resources and names as lists with spaces.
[[nodiscard]] std::string rule(std::string_view verbs, std::string_view resources,
                               std::string_view names = "", std::string_view group = "");

/// A reply with JSON in it.
[[nodiscard]] std::string json_reply(std::string_view body, std::string_view status = "200 OK");

/// A Status.
[[nodiscard]] std::string status_reply(int code, std::string_view reason,
                                       std::string_view message = "", std::string_view causes = "",
                                       std::string_view kind = "secrets");

/// The policy and its binding as a real server gives back what is printed.
[[nodiscard]] std::string printed_policy();
[[nodiscard]] std::string printed_binding();

}  // namespace blindfold::doctor::test
