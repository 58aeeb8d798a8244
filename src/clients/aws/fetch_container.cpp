#include "clients/aws/fetch_container.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <utility>

#include "clients/account/file.hpp"
#include "clients/aws/credential_reader.hpp"
#include "clients/aws/endpoints.hpp"
#include "clients/aws/fetch_end.hpp"
#include "clients/aws/fetch_failure.hpp"
#include "clients/aws/secret_exchange.hpp"
#include "clients/aws/token_file.hpp"
#include "platform/loop/timer.hpp"

namespace blindfold::aws {
namespace {

using namespace std::chrono_literals;

constexpr auto timeout = 5s;
constexpr auto between_tries = 1s;
constexpr int most_tries = 3;

class ContainerFetch final : public Fetch {
 public:
  ContainerFetch(loop::Loop& loop, const Account& account, const Container& container,
                 model::CredentialPlace place, Fetched done)
      : container_(container),
        failures_(place, host_in(container.url)),
        end_(loop, std::move(done)),
        again_(loop, [this]() noexcept { ask(); }) {
    const std::size_t path = container.url.find('/', container.url.find("://") + 3);
    target_ = path == std::string::npos ? "/" : container.url.substr(path);
    auto endpoint = endpoint_at(account, "the container's endpoint", container.url.substr(0, path));
    auto exchange = endpoint
                        ? SecretExchange::make(
                              loop, *std::move(endpoint),
                              [this](const SecretExchange::Reply& reply) noexcept { take(reply); })
                        : std::unexpected(std::move(endpoint.error()));
    if (!exchange) {
      end_.later(failures_.of(model::CredentialTrouble::internal));
      return;
    }
    exchange_ = *std::move(exchange);
    if (const auto failure = read_token()) {
      end_.later(std::unexpected(*failure));
      return;
    }
    ask();
  }

 private:
  std::optional<model::CredentialFailure> read_token() {
    if (container_.token_file.empty()) {
      return copy_token();
    }
    auto token = read_token_file(container_.token_file, failures_.place());
    if (!token) {
      return std::move(token.error());
    }
    token_ = *std::move(token);
    return std::nullopt;
  }

  /// That of the environment, which may have its scheme before it.
  std::optional<model::CredentialFailure> copy_token() {
    if (container_.token.empty()) {
      return std::nullopt;
    }
    auto copied = container_.token.with_bytes([this](std::string_view text) {
      const std::size_t scheme = text.find(' ') + 1;
      scheme_ = text.substr(0, scheme);
      return account::copied(text.substr(scheme));
    });
    if (!copied) {
      return failures_.of(model::CredentialTrouble::internal).error();
    }
    token_ = *std::move(copied);
    return std::nullopt;
  }

  void ask() noexcept {
    ++tries_;
    exchange_->start({.target = target_, .headers = {{"Accept", "application/json"}}},
                     {.name = "Authorization", .prefix = scheme_, .value = &token_}, timeout);
  }

  void take(const SecretExchange::Reply& reply) noexcept {
    if (is_passing(reply.status) && tries_ < most_tries) {
      again_.start(between_tries);
      return;
    }
    end_.now(failures_.or_credentials(reply, metadata_form));
  }

  const Container& container_;
  FetchFailures failures_;
  FetchEnd end_;
  loop::Timer again_;
  std::unique_ptr<SecretExchange> exchange_;
  std::string target_;
  std::string scheme_;  ///< "Basic ", or empty
  secret::SecretBuffer token_;
  int tries_ = 0;
};

}  // namespace

std::unique_ptr<Fetch> fetch_container(loop::Loop& loop, const Account& account,
                                       const Container& container, model::CredentialPlace place,
                                       Fetched done) {
  return std::make_unique<ContainerFetch>(loop, account, container, place, std::move(done));
}

}  // namespace blindfold::aws
