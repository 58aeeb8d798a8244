#include "clients/kubernetes/token_source.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "clients/account/file.hpp"
#include "clients/kubernetes/exec_credential.hpp"
#include "clients/kubernetes/token_source_wish.hpp"
#include "platform/base/backoff.hpp"
#include "platform/base/clock.hpp"
#include "platform/helper/helper.hpp"

namespace blindfold::kubernetes {
namespace {

using namespace std::chrono_literals;

using Answer = base::Result<const secret::SecretBuffer*>;

constexpr auto oldest_from_file = 60s;  // a bound token file is replaced at 80 % of an hour or more
constexpr auto ahead_of_expiry = 60s;   // or a tenth of the token's life, where that is less
constexpr auto least_life = 10s;        // a plugin is not run more often for tokens that end sooner
constexpr auto no_patience = 0ms;       // with a pipe: this is the loop
constexpr auto youngest_to_refresh = 1s;  // a refusal was of the one before

}  // namespace

class TokenSource::Implementation final : public TokenGiver {
 public:
  Implementation(loop::Loop& loop, Credential credential, helper::Helper* helper)
      : loop_(loop), credential_(std::move(credential)), helper_(helper) {
    if (auto* const fixed = std::get_if<StaticToken>(&credential_)) {
      token_ = std::move(fixed->token);
    }
  }

  virtual ~Implementation() { std::ranges::for_each(wishes_, &TokenWish::forget); }
  Implementation(const Implementation&) = delete;
  Implementation& operator=(const Implementation&) = delete;
  Implementation(Implementation&&) = delete;
  Implementation& operator=(Implementation&&) = delete;

  std::unique_ptr<Wish> want(Ready ready) {
    auto wish = std::make_unique<TokenWish>(loop_, *this, std::move(ready));
    wishes_.push_back(wish.get());
    return wish;
  }

  void refused() noexcept {
    if (obtained_ && loop_.now().steady - *obtained_ >= youngest_to_refresh) {
      refused_ = true;
    }
  }

  void serve(TokenWish& wish) noexcept override {
    if (const auto* const file = std::get_if<TokenFile>(&credential_)) {
      if (!is_fresh()) {
        take(account::read_file(file->path, account::largest_token, no_patience), file->path);
      }
      wish.answer(answer());
      return;
    }
    const auto* const plugin = std::get_if<ExecPlugin>(&credential_);
    if (plugin == nullptr || is_fresh() || loop_.now().steady < next_try_) {
      wish.answer(answer());
      return;
    }
    kept_.push_back(&wish);
    if (run_ == nullptr) {
      run(*plugin);
    }
  }

  void conclude(TokenWish& wish) noexcept override { wish.answer(answer()); }

  void leave(TokenWish& wish) noexcept override {
    std::erase(wishes_, &wish);
    std::erase(kept_, &wish);
  }

 private:
  [[nodiscard]] bool is_fresh() const noexcept {
    const base::Instant now = loop_.now();
    return obtained_ && !refused_ && now.system < refresh_at_ &&
           (std::holds_alternative<ExecPlugin>(credential_) ||
            now.steady - *obtained_ < oldest_from_file);
  }

  /// An old one is good until it ends or is refused.
  [[nodiscard]] Answer answer() const noexcept {
    const bool old_is_good = obtained_ && !refused_ && loop_.now().system < ends_;
    if (error_ && !old_is_good) {
      return std::unexpected(*error_);
    }
    return &token_;
  }

  void take(base::Result<secret::SecretBuffer> read, const std::string& path) {
    auto token = read ? account::usable_token(*read, path) : std::move(read);
    if (token) {
      keep({.token = *std::move(token), .expires = std::nullopt});
    } else {
      error_ = std::move(token.error());
    }
  }

  void keep(ExecCredential credential) {
    const base::Instant now = loop_.now();
    token_ = std::move(credential.token);
    obtained_ = now.steady;
    refused_ = false;
    error_.reset();
    ends_ = base::SystemTime::max();
    refresh_at_ = base::SystemTime::max();
    if (credential.expires) {
      const auto life = std::max<base::SystemTime::duration>(*credential.expires - now.system, 0s);
      const auto ahead = std::min<base::SystemTime::duration>(ahead_of_expiry, life / 10);
      ends_ = std::max<base::SystemTime>(*credential.expires, now.system + least_life);
      refresh_at_ =
          std::max<base::SystemTime>(*credential.expires - ahead, now.system + least_life);
    }
  }

  void run(const ExecPlugin& plugin) {
    if (helper_ == nullptr) {
      error_ = base::Error{
          base::ErrorKind::internal, "there is no helper process to run the credential plugin", {}};
      tell_all();
      return;
    }
    auto taken = [this, &plugin](base::Result<secret::SecretBuffer> output) noexcept {
      take_output(std::move(output), plugin);
    };
    run_ = helper_->run(plugin.name, std::move(taken));
  }

  /// `plugin` is a part of credential_, which does not change.
  void take_output(base::Result<secret::SecretBuffer> output, const ExecPlugin& plugin) noexcept {
    run_.reset();
    auto credential = output ? read_exec_credential(*output, plugin.api_version)
                             : base::Result<ExecCredential>(std::unexpected(output.error()));
    if (credential) {
      keep(*std::move(credential));
      backoff_.reset();
    } else {
      fail(std::move(credential.error()), plugin);
    }
    tell_all();
  }

  void fail(base::Error error, const ExecPlugin& plugin) {
    if (error.kind == base::ErrorKind::missing && !plugin.install_hint.empty()) {
      error.hint = plugin.install_hint;
    }
    error_ = std::move(error);
    next_try_ = loop_.now().steady + backoff_.next();
  }

  void tell_all() noexcept {
    for (TokenWish* const wish : std::exchange(kept_, {})) {
      wish->later();
    }
  }

  loop::Loop& loop_;
  Credential credential_;
  helper::Helper* helper_;
  secret::SecretBuffer token_;
  std::optional<base::SteadyTime> obtained_;
  base::SystemTime refresh_at_ = base::SystemTime::max();
  base::SystemTime ends_ = base::SystemTime::max();
  bool refused_ = false;
  std::optional<base::Error> error_;
  base::SteadyTime next_try_ = base::SteadyTime::min();
  base::Backoff backoff_{1s, 30s};
  std::vector<TokenWish*> wishes_;  ///< all of them
  std::vector<TokenWish*> kept_;    ///< those that wait for the run
  std::unique_ptr<helper::Helper::Run> run_;
};

TokenSource::TokenSource(loop::Loop& loop, Credential credential, helper::Helper* helper)
    : implementation_(std::make_unique<Implementation>(loop, std::move(credential), helper)) {
}

TokenSource::~TokenSource() = default;

std::unique_ptr<TokenSource::Wish> TokenSource::want(Ready ready) {
  return implementation_->want(std::move(ready));
}

void TokenSource::refused() noexcept {
  implementation_->refused();
}

}  // namespace blindfold::kubernetes
