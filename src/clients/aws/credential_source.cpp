#include "clients/aws/credential_source.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>
#include <variant>

#include "clients/aws/credential_wish.hpp"
#include "clients/aws/fetch_end.hpp"
#include "clients/aws/fetch_source.hpp"
#include "platform/base/backoff.hpp"
#include "platform/base/clock.hpp"

namespace blindfold::aws {
namespace {

using namespace std::chrono_literals;

constexpr auto ahead_of_expiry = 5min;
constexpr auto youngest_to_refresh = 1s;  // a refusal was of those before
constexpr auto first_wait = 1s;
constexpr auto longest_wait = 5min;

}  // namespace

model::CredentialPlace place_of(const Source& source) noexcept {
  if (std::holds_alternative<EnvironmentKeys>(source.kind)) {
    return model::CredentialPlace::environment;
  }
  if (const auto* const identity = std::get_if<WebIdentity>(&source.kind)) {
    return identity->profile.empty() ? model::CredentialPlace::web_identity
                                     : model::CredentialPlace::profile;
  }
  if (std::holds_alternative<Container>(source.kind)) {
    return model::CredentialPlace::container;
  }
  return std::holds_alternative<Instance>(source.kind) ? model::CredentialPlace::instance
                                                       : model::CredentialPlace::profile;
}

class CredentialSource::Implementation final : public CredentialGiver {
 public:
  Implementation(loop::Loop& loop, const Source* source, const Account& account,
                 helper::Helper* helper)
      : loop_(loop), source_(source), account_(account), helper_(helper) {}

  virtual ~Implementation() { std::ranges::for_each(wishes_, &CredentialWish::forget); }
  Implementation(const Implementation&) = delete;
  Implementation& operator=(const Implementation&) = delete;
  Implementation(Implementation&&) = delete;
  Implementation& operator=(Implementation&&) = delete;

  std::unique_ptr<Wish> want(Ready ready) {
    auto wish = std::make_unique<CredentialWish>(loop_, *this, std::move(ready));
    wishes_.push_back(wish.get());
    return wish;
  }

  void refused() noexcept {
    if (obtained_ && loop_.now().steady - *obtained_ >= youngest_to_refresh) {
      refused_ = true;
    }
  }

  void serve(CredentialWish& wish) noexcept override {
    if (source_ != nullptr && fetch_ == nullptr && !is_fresh() && loop_.now().steady >= next_try_) {
      begin();
    }
    if (fetch_ == nullptr || is_good()) {
      wish.answer(answer());
      return;
    }
    kept_.push_back(&wish);
  }

  void conclude(CredentialWish& wish) noexcept override { wish.answer(answer()); }

  void leave(CredentialWish& wish) noexcept override {
    std::erase(wishes_, &wish);
    std::erase(kept_, &wish);
  }

 private:
  /// Those that there are can be used.
  [[nodiscard]] bool is_good() const noexcept {
    return credentials_ && !refused_ &&
           (!credentials_->expires || loop_.now().system < *credentials_->expires);
  }

  /// They can be used for long enough not to look for others.
  [[nodiscard]] bool is_fresh() const noexcept {
    return is_good() && (!credentials_->expires || loop_.now().system < refresh_at_);
  }

  [[nodiscard]] CredentialAnswer answer() const {
    if (is_good()) {
      return &*credentials_;
    }
    if (source_ == nullptr) {
      return std::unexpected(account_.without);
    }
    const model::CredentialPlace place = place_of(*source_);
    CredentialFailures failures;
    std::ranges::copy_if(account_.without, std::back_inserter(failures),
                         [place](const auto& each) { return each.place < place; });
    failures.push_back(failure_
                           ? *failure_
                           : model::CredentialFailure{
                                 .place = place, .trouble = model::CredentialTrouble::waiting});
    return std::unexpected(std::move(failures));
  }

  void begin() {
    fetch_ =
        fetch_source({.loop = loop_,
                      .account = account_,
                      .helper = helper_,
                      .place = place_of(*source_),
                      .again = credentials_.has_value()},
                     *source_, [this](FetchResult result) noexcept { take(std::move(result)); });
  }

  void take(FetchResult result) noexcept {
    fetch_.reset();
    if (result) {
      keep(*std::move(result));
    } else {
      failure_ = std::move(result.error());
      next_try_ = loop_.now().steady + backoff_.next();
    }
    for (CredentialWish* const wish : std::exchange(kept_, {})) {
      wish->later();
    }
  }

  void keep(Credentials credentials) {
    const base::Instant now = loop_.now();
    credentials_ = std::move(credentials);
    obtained_ = now.steady;
    refused_ = false;
    failure_.reset();
    backoff_.reset();
    next_try_ = base::SteadyTime::min();
    if (credentials_->expires) {
      // Those that live for less than ten minutes are used for half of that.
      const auto life = *credentials_->expires - now.system;
      refresh_at_ =
          *credentials_->expires - std::min<base::SystemTime::duration>(ahead_of_expiry, life / 2);
    }
  }

  loop::Loop& loop_;
  const Source* source_;
  const Account& account_;
  helper::Helper* helper_;
  std::optional<Credentials> credentials_;  ///< the last good ones
  std::optional<base::SteadyTime> obtained_;
  base::SystemTime refresh_at_{};
  bool refused_ = false;
  std::optional<model::CredentialFailure> failure_;  ///< of the last attempt
  base::SteadyTime next_try_ = base::SteadyTime::min();
  base::Backoff backoff_{first_wait, longest_wait};
  std::vector<CredentialWish*> wishes_;  ///< all of them
  std::vector<CredentialWish*> kept_;    ///< those that wait for the attempt
  std::unique_ptr<Fetch> fetch_;
};

CredentialSource::CredentialSource(loop::Loop& loop, const Source* source, const Account& account,
                                   helper::Helper* helper)
    : implementation_(std::make_unique<Implementation>(loop, source, account, helper)) {
}

CredentialSource::~CredentialSource() = default;

std::unique_ptr<CredentialSource::Wish> CredentialSource::want(Ready ready) {
  return implementation_->want(std::move(ready));
}

void CredentialSource::refused() noexcept {
  implementation_->refused();
}

}  // namespace blindfold::aws
