#pragma once

#include <boost/test/unit_test.hpp>
#include <deque>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "clients/account/file.hpp"
#include "clients/aws/sts.hpp"
#include "core/model/aws_detail.hpp"
#include "sts_replies.hpp"
#include "support/loop_fixture.hpp"
#include "unit/platform/http/scripted_server.hpp"

namespace blindfold::aws {

using model::CredentialFailure;
using model::CredentialPlace;
using model::CredentialTrouble;

inline constexpr std::string_view role_arn = "arn:aws:iam::123456789012:role/agent";
inline constexpr std::string_view xml_type = "Content-Type: text/xml\r\n";

[[nodiscard]] inline Credentials pair_of(std::string_view token = {}) {
  return {.access_key_id = "AKIDEXAMPLE",
          .secret_access_key = *account::copied("hunter2/key"),
          .session_token = *account::copied(token)};
}

/// An STS that gives the answers that a test has prepared, in order; one attempt at
/// it; time that passes when the test says so.
struct StsFixture : support::ManualLoopFixture {
  StsFixture() {
    account.region = "eu-west-1";
    account.endpoints.sts = server.url();
  }

  void answer(std::string text) { answers.push_back(std::move(text)); }
  void answer(std::string_view body, std::string_view status) {
    answer(http::test::reply(body, xml_type, status));
  }

  void start(RoleRequest request) {
    request.role_arn = role_arn;
    request.session_name = "blindfold";
    request.place = CredentialPlace::profile;
    outcome.reset();
    fetch = ask_sts(loop(), account, std::move(request),
                    [this](std::expected<Credentials, CredentialFailure> given) noexcept {
                      outcome = std::move(given);
                      if (end_within) {
                        fetch.reset();
                      }
                    });
    BOOST_TEST(!outcome.has_value());
  }
  void start_with_token() {
    RoleRequest request;
    request.web_identity_token = *account::copied("hunter2/web+token");
    start(std::move(request));
  }
  void start_signed(std::string_view token = {}) {
    const Credentials lent = pair_of(token);
    RoleRequest request;
    request.signed_with = &lent;
    start(std::move(request));
  }
  void wait() {
    BOOST_REQUIRE(run_until([this] { return outcome.has_value(); }));
  }

  /// "refused arn:… 403", or "credentials".
  std::string words() {
    wait();
    if (outcome->has_value()) {
      return "credentials";
    }
    const CredentialFailure& failure = outcome->error();
    BOOST_TEST((failure.place == CredentialPlace::profile));
    BOOST_TEST(!failure.subject.contains("hunter2"));
    std::string text = name_of(failure.trouble);
    text += failure.subject.empty() ? "" : " " + failure.subject;
    return text + (failure.status == 0 ? "" : " " + std::to_string(failure.status));
  }

  static std::string name_of(CredentialTrouble trouble) {
    switch (trouble) {
      case CredentialTrouble::incomplete:
        return "incomplete";
      case CredentialTrouble::unreachable:
        return "unreachable";
      case CredentialTrouble::timed_out:
        return "timed out";
      case CredentialTrouble::not_trusted:
        return "not trusted";
      case CredentialTrouble::refused:
        return "refused";
      case CredentialTrouble::not_the_form:
        return "not the form";
      case CredentialTrouble::expired:
        return "expired";
      case CredentialTrouble::no_region:
        return "no region";
      default:
        return "other";
    }
  }

  void serve(http::test::ScriptedServer::Connection& from) {
    std::string request;
    while (from.take_request(request)) {
      if (!answers.empty()) {
        from.send(answers.front());
        answers.pop_front();
      }
      if (close_after) {
        from.close();
      }
    }
  }

  [[nodiscard]] const std::string& request(std::size_t index) const {
    return server.requests().at(index);
  }
  [[nodiscard]] bool comes() {
    return run_until([this] { return !server.requests().empty(); });
  }

  http::test::ScriptedServer server{
      loop(), [this](http::test::ScriptedServer::Connection& from) { serve(from); }};
  std::deque<std::string> answers;
  bool close_after = false;
  bool end_within = false;
  Account account;
  std::optional<std::expected<Credentials, CredentialFailure>> outcome;
  std::unique_ptr<Fetch> fetch;
};

inline const std::string role_refused = "refused " + std::string(role_arn) + " 403";

}  // namespace blindfold::aws
