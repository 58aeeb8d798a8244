#include "doctor/aws/aws.hpp"

#include <cstddef>
#include <string>
#include <utility>
#include <variant>

#include "clients/aws/credential_source.hpp"
#include "clients/aws/session.hpp"
#include "doctor/aws/aws_trial.hpp"

namespace blindfold::doctor {
namespace {

struct Subject {
  std::string operator()(const aws::EnvironmentKeys& keys) const {
    return keys.credentials.access_key_id;
  }
  std::string operator()(const aws::ProfileKeys& keys) const { return keys.profile; }
  std::string operator()(const aws::WebIdentity& identity) const { return identity.role_arn; }
  std::string operator()(const aws::AssumedRole& role) const { return role.role_arn; }
  std::string operator()(const aws::Process& process) const { return process.name; }
  std::string operator()(const aws::SingleSignOn& sign_on) const {
    return sign_on.account_id + "/" + sign_on.role_name;
  }
  std::string operator()(const aws::Container& container) const { return container.url; }
  std::string operator()(const aws::Instance& instance) const { return instance.endpoint; }
};

IdentityProof try_as(loop::Loop& loop, aws::Session& session, const aws::Source& source,
                     std::span<const model::Requirement> requirements) {
  IdentityProof proof{.place = aws::place_of(source),
                      .subject = std::visit(Subject{}, source.kind)};
  AwsTrial trial(loop, session, requirements, [&loop, &proof](const model::Sight& sight) noexcept {
    proof.sight = sight;
    loop.stop();
  });
  trial.start(trial.usual_time());
  loop.run();
  proof.attempts = trial.attempts();
  return proof;
}

}  // namespace

base::Result<AwsReport> try_aws(loop::Loop& loop, const aws::Account& account,
                                helper::Helper* helper,
                                std::span<const model::Requirement> requirements) {
  AwsReport report{.identities = {}, .without = account.without};
  for (std::size_t source = 0; source < account.sources.size(); ++source) {
    auto session = aws::Session::make(loop, account, source, helper);
    if (!session) {
      return std::unexpected(std::move(session.error()));
    }
    report.identities.push_back(try_as(loop, **session, account.sources[source], requirements));
  }
  return report;
}

}  // namespace blindfold::doctor
