#include "clients/aws/fetch_sign_in.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <utility>

#include "clients/aws/credential_reader.hpp"
#include "clients/aws/endpoints.hpp"
#include "clients/aws/fetch_end.hpp"
#include "clients/aws/fetch_failure.hpp"
#include "clients/aws/percent.hpp"
#include "clients/aws/secret_exchange.hpp"
#include "clients/aws/token_file.hpp"

namespace blindfold::aws {
namespace {

using model::CredentialTrouble;

constexpr auto timeout = std::chrono::seconds(10);

std::string encoded(std::string_view text) {
  std::string result;
  for (const char byte : text) {
    if (is_unreserved(byte)) {
      result += byte;
    } else {
      percent_encode(byte, [&result](char c) { result += c; });
    }
  }
  return result;
}

class SignInFetch final : public Fetch {
 public:
  SignInFetch(loop::Loop& loop, const Account& account, const SingleSignOn& sign_in,
              model::CredentialPlace place, Fetched done)
      : sign_in_(sign_in),
        failures_(place, host_in(endpoint_url(account.endpoints, ServiceHost::sso_portal,
                                              sign_in.region))),
        end_(loop, std::move(done)) {
    const auto token = read_token(loop);
    if (!token) {
      end_.later(std::unexpected(token.error()));
      return;
    }
    auto endpoint = endpoint_of(account, ServiceHost::sso_portal, sign_in.region);
    auto exchange = endpoint
                        ? SecretExchange::make(
                              loop, *std::move(endpoint),
                              [this](const SecretExchange::Reply& reply) noexcept { take(reply); })
                        : std::unexpected(std::move(endpoint.error()));
    if (!exchange) {
      end_.later(failures_.of(CredentialTrouble::internal));
      return;
    }
    exchange_ = *std::move(exchange);
    exchange_->start({.target = "/federation/credentials?role_name=" + encoded(sign_in.role_name) +
                                "&account_id=" + encoded(sign_in.account_id)},
                     {.name = "x-amz-sso_bearer_token", .prefix = "", .value = &*token}, timeout);
  }

 private:
  [[nodiscard]] std::expected<secret::SecretBuffer, model::CredentialFailure> read_token(
      const loop::Loop& loop) const {
    const std::string& file = sign_in_.cache_file;
    const auto place = failures_.place();
    const auto bytes = read_secret_file(file, largest_credentials, place);
    if (!bytes) {
      return std::unexpected(bytes.error());
    }
    auto token = read_sign_in_token(*bytes);
    if (!token || token->expires <= loop.now().system) {
      return std::unexpected(model::CredentialFailure{
          .place = place,
          .trouble = token ? CredentialTrouble::expired : CredentialTrouble::file_wrong,
          .subject = file});
    }
    return std::move(token->token);
  }

  /// 401: the portal takes the token no more, whatever its file says.
  void take(const SecretExchange::Reply& reply) noexcept {
    if (reply.status == 401) {
      end_.now(
          FetchFailures(failures_.place(), sign_in_.cache_file).of(CredentialTrouble::expired));
      return;
    }
    end_.now(failures_.or_credentials(reply, portal_form));
  }

  const SingleSignOn& sign_in_;
  FetchFailures failures_;
  FetchEnd end_;
  std::unique_ptr<SecretExchange> exchange_;
};

}  // namespace

std::unique_ptr<Fetch> fetch_sign_in(loop::Loop& loop, const Account& account,
                                     const SingleSignOn& sign_in, model::CredentialPlace place,
                                     Fetched done) {
  return std::make_unique<SignInFetch>(loop, account, sign_in, place, std::move(done));
}

}  // namespace blindfold::aws
