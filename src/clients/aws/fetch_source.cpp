#include "clients/aws/fetch_source.hpp"

#include <string>
#include <utility>
#include <variant>

#include "clients/aws/fetch_container.hpp"
#include "clients/aws/fetch_end.hpp"
#include "clients/aws/fetch_failure.hpp"
#include "clients/aws/fetch_instance.hpp"
#include "clients/aws/fetch_keys.hpp"
#include "clients/aws/fetch_process.hpp"
#include "clients/aws/fetch_sign_in.hpp"
#include "clients/aws/fetch_web_identity.hpp"
#include "clients/aws/sts.hpp"

namespace blindfold::aws {
namespace {

/// A role, with what its own source brings.
class AssumedRoleFetch final : public Fetch {
 public:
  AssumedRoleFetch(const FetchMeans& means, const AssumedRole& role, Fetched done)
      : loop_(means.loop),
        account_(means.account),
        place_(means.place),
        role_(role),
        end_(means.loop, std::move(done)),
        step_(fetch_source(means, *role.source,
                           [this](FetchResult result) noexcept { ask(std::move(result)); })) {}

 private:
  void ask(FetchResult result) noexcept {
    if (!result) {
      end_.now(std::move(result));
      return;
    }
    signed_with_ = *std::move(result);
    step_ = ask_sts(loop_, account_,
                    {.role_arn = role_.role_arn,
                     .session_name = role_.session_name,
                     .external_id = role_.external_id,
                     .duration = role_.duration,
                     .signed_with = &signed_with_,
                     .place = place_},
                    [this](FetchResult taken) noexcept { end_.now(std::move(taken)); });
  }

  loop::Loop& loop_;
  const Account& account_;
  model::CredentialPlace place_;
  const AssumedRole& role_;
  Credentials signed_with_;
  FetchEnd end_;
  std::unique_ptr<Fetch> step_;  ///< the source's, then STS's
};

/// Refuses what has expired already.
class SourceFetch final : public Fetch {
 public:
  SourceFetch(const FetchMeans& means, const Source& source, Fetched done)
      : loop_(means.loop),
        place_(means.place),
        source_(source),
        end_(means.loop, std::move(done)),
        attempt_(begin(means)) {}

 private:
  std::unique_ptr<Fetch> begin(const FetchMeans& means) {
    auto taken = [this](FetchResult result) noexcept { take(std::move(result)); };
    struct Begin {
      const FetchMeans& means;
      Fetched done;

      std::unique_ptr<Fetch> operator()(const EnvironmentKeys& keys) {
        return fetch_environment_keys(means.loop, keys, means.place, std::move(done));
      }
      std::unique_ptr<Fetch> operator()(const ProfileKeys& keys) {
        return fetch_profile_keys(means.loop, keys, means.again, means.place, std::move(done));
      }
      std::unique_ptr<Fetch> operator()(const WebIdentity& identity) {
        return fetch_web_identity(means.loop, means.account, identity, means.place,
                                  std::move(done));
      }
      std::unique_ptr<Fetch> operator()(const AssumedRole& role) {
        return std::make_unique<AssumedRoleFetch>(means, role, std::move(done));
      }
      std::unique_ptr<Fetch> operator()(const Process& process) {
        return fetch_process(means.loop, means.helper, process, means.place, std::move(done));
      }
      std::unique_ptr<Fetch> operator()(const SingleSignOn& sign_in) {
        return fetch_sign_in(means.loop, means.account, sign_in, means.place, std::move(done));
      }
      std::unique_ptr<Fetch> operator()(const Container& container) {
        return fetch_container(means.loop, means.account, container, means.place, std::move(done));
      }
      std::unique_ptr<Fetch> operator()(const Instance& instance) {
        return fetch_instance(means.loop, means.account, instance, means.place, std::move(done));
      }
    };
    return std::visit(Begin{means, std::move(taken)}, source_.kind);
  }

  void take(FetchResult result) noexcept {
    if (result && result->expires && *result->expires <= loop_.now().system) {
      end_.now(FetchFailures(place_, name()).of(model::CredentialTrouble::expired));
      return;
    }
    end_.now(std::move(result));
  }

  /// Where it came from, for a person.
  [[nodiscard]] std::string name() const {
    struct Name {
      std::string operator()(const EnvironmentKeys&) { return "AWS_CREDENTIAL_EXPIRATION"; }
      std::string operator()(const ProfileKeys& keys) { return keys.profile; }
      std::string operator()(const WebIdentity& identity) { return identity.role_arn; }
      std::string operator()(const AssumedRole& role) { return role.role_arn; }
      std::string operator()(const Process& process) { return process.arguments.front(); }
      std::string operator()(const SingleSignOn& sign_in) { return sign_in.role_name; }
      std::string operator()(const Container& container) { return host_in(container.url); }
      std::string operator()(const Instance& instance) { return host_in(instance.endpoint); }
    };
    return std::visit(Name{}, source_.kind);
  }

  loop::Loop& loop_;
  model::CredentialPlace place_;
  const Source& source_;
  FetchEnd end_;
  std::unique_ptr<Fetch> attempt_;
};

}  // namespace

std::unique_ptr<Fetch> fetch_source(const FetchMeans& means, const Source& source, Fetched done) {
  return std::make_unique<SourceFetch>(means, source, std::move(done));
}

}  // namespace blindfold::aws
