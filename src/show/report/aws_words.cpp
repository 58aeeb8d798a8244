#include "show/report/aws_words.hpp"

#include <string_view>

#include "platform/base/printable.hpp"
#include "show/report/words.hpp"

namespace blindfold::report {
namespace {

std::string status_of(std::uint32_t status) {
  return status == 0 ? std::string() : " (" + std::to_string(status) + ")";
}

std::string trouble_of(const model::CredentialFailure& failure) {
  const std::string subject = quoted(failure.subject);
  switch (failure.trouble) {
    case model::CredentialTrouble::not_set:
      return subject + " is not set";
    case model::CredentialTrouble::incomplete:
      return subject + " is missing beside what is set";
    case model::CredentialTrouble::switched_off:
      return "switched off by " + subject;
    case model::CredentialTrouble::file_missing:
      return subject + " does not exist";
    case model::CredentialTrouble::file_denied:
      return "the agent's user may not read " + subject;
    case model::CredentialTrouble::file_wrong:
      return subject + " is not of its form";
    case model::CredentialTrouble::unreachable:
      return subject + " cannot be reached";
    case model::CredentialTrouble::timed_out:
      return failure.place == model::CredentialPlace::instance
                 ? subject +
                       " did not answer in time: in a container, raise the instance's hop "
                       "limit to 2, or give the pod or task a role of its own"
                 : subject + " did not answer in time";
    case model::CredentialTrouble::not_trusted:
      return subject + " is not whom the trusted certificates vouch for";
    case model::CredentialTrouble::refused:
      return "refused by " + subject + status_of(failure.status);
    case model::CredentialTrouble::not_the_form:
      return "what came from " + subject + " are no credentials";
    case model::CredentialTrouble::expired:
      return subject + " has expired: sign in again";
    case model::CredentialTrouble::failed:
      return subject + " failed";
    case model::CredentialTrouble::no_region:
      return "nothing says in which region to ask: set AWS_REGION";
    case model::CredentialTrouble::waiting:
      return "failed before, and is tried again later";
    case model::CredentialTrouble::internal:
      return "the agent failed";
  }
  return {};
}

struct Trouble {
  std::string_view what;
  std::string_view hint;
};

Trouble trouble_words(model::ApiTrouble trouble) noexcept {
  switch (trouble) {
    case model::ApiTrouble::unreachable:
      return {"cannot be reached", "check the network, a VPC endpoint and AWS_ENDPOINT_URL"};
    case model::ApiTrouble::not_trusted:
      return {"is not whom the trusted certificates vouch for", "check AWS_CA_BUNDLE"};
    case model::ApiTrouble::timed_out:
      return {"did not answer in time", "check the network on the way, and a VPC endpoint's rules"};
    case model::ApiTrouble::cut_off:
      return {"ended its answer in the middle", "check what stands between it and the agent"};
    case model::ApiTrouble::not_the_form:
      return {"answered in another form than was asked for, and the answer was dropped unread",
              "check AWS_ENDPOINT_URL"};
    case model::ApiTrouble::too_large:
      return {"answered with more than the agent reads", "check AWS_ENDPOINT_URL"};
    case model::ApiTrouble::credential:
      return {"cannot be asked: there are no credentials", "see agent doctor"};
    case model::ApiTrouble::unauthorized:
      return {"does not accept the agent's credentials", "they have expired or were revoked"};
    case model::ApiTrouble::clock:
      return {"refuses requests of this time", "set this machine's clock"};
    case model::ApiTrouble::throttled:
      return {"throttles this account", "the agent waits, or lower its rate under agent.poll"};
    case model::ApiTrouble::server_error:
      return {"failed", "the agent tries again"};
    case model::ApiTrouble::unexpected:
      return {"gave an answer that is not understood", "check AWS_ENDPOINT_URL"};
  }
  return {};
}

}  // namespace

std::string_view name_of(model::CredentialPlace place) noexcept {
  switch (place) {
    case model::CredentialPlace::environment:
      return "environment";
    case model::CredentialPlace::web_identity:
      return "web identity";
    case model::CredentialPlace::profile:
      return "profile";
    case model::CredentialPlace::container:
      return "container";
    case model::CredentialPlace::instance:
      return "instance metadata";
  }
  return {};
}

std::string describe(const model::CredentialFailure& failure) {
  return std::string(name_of(failure.place)) + ": " + trouble_of(failure);
}

std::string AwsWords::operator()(const model::AwsMissing& detail) const {
  const bool parameter = detail.store == model::StoreKind::aws_parameter_store;
  std::string words = std::string(parameter ? "parameter " : "secret ") + quoted(detail.name) +
                      " does not exist in " + quoted(detail.region);
  if (!detail.near_miss.empty()) {
    words += "; did you mean " + quoted(detail.near_miss) + "?";
  } else if (!detail.near_region.empty()) {
    words += "; there is one in " + quoted(detail.near_region);
  }
  return words;
}

std::string AwsWords::operator()(const model::NoCurrentVersion& /*detail*/) const {
  return "no version of the secret holds a value under AWSCURRENT: agent commands prints how to "
         "fill it";
}

std::string AwsWords::operator()(const model::ValueNotChecked& detail) const {
  return "whether it holds a value is not checked: the agent's identity may not " +
         base::printable(detail.action);
}

std::string AwsWords::operator()(const model::ScheduledForDeletion& /*detail*/) const {
  return "the secret is scheduled for deletion: restore it, a new one of its name cannot be "
         "created before";
}

std::string AwsWords::operator()(const model::ParameterType& detail) const {
  return "the parameter's type is " + quoted(detail.found) + ", not " + quoted(detail.expected) +
         ": delete it and create it anew, or overwrite it with that type";
}

std::string AwsWords::operator()(const model::ActionDenied& detail) const {
  std::string words = "the agent's identity may not " + base::printable(detail.action);
  if (!detail.resource.empty()) {
    words += " for " + quoted(detail.resource);
  }
  return words + " in " + quoted(detail.region) +
         ": agent permissions --for aws prints what it needs";
}

std::string AwsWords::operator()(const model::RegionMissing& /*detail*/) const {
  return "nothing says in which region it is: set AWS_REGION, or name one in the configuration's "
         "defaults";
}

std::string AwsWords::operator()(const model::TooManyPages& detail) const {
  return base::printable(detail.action) + " did not end within " + std::to_string(detail.pages) +
         " pages: the agent tries again";
}

std::string AwsWords::operator()(const model::CredentialsMissing& detail) const {
  std::string words = "there are no AWS credentials (";
  for (const model::CredentialFailure& failure : detail.failures) {
    words += (words.back() == '(' ? "" : "; ") + describe(failure);
  }
  return words + ")";
}

std::string AwsWords::operator()(const model::ServiceFailed& detail) const {
  const Trouble trouble = trouble_words(detail.trouble);
  return quoted(detail.server) + " " + std::string(trouble.what) + status_of(detail.status) + ": " +
         std::string(trouble.hint);
}

std::string why_no_better_in_aws(const model::Sight& sight) {
  switch (sight.reason) {
    case model::SightReason::not_tried:
      return "whether IAM refuses the agent's identity was not tried: agent doctor tries it, "
             "require-sight: enforced does so at start";
    case model::SightReason::not_proven:
      return "whether IAM refuses " + base::printable(sight.subject) +
             " could not be found out: the agent goes on trying";
    case model::SightReason::may_call:
      return "the agent's identity may call " + base::printable(sight.subject) +
             ": attach the policy that agent permissions --for aws prints";
    default:
      return {};
  }
}

}  // namespace blindfold::report
