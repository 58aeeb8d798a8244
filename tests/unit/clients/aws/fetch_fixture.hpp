#pragma once

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "clients/account/file.hpp"
#include "clients/aws/fetch_end.hpp"
#include "support/loop_fixture.hpp"
#include "support/scratch_folder.hpp"
#include "unit/clients/aws/home.hpp"
#include "unit/platform/http/scripted_server.hpp"

namespace blindfold::aws::test {

using http::test::reply;
using http::test::ScriptedServer;

[[nodiscard]] inline secret::SecretBuffer secret_of(std::string_view bytes) {
  return account::copied(bytes).value();
}

/// "ID/SECRET/TOKEN"
[[nodiscard]] inline std::string said(const Credentials& credentials) {
  return credentials.access_key_id + '/' + text_of(credentials.secret_access_key) + '/' +
         text_of(credentials.session_token);
}

/// What a metadata service answers.
[[nodiscard]] inline std::string metadata(std::string_view id,
                                          std::string_view expiration = "2026-11-23T18:00:00Z") {
  return R"({"Code":"Success","Type":"AWS-HMAC","AccessKeyId":")" + std::string(id) +
         R"(","SecretAccessKey":"secret","Token":"token","Expiration":")" +
         std::string(expiration) + R"("})";
}

/// A loop, and one attempt on it.
class FetchFixture : public support::ManualLoopFixture {
 public:
  [[nodiscard]] Fetched taking() {
    result.reset();
    return [this](FetchResult given) noexcept {
      BOOST_TEST(!result.has_value(), "it is told twice");
      result = std::move(given);
      fetch.reset();  // from within
    };
  }

  [[nodiscard]] std::string run() {
    BOOST_TEST(!result.has_value(), "never from within the beginning");
    BOOST_REQUIRE(run_until([this] { return result.has_value(); }));
    return outcome();
  }

  [[nodiscard]] std::string outcome() const {
    return *result ? said(**result) : "none: " + failure().subject;
  }

  [[nodiscard]] const model::CredentialFailure& failure() const {
    BOOST_REQUIRE(result.has_value() && !result->has_value());
    return result->error();
  }

  [[nodiscard]] model::CredentialTrouble trouble() {
    BOOST_REQUIRE(run_until([this] { return result.has_value(); }));
    return failure().trouble;
  }

  void pass(std::chrono::microseconds time) {
    clock.advance(time);
    turn();
  }

  support::ScratchFolder scratch;
  Account account;
  std::optional<FetchResult> result;
  std::unique_ptr<Fetch> fetch;
};

}  // namespace blindfold::aws::test

namespace blindfold::model {

inline std::ostream& boost_test_print_type(std::ostream& out, CredentialTrouble trouble) {
  return out << "trouble " << static_cast<int>(trouble);
}

}  // namespace blindfold::model
