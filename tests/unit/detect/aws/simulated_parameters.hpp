#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "aws_fixture.hpp"
#include "detect/aws/parameters_plan.hpp"

namespace blindfold::detect {

/// Parameter Store in one region without a network: it answers a plan's questions,
/// each at once, and goes through all its parameters for each, a page at a time.
class SimulatedParameters : public Inventoried {
 public:
  struct Parameter {
    std::string type = "SecureString";
    int version = 1;
    std::string modified = "1700000000.5";
  };
  struct Asked {
    std::string body;
    base::SteadyTime at;
  };
  static constexpr Pace pace{.quick = std::chrono::seconds(30),
                             .steady = std::chrono::minutes(5),
                             .count = 1,
                             .per = std::chrono::seconds(2)};

  SimulatedParameters()
      : plan(
            {"eu-west-1", "ssm"}, pace, [this](AwsItem& item) noexcept { lost.push_back(&item); },
            base::Random(7)) {}

  void watch(model::Locator locator, bool required = true,
             model::RequiredSight sight = model::RequiredSight::none) {
    plan.watch(item(require(std::move(locator), required), clock.now(), sight));
  }
  void watch_many(std::size_t count) {
    for (std::size_t each = 0; each < count; ++each) {
      watch(a_parameter("/app/" + std::to_string(each)));
    }
  }
  void put_many(std::size_t count, const std::string& before = "/app/") {
    for (std::size_t each = 0; each < count; ++each) {
      parameters[before + std::to_string(each)] = {};
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
      while (const auto operation = plan.take(clock.now().steady)) {
        answer(*operation);
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

  void answer(const aws::Operation& operation) {
    BOOST_REQUIRE(operation.name == "DescribeParameters");
    asked.push_back({operation.body, clock.now().steady});
    if (const auto failure = trouble()) {
      plan.on_page(failure, {}, clock.now());
      return;
    }
    const std::string before = "\"NextToken\":\"";
    const std::size_t at = operation.body.find(before);
    const std::size_t first =
        at == std::string::npos ? 0 : std::stoul(operation.body.substr(at + before.size()));
    std::size_t number = 0;
    for (const auto& [name, parameter] : parameters) {
      const bool named = operation.body.contains("\"" + name + "\"");
      if (number >= first && number < first + page && named) {
        plan.on_parameter({name, "arn:aws:ssm:eu-west-1:123456789012:parameter" + name,
                           parameter.type, std::to_string(parameter.version), parameter.modified});
      }
      ++number;
    }
    const bool last = first + page >= parameters.size() && !endless;
    plan.on_page({}, last ? std::string() : std::to_string(first + page), clock.now());
  }

  support::ManualClock clock;
  std::map<std::string, Parameter> parameters;
  std::function<std::optional<aws::Failure>()> trouble = [] { return std::nullopt; };
  std::size_t page = 1000;  ///< parameters gone through for one
  bool endless = false;
  std::vector<Asked> asked;
  std::vector<AwsItem*> lost;  ///< as the plan told
  ParametersPlan plan;

 private:
  void advance(std::chrono::microseconds time) {
    clock.advance(time);
    inventory.advance(clock.now());
  }
};

}  // namespace blindfold::detect
