#pragma once

#include <array>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <ctime>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "clients/aws/failure.hpp"
#include "support/loop_fixture.hpp"
#include "unit/platform/http/scripted_server.hpp"

namespace blindfold::aws {

using ApiConnection = http::test::ScriptedServer::Connection;
using ApiAnswer = std::function<void(ApiConnection&)>;

inline constexpr std::string_view json_type = "Content-Type: application/x-amz-json-1.1\r\n";

/// A whole reply.
[[nodiscard]] inline ApiAnswer answer(std::string_view body, std::string_view status = "200 OK",
                                      std::string_view fields = json_type) {
  return [text = http::test::reply(body, fields, status)](ApiConnection& to) { to.send(text); };
}

/// A refusal with this code. Its message is what nobody may keep.
[[nodiscard]] inline ApiAnswer refusal(std::string_view code,
                                       std::string_view status = "400 Bad Request",
                                       std::string_view fields = "") {
  return answer(R"({"__type":")" + std::string(code) + R"(","message":"of hunter2"})", status,
                std::string(json_type) + std::string(fields));
}

/// Says nothing.
inline void say_nothing(ApiConnection& /*to*/) {
}

/// "Date: …\r\n": that much after the test began, on 2026-11-23 at noon.
[[nodiscard]] inline std::string dated(std::chrono::seconds after) {
  const auto time =
      std::chrono::sys_days(std::chrono::year(2026) / 11 / 23) + std::chrono::hours(12) + after;
  const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  std::array<char, 64> text{};
  const std::size_t size =
      std::strftime(text.data(), text.size(), "Date: %a, %d %b %Y %H:%M:%S GMT\r\n", &parts);
  return {text.data(), size};
}

[[nodiscard]] inline secret::SecretBuffer secret_of(std::string_view text) {
  auto buffer = secret::SecretBuffer::with_capacity(text.size());
  BOOST_REQUIRE(buffer.has_value());
  BOOST_REQUIRE(buffer->append(text).has_value());
  return *std::move(buffer);
}

/// A service that answers what is expected of it, in order, and notes what was
/// asked otherwise; time that passes when the test says so.
class ApiFixture : public support::ManualLoopFixture {
 public:
  ApiFixture() = default;
  ~ApiFixture() {
    BOOST_TEST(wrong == "");
    BOOST_TEST(expected_.empty(), "not everything that was expected was asked for");
  }
  ApiFixture(const ApiFixture&) = delete;
  ApiFixture& operator=(const ApiFixture&) = delete;
  ApiFixture(ApiFixture&&) = delete;
  ApiFixture& operator=(ApiFixture&&) = delete;

  /// The next request has `part` in it, and gets that answer.
  void expect(std::string_view part, ApiAnswer given) {
    expected_.emplace_back(part, std::move(given));
  }
  [[nodiscard]] std::size_t asked() const { return server.requests().size(); }
  /// Whether that many requests come.
  [[nodiscard]] bool comes(std::size_t requests) {
    return run_until([this, requests] { return asked() >= requests; });
  }
  void pass(std::chrono::milliseconds time) {
    clock.advance(time);
    turn(20);
  }
  void stop_serving() {
    server.stop_listening();
    for (auto& each : server.connections()) {
      if (each.open()) {
        each.reset();
      }
    }
  }

  http::test::ScriptedServer server{loop(), [this](ApiConnection& from) { serve(from); }};
  std::string wrong;

 private:
  void serve(ApiConnection& from) {
    std::string request;
    while (from.take_request(request)) {
      if (expected_.empty()) {
        wrong += "unexpected: " + request.substr(0, request.find('\r')) + "\n";
        return;
      }
      auto [part, given] = std::move(expected_.front());
      expected_.pop_front();
      if (!request.contains(part)) {
        wrong += "without " + part + ": " + request.substr(0, request.find('\r')) + "\n";
      }
      given(from);
    }
  }

  std::deque<std::pair<std::string, ApiAnswer>> expected_;
};

[[nodiscard]] inline std::string words(Refusal refusal) {
  switch (refusal) {
    case Refusal::access_denied:
      return "access denied";
    case Refusal::not_found:
      return "not found";
    case Refusal::invalid_request:
      return "invalid request";
    case Refusal::throttled:
      return "throttled";
    case Refusal::not_signed_right:
      return "not signed right";
    case Refusal::clock:
      return "clock";
    case Refusal::server_error:
      return "server error";
    case Refusal::unexpected:
      break;
  }
  return "unexpected";
}

[[nodiscard]] inline std::string words(Fault fault) {
  switch (fault) {
    case Fault::unreachable:
      return "unreachable";
    case Fault::not_trusted:
      return "not trusted";
    case Fault::timed_out:
      return "timed out";
    case Fault::cut_off:
      return "cut off";
    case Fault::not_the_form:
      return "not the form";
    case Fault::too_large:
      return "too large";
    case Fault::credential:
      return "credential";
    case Fault::internal:
      break;
  }
  return "internal";
}

/// "throttled 400", "unreachable", "done".
[[nodiscard]] inline std::string words(const std::optional<Failure>& failure) {
  if (!failure) {
    return "done";
  }
  BOOST_TEST(failure->refusal.has_value() != failure->fault.has_value());
  const std::string text = failure->refusal ? words(*failure->refusal) : words(*failure->fault);
  return text + (failure->status == 0 ? "" : " " + std::to_string(failure->status));
}

}  // namespace blindfold::aws
