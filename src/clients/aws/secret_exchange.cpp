#include "clients/aws/secret_exchange.hpp"

#include <utility>

#include "clients/aws/credential_reader.hpp"

namespace blindfold::aws {
namespace {

using model::CredentialTrouble;

// The deadline is ours: it tells a server that is silent from one that is not there.
constexpr std::chrono::milliseconds connect_timeout = std::chrono::minutes(1);

CredentialTrouble trouble_of(base::ErrorKind kind) noexcept {
  switch (kind) {
    case base::ErrorKind::denied:
      return CredentialTrouble::not_trusted;
    case base::ErrorKind::unreachable:
      return CredentialTrouble::unreachable;
    case base::ErrorKind::limit:
    case base::ErrorKind::protocol:
      return CredentialTrouble::not_the_form;
    default:
      return CredentialTrouble::internal;
  }
}

}  // namespace

base::Result<std::unique_ptr<SecretExchange>> SecretExchange::make(loop::Loop& loop,
                                                                   http::Endpoint endpoint,
                                                                   Done done) {
  auto client = http::Client::make(loop, std::move(endpoint),
                                   {.streams = 1,
                                    .connections = 1,
                                    .connect_timeout = connect_timeout,
                                    .user_agent = "blindfold/" BLINDFOLD_VERSION});
  if (!client) {
    return std::unexpected(std::move(client.error()));
  }
  return std::make_unique<SecretExchange>(loop, *std::move(client), std::move(done));
}

SecretExchange::SecretExchange(loop::Loop& loop, std::unique_ptr<http::Client> client,
                               Done done) noexcept
    : client_(std::move(client)),
      done_(std::move(done)),
      transfer_(*client_, *this),
      deadline_(loop,
                [this]() noexcept {
                  transfer_.cancel();
                  fail(CredentialTrouble::timed_out);
                }),
      turn_(loop, [this]() noexcept { fail(CredentialTrouble::internal); }) {
}

void SecretExchange::start(http::Request request, http::SecretHeader credential,
                           std::chrono::milliseconds timeout) noexcept {
  status_ = 0;
  body_.clear();
  auto room = secret::SecretBuffer::with_capacity(largest_credentials);
  if (!room) {
    turn_.schedule();
    return;
  }
  body_ = *std::move(room);
  request.timeout = std::nullopt;
  request.max_body = largest_credentials;
  deadline_.start(timeout);
  transfer_.start(std::move(request), credential);
}

bool SecretExchange::on_head(const http::Head& head) noexcept {
  status_ = head.status;
  return true;
}

bool SecretExchange::on_data(std::string_view bytes) noexcept {
  return body_.append(bytes).has_value();
}

void SecretExchange::on_end(base::Result<> result) noexcept {
  deadline_.stop();
  // An error's body is not needed to know what it says.
  if (!result && (status_ == 0 || (status_ >= 200 && status_ < 300))) {
    fail(trouble_of(result.error().kind));
    return;
  }
  done_(Reply{.status = status_, .body = body_});
}

void SecretExchange::fail(CredentialTrouble trouble) noexcept {
  body_.clear();
  done_(Reply{.status = 0, .trouble = trouble, .body = body_});
}

bool is_passing(int status) noexcept {
  return status == 429 || status >= 500;
}

}  // namespace blindfold::aws
