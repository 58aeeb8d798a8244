#pragma once

#include <boost/test/unit_test.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/http/client.hpp"
#include "support/loop_fixture.hpp"

namespace blindfold::http::test {

/// A receiver that records, and does in each call what a test has it do.
class Record final : public Receiver {
 public:
  bool on_head(const Head& head) noexcept override {
    BOOST_TEST(!end.has_value());
    heads.push_back(head);
    return !at_head || at_head();
  }
  bool on_data(std::string_view bytes) noexcept override {
    BOOST_TEST(!end.has_value());
    ++pieces;
    body += bytes;
    return !at_data || at_data();
  }
  void on_end(base::Result<> result) noexcept override {
    BOOST_TEST(!end.has_value());
    end = std::move(result);
    if (at_end) {
      const auto now = std::exchange(at_end, {});
      now();
    }
  }

  [[nodiscard]] bool ended() const noexcept { return end.has_value(); }
  [[nodiscard]] bool succeeded() const noexcept { return end && end->has_value(); }
  /// "" where it ended well.
  [[nodiscard]] std::string what() const { return ended() && !*end ? end->error().what : ""; }
  [[nodiscard]] std::optional<base::ErrorKind> kind() const {
    return ended() && !*end ? std::optional(end->error().kind) : std::nullopt;
  }
  void forget() {
    heads.clear();
    body.clear();
    end.reset();
  }

  std::vector<Head> heads;
  std::string body;
  int pieces = 0;
  std::optional<base::Result<>> end;
  std::function<bool()> at_head;
  std::function<bool()> at_data;
  std::function<void()> at_end;
};

[[nodiscard]] inline std::unique_ptr<Client> client_of(loop::Loop& loop, Endpoint endpoint,
                                                       ClientOptions options = {}) {
  auto client = Client::make(loop, std::move(endpoint), std::move(options));
  BOOST_REQUIRE_MESSAGE(client.has_value(), (client ? std::string() : client.error().what));
  return std::move(*client);
}

[[nodiscard]] inline Request get(std::string target) {
  Request request;
  request.target = std::move(target);
  return request;
}

/// A client, one transfer of it and its record.
struct Asking {
  Asking(loop::Loop& loop, Endpoint endpoint, ClientOptions options = {})
      : client(client_of(loop, std::move(endpoint), std::move(options))),
        transfer(*client, record) {}

  std::unique_ptr<Client> client;
  Record record;
  Transfer transfer;
};

[[nodiscard]] inline secret::SecretBuffer secret_of(std::string_view bytes) {
  auto buffer = secret::SecretBuffer::with_capacity(bytes.size());
  BOOST_REQUIRE(buffer.has_value());
  BOOST_REQUIRE(buffer->append(bytes).has_value());
  return std::move(*buffer);
}

}  // namespace blindfold::http::test
