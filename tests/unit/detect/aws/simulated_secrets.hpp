#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "aws_fixture.hpp"
#include "detect/aws/secrets_plan.hpp"

namespace blindfold::detect {

/// Secrets Manager in one region without a network: it answers a plan's questions,
/// each at once. Its listing may be behind, and say what a test has it say.
class SimulatedSecrets : public Inventoried {
 public:
  struct Secret {
    std::string version = "v1";
    bool holds_value = true;
    bool pending_deletion = false;
  };
  struct Asked {
    std::string operation;
    std::string body;
    base::SteadyTime at;
  };
  static constexpr Pace pace{.quick = std::chrono::seconds(15),
                             .steady = std::chrono::minutes(5),
                             .count = 5,
                             .per = std::chrono::seconds(1)};

  explicit SimulatedSecrets(Pace own_pace = pace)
      : plan(
            {"eu-west-1", "secretsmanager"}, own_pace,
            [this](AwsItem& item) noexcept {
              missing.push_back(item.place().name);
              lost.push_back(&item);
            },
            base::Random(7)) {}

  /// Tracks it and has the plan watch it.
  void watch(model::Locator locator, bool required = true,
             model::RequiredSight sight = model::RequiredSight::none) {
    const model::Requirement& requirement = require(std::move(locator), required);
    plan.watch(item(requirement, clock.now(), sight));
    names.push_back(std::get<model::SecretsManagerLocator>(requirement.locator).name);
  }
  void watch_many(std::size_t count) {
    for (std::size_t each = 0; each < count; ++each) {
      watch(a_secret("app/" + std::to_string(each)));
    }
  }
  void put_many(std::size_t count) {
    for (std::size_t each = 0; each < count; ++each) {
      secrets["app/" + std::to_string(each)] = {};
    }
  }

  void start() {
    plan.start(clock.now());
    pass(std::chrono::seconds(0));
  }

  /// All that is asked in that time.
  void pass(std::chrono::milliseconds time) {
    const base::SteadyTime end = clock.now().steady + time;
    for (std::size_t idle = 0; idle < 3;) {
      const std::size_t before = asked.size();
      while (const auto question = plan.take(clock.now().steady)) {
        answer(*question);
      }
      const auto next = plan.next(clock.now().steady);
      if (!next || *next > end) {
        break;
      }
      const auto wait = std::chrono::ceil<std::chrono::microseconds>(*next - clock.now().steady);
      idle = before == asked.size() && wait.count() == 0 ? idle + 1 : 0;
      BOOST_REQUIRE(idle < 3);  // it would spin
      advance(wait);
    }
    advance(std::chrono::duration_cast<std::chrono::microseconds>(end - clock.now().steady));
  }

  [[nodiscard]] std::size_t count_of(std::string_view operation) const {
    return static_cast<std::size_t>(std::ranges::count(asked, operation, &Asked::operation));
  }
  using Inventoried::count;

  void answer(const SecretQuestion& question) {
    asked.push_back(
        {std::string(question.operation.name), question.operation.body, clock.now().steady});
    const std::optional<aws::Failure> failure = trouble(question);
    switch (question.kind) {
      case SecretQuestion::Kind::describe:
        describe(question, failure);
        return;
      case SecretQuestion::Kind::versions:
        list_versions(question, failure);
        return;
      case SecretQuestion::Kind::sweep:
        sweep(question, failure);
        return;
      case SecretQuestion::Kind::search:
        search(question, failure);
        return;
      case SecretQuestion::Kind::elsewhere:
        elsewhere(question, failure);
        return;
    }
  }

  support::ManualClock clock;
  std::map<std::string, Secret> secrets;
  /// What ListSecrets says instead, where it is behind.
  std::optional<std::map<std::string, Secret>> listing;
  std::set<std::string> denied;  ///< operations
  /// What is answered instead, to whatever a test chooses.
  std::function<std::optional<aws::Failure>(const SecretQuestion&)> trouble =
      [](const SecretQuestion&) { return std::nullopt; };
  std::size_t page = 100;
  bool endless = false;  ///< the listing
  std::vector<Asked> asked;
  std::vector<std::string> missing;  ///< as the plan told
  std::vector<AwsItem*> lost;        ///< the same
  std::vector<std::string> names;    ///< by number
  SecretsPlan plan;

 private:
  void advance(std::chrono::microseconds time) {
    clock.advance(time);
    inventory.advance(clock.now());
  }

  [[nodiscard]] std::optional<aws::Failure> denial(std::string_view operation) const {
    return denied.contains(std::string(operation))
               ? std::optional(refused(aws::Refusal::access_denied))
               : std::nullopt;
  }

  static aws::SecretFacts facts_of(const std::string& name, const Secret& secret) {
    return {name, "arn:aws:secretsmanager:eu-west-1:123456789012:secret:" + name + "-AbCdEf",
            secret.version, secret.pending_deletion};
  }

  void describe(const SecretQuestion& question, std::optional<aws::Failure> failure) {
    const auto found = secrets.find(names[question.number]);
    if (!failure) {
      failure = denial("DescribeSecret");
    }
    if (!failure && found == secrets.end()) {
      failure = refused(aws::Refusal::not_found);
    }
    plan.on_described(question.number, failure,
                      failure ? aws::SecretFacts() : facts_of(found->first, found->second),
                      clock.now());
  }

  void list_versions(const SecretQuestion& question, std::optional<aws::Failure> failure) {
    const auto found = secrets.find(names[question.number]);
    if (!failure) {
      failure = denial("ListSecretVersionIds");
    }
    if (!failure && found == secrets.end()) {
      failure = refused(aws::Refusal::not_found);
    }
    const bool holds = !failure && found->second.holds_value;
    plan.on_versions(question.number, failure, holds ? found->second.version : std::string(), {},
                     clock.now());
  }

  void sweep(const SecretQuestion& question, std::optional<aws::Failure> failure) {
    if (!failure) {
      failure = denial("ListSecrets");
    }
    if (failure) {
      plan.on_sweep_page(failure, {}, clock.now());
      return;
    }
    const auto& all = listing ? *listing : secrets;
    const std::string before = "\"NextToken\":\"";
    const std::size_t at = question.operation.body.find(before);
    const std::size_t first = at == std::string::npos
                                  ? 0
                                  : std::stoul(question.operation.body.substr(at + before.size()));
    std::size_t number = 0;
    for (const auto& [name, secret] : all) {
      if (number >= first && number < first + page) {
        plan.on_swept(facts_of(name, secret));
      }
      ++number;
    }
    const bool last = first + page >= all.size() && !endless;
    plan.on_sweep_page({}, last ? std::string() : std::to_string(first + page), clock.now());
  }

  void search(const SecretQuestion& question, std::optional<aws::Failure> failure) {
    for (const auto& [name, secret] : secrets) {
      if (!failure && question.operation.body.contains("\"" + name.substr(0, 3) + "\"")) {
        plan.on_searched(facts_of(name, secret));
      }
    }
    plan.on_search_page(failure, {}, clock.now());
  }

  void elsewhere(const SecretQuestion& question, std::optional<aws::Failure> failure) {
    for (const auto& [name, secret] : secrets) {
      if (!failure && question.operation.body.contains("\"" + name + "\"")) {
        plan.on_elsewhere({}, facts_of(name, secret), clock.now());
        return;
      }
    }
    plan.on_elsewhere(failure ? failure : refused(aws::Refusal::not_found), {}, clock.now());
  }
};

}  // namespace blindfold::detect
