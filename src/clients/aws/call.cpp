#include "clients/aws/call.hpp"

#include <utility>

#include "clients/aws/exchange.hpp"
#include "clients/aws/session_parts.hpp"

namespace blindfold::aws {

class Call::Implementation final {
 public:
  Implementation(Session::Parts& session, std::string region, json::Reader& reader,
                 Done done) noexcept
      : session_(session),
        region_(std::move(region)),
        done_(std::move(done)),
        exchange_(session.loop, session.clock, reader,
                  [this](const Exchange::Outcome& outcome) noexcept { came(outcome); }) {}

  void start(Operation operation, CallLimits limits) noexcept {
    operation_ = std::move(operation);
    limits_ = limits;
    running_ = true;
    refreshed_ = false;
    corrected_ = false;
    ask_for_credentials();
  }
  void cancel() noexcept {
    running_ = false;
    wish_.reset();
    exchange_.cancel();
  }
  [[nodiscard]] bool running() const noexcept { return running_; }

 private:
  void ask_for_credentials() noexcept {
    wish_ = session_.credentials.want(
        [this](const std::expected<const Credentials*, CredentialFailures>& ready) noexcept {
          if (ready) {
            send(**ready);
          } else {
            end(Failure{.fault = Fault::credential, .credentials = ready.error()});
          }
        });
  }

  void send(const Credentials& credentials) noexcept {
    const auto way = session_.way(host_of(operation_.service), region_);
    if (!way) {
      end(Failure{.fault = Fault::internal});
      return;
    }
    if (const auto sent = exchange_.start(**way, operation_, credentials, limits_); !sent) {
      const bool unusable = sent.error().kind == base::ErrorKind::configuration;
      end(unusable ? unusable_credentials() : Failure{.fault = Fault::internal});
    }
  }

  void came(const Exchange::Outcome& outcome) noexcept {
    if (outcome.remedy == Remedy::fresh_credentials && !std::exchange(refreshed_, true)) {
      session_.credentials.refused();
      ask_for_credentials();
    } else if (outcome.remedy == Remedy::right_clock && !std::exchange(corrected_, true)) {
      ask_for_credentials();
    } else if (outcome.failure && outcome.failure->fault == Fault::credential) {
      end(unusable_credentials());
    } else {
      end(outcome.failure);
    }
  }

  // Not what they are made of is said, only that they are of no use.
  [[nodiscard]] Failure unusable_credentials() const {
    return {.fault = Fault::credential,
            .credentials = {
                {.place = session_.place, .trouble = model::CredentialTrouble::not_the_form}}};
  }

  void end(const std::optional<Failure>& failure) noexcept {
    running_ = false;
    done_(failure);
  }

  Session::Parts& session_;
  std::string region_;
  loop::OwnedCallback<const std::optional<Failure>&> done_;
  Operation operation_;
  CallLimits limits_;
  std::unique_ptr<CredentialSource::Wish> wish_;
  Exchange exchange_;
  bool running_ = false;
  bool refreshed_ = false;  ///< the credentials, once
  bool corrected_ = false;  ///< the clock, once
};

Call::Call(Session& session, std::string region, json::Reader& reader, Done done)
    : implementation_(std::make_unique<Implementation>(*session.parts_, std::move(region), reader,
                                                       std::move(done))) {
}

Call::~Call() = default;

void Call::start(Operation operation, CallLimits limits) noexcept {
  implementation_->start(std::move(operation), limits);
}

void Call::cancel() noexcept {
  implementation_->cancel();
}

bool Call::running() const noexcept {
  return implementation_->running();
}

}  // namespace blindfold::aws
