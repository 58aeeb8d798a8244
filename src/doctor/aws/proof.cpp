#include "doctor/aws/proof.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace blindfold::doctor {
namespace {

using advice::AwsObject;

/// So many ARNs in one command.
constexpr std::size_t at_a_time = 20;

constexpr std::string_view reading_secrets =
    " secretsmanager:GetSecretValue secretsmanager:BatchGetSecretValue";
constexpr std::string_view reading_parameters =
    " ssm:GetParameter ssm:GetParameters ssm:GetParametersByPath ssm:GetParameterHistory";

class Commands final {
 public:
  Commands(const std::vector<AwsObject>& objects, const std::string& profile, advice::Shell shell)
      : objects_(objects),
        shell_(shell),
        profile_(profile.empty() ? std::string() : " --profile " + word(profile)) {}

  std::vector<std::string> take() && {
    say("run with the agent's own credentials, this prints whom AWS takes it for: put the ARN of "
        "that role or user in for AGENT-ARN below, of an assumed role "
        "arn:aws:iam::ACCOUNT:role/NAME");
    add("aws sts get-caller-identity --query Arn --output text");
    say("the rest is run with your own credentials, which may simulate policies and read "
        "CloudTrail");
    add("ACCOUNT=$(aws sts get-caller-identity --query Account --output text" + profile_ + ")");
    add_simulation(false);
    add_simulation(true);
    add_trail();
    return std::move(lines_);
  }

 private:
  void say(std::string_view text) { lines_.push_back(advice::comment(text)); }
  void add(std::string line) { lines_.push_back(std::move(line)); }

  void add_simulation(bool parameters) {
    std::vector<std::string> arns;
    for (const AwsObject& object : objects_) {
      if (object.parameter == parameters) {
        arns.push_back(arn_of(object));
      }
    }
    if (arns.empty()) {
      return;
    }
    say("each line that this prints must end in explicitDeny: allowed is a way to a value, "
        "implicitDeny one that another policy could open");
    for (std::size_t begin = 0; begin < arns.size(); begin += at_a_time) {
      std::string command = "aws iam simulate-principal-policy --policy-source-arn AGENT-ARN";
      command.append(" --action-names").append(parameters ? reading_parameters : reading_secrets);
      command += " --resource-arns";
      for (std::size_t i = begin; i < std::min(begin + at_a_time, arns.size()); ++i) {
        command += " " + arns[i];
      }
      add(command +
          " --query 'EvaluationResults[].[EvalActionName,EvalResourceName,EvalDecision]'"
          " --output text" +
          profile_);
    }
  }

  void add_trail() {
    say("CloudTrail has who called these of late: of the agent there must be nothing, but for "
        "AccessDenied when agent doctor was run");
    std::vector<std::pair<std::string, std::string_view>> told;
    for (const AwsObject& object : objects_) {
      const std::pair one(object.region, object.parameter ? std::string_view("GetParameter")
                                                          : std::string_view("GetSecretValue"));
      if (std::ranges::find(told, one) == told.end()) {
        told.push_back(one);
        add_trail(object.region, one.second);
      }
    }
  }

  void add_trail(const std::string& region, std::string_view event) {
    add("aws cloudtrail lookup-events --region " + word(region) +
        " --lookup-attributes AttributeKey=EventName,AttributeValue=" + std::string(event) +
        " --query 'Events[].[EventTime,Username,EventName]' --output text" + profile_);
  }

  /// An ARN that a pattern for the object fits: a secret's ending is random, and
  /// any will do.
  [[nodiscard]] std::string arn_of(const AwsObject& object) const {
    std::string arn = advice::arn_pattern(object, advice::AwsWidth::name);
    std::ranges::replace(arn, '?', 'A');
    const std::size_t account = arn.find(":*:");
    if (account == std::string::npos) {
      return word(arn);
    }
    return word(arn.substr(0, account + 1)) + "\"$ACCOUNT\"" + word(arn.substr(account + 2));
  }

  [[nodiscard]] std::string word(std::string_view text) const {
    return advice::quote(text, shell_);
  }

  const std::vector<AwsObject>& objects_;
  advice::Shell shell_;
  std::string profile_;
  std::vector<std::string> lines_;
};

}  // namespace

std::vector<std::string> aws_proof_commands(const std::vector<AwsObject>& objects,
                                            const std::string& profile, advice::Shell shell) {
  return Commands(objects, profile, shell).take();
}

}  // namespace blindfold::doctor
