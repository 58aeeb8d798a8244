#pragma once

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "clients/kubernetes/connection.hpp"
#include "clients/kubernetes/status.hpp"
#include "support/loop_fixture.hpp"
#include "unit/platform/http/scripted_server.hpp"

namespace blindfold::kubernetes {

using ApiConnection = http::test::ScriptedServer::Connection;
using ApiAnswer = std::function<void(ApiConnection&)>;

/// A whole reply.
[[nodiscard]] inline ApiAnswer answer(
    std::string_view body, std::string_view status = "200 OK",
    std::string_view fields = "Content-Type: application/json\r\n") {
  return [text = http::test::reply(body, fields, status)](ApiConnection& to) { to.send(text); };
}

[[nodiscard]] inline std::string chunk(std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string size;
  for (std::size_t rest = text.size(); rest > 0; rest /= 16) {
    size.insert(size.begin(), digits[rest % 16]);
  }
  return size + "\r\n" + std::string(text) + "\r\n";
}

inline constexpr std::string_view last_chunk = "0\r\n\r\n";

/// The beginning of a reply that goes on.
[[nodiscard]] inline std::string stream_head() {
  return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
}

/// Says nothing.
inline void say_nothing(ApiConnection& /*to*/) {
}

/// An API server that answers what is expected of it, in order, and notes what
/// was asked otherwise; an account of it; time that passes when the test says so.
class ApiFixture : public support::ManualLoopFixture {
 public:
  ApiFixture() { connect({}); }
  ~ApiFixture() {
    BOOST_TEST(wrong == "");
    BOOST_TEST(expected_.empty(), "not everything that was expected was asked for");
  }
  ApiFixture(const ApiFixture&) = delete;
  ApiFixture& operator=(const ApiFixture&) = delete;
  ApiFixture(ApiFixture&&) = delete;
  ApiFixture& operator=(ApiFixture&&) = delete;

  void connect(Account account) {
    account.endpoint.url = server.url();
    account.name_space = "app";
    auto made = Connection::make(loop(), std::move(account), nullptr);
    BOOST_REQUIRE(made.has_value());
    connection = *std::move(made);
  }

  /// The next request has `part` in it, and gets that answer.
  void expect(std::string_view part, ApiAnswer given) {
    expected_.emplace_back(part, std::move(given));
  }
  /// The same; the reply begins with `text` and goes on: stream() is where.
  void expect_stream(std::string_view part, std::string_view text = "") {
    expect(part, [this, text = std::string(text)](ApiConnection& to) {
      stream_ = &to;
      to.send(stream_head() + (text.empty() ? "" : chunk(text)));
    });
  }
  void stream(std::string_view text) { stream_->send(chunk(text)); }
  void end_stream() { stream_->send(last_chunk); }
  void break_stream() { stream_->reset(); }

  [[nodiscard]] std::size_t asked() const { return server.requests().size(); }
  /// Whether that many requests come.
  [[nodiscard]] bool comes(std::size_t requests,
                           std::chrono::milliseconds limit = std::chrono::seconds(10)) {
    return run_until([this, requests] { return asked() >= requests; }, limit);
  }
  /// Whether nothing more comes, though time passes.
  [[nodiscard]] bool quiet_for(std::chrono::milliseconds time) {
    const std::size_t before = asked();
    for (int step = 0; step < 10; ++step) {
      pass(time / 10);
    }
    return !comes(before + 1, std::chrono::milliseconds(20));
  }
  void pass(std::chrono::milliseconds time) {
    clock.advance(time);
    turn(20);
  }

  http::test::ScriptedServer server{loop(), [this](ApiConnection& from) { serve(from); }};
  std::unique_ptr<Connection> connection;
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
  ApiConnection* stream_ = nullptr;
};

/// "403", "cut off 200", "unreachable".
[[nodiscard]] inline std::string words(const Failure& failure) {
  std::string text;
  if (failure.fault) {
    switch (*failure.fault) {
      case Fault::unreachable:
        text = "unreachable";
        break;
      case Fault::not_trusted:
        text = "not trusted";
        break;
      case Fault::timed_out:
        text = "timed out";
        break;
      case Fault::cut_off:
        text = "cut off";
        break;
      case Fault::not_the_form:
        text = "not the form";
        break;
      case Fault::too_large:
        text = "too large";
        break;
      case Fault::credential:
        text = "credential";
        break;
      case Fault::internal:
        text = "internal";
        break;
    }
  }
  if (failure.status.code != 0) {
    text += (text.empty() ? "" : " ") + std::to_string(failure.status.code);
  }
  return text;
}

}  // namespace blindfold::kubernetes
