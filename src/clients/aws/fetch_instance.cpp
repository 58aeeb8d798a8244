#include "clients/aws/fetch_instance.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>
#include <utility>

#include "clients/account/file.hpp"
#include "clients/aws/endpoints.hpp"
#include "clients/aws/fetch_end.hpp"
#include "clients/aws/fetch_failure.hpp"
#include "clients/aws/secret_exchange.hpp"
#include "core/manifest/characters.hpp"
#include "platform/loop/timer.hpp"

namespace blindfold::aws {
namespace {

using namespace std::chrono_literals;

constexpr auto timeout = 1s;
constexpr auto between_tries = 1s;
constexpr int most_tries = 3;
constexpr const char* role_path = "/latest/meta-data/iam/security-credentials/";

class InstanceFetch final : public Fetch {
 public:
  InstanceFetch(loop::Loop& loop, const Account& account, const Instance& instance,
                model::CredentialPlace place, Fetched done)
      : failures_(place, host_in(instance.endpoint)),
        end_(loop, std::move(done)),
        again_(loop, [this]() noexcept { ask(); }) {
    auto endpoint = endpoint_at(account, "the instance's endpoint", instance.endpoint);
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
    ask();
  }

 private:
  enum class Step : std::uint8_t { token, role, credentials };

  void ask() noexcept {
    ++tries_;
    if (step_ == Step::token) {
      exchange_->start({.method = "PUT",
                        .target = "/latest/api/token",
                        .headers = {{"X-aws-ec2-metadata-token-ttl-seconds", "21600"}}},
                       {}, timeout);
      return;
    }
    exchange_->start({.target = role_path + role_},
                     {.name = "X-aws-ec2-metadata-token", .prefix = "", .value = &token_}, timeout);
  }

  void take(const SecretExchange::Reply& reply) noexcept {
    const bool late = reply.status == 0 && reply.trouble == model::CredentialTrouble::timed_out;
    if ((late || is_passing(reply.status)) && tries_ < most_tries) {
      again_.start(late ? 0s : between_tries);
      return;
    }
    if (reply.status != 200) {
      end_.now(failures_.of(reply));
      return;
    }
    switch (step_) {
      case Step::token:
        take_token(reply);
        return;
      case Step::role:
        take_role(reply);
        return;
      case Step::credentials:
        end_.now(failures_.or_credentials(reply, metadata_form));
        return;
    }
  }

  void take_token(const SecretExchange::Reply& reply) noexcept {
    auto token = account::usable_token(reply.body, "");
    if (!token) {
      end_.now(failures_.of(reply));
      return;
    }
    token_ = *std::move(token);
    go_on(Step::role);
  }

  /// The first line; there is one role.
  void take_role(const SecretExchange::Reply& reply) noexcept {
    constexpr std::size_t longest = 64;
    role_ = reply.body.with_bytes([](std::string_view text) {
      return std::string(text.substr(0, std::min(text.find_first_of("\r\n"), longest + 1)));
    });
    if (!manifest::consists_of(role_, "_+=,.@-", longest)) {
      end_.now(failures_.of(reply));
      return;
    }
    go_on(Step::credentials);
  }

  void go_on(Step step) noexcept {
    step_ = step;
    tries_ = 0;
    ask();
  }

  FetchFailures failures_;
  FetchEnd end_;
  loop::Timer again_;
  std::unique_ptr<SecretExchange> exchange_;
  Step step_ = Step::token;
  int tries_ = 0;
  secret::SecretBuffer token_;
  std::string role_;
};

}  // namespace

std::unique_ptr<Fetch> fetch_instance(loop::Loop& loop, const Account& account,
                                      const Instance& instance, model::CredentialPlace place,
                                      Fetched done) {
  return std::make_unique<InstanceFetch>(loop, account, instance, place, std::move(done));
}

}  // namespace blindfold::aws
