#include "doctor/aws/questions.hpp"

#include <set>
#include <tuple>
#include <utility>
#include <variant>

#include "doctor/aws/reading.hpp"
#include "show/advice/aws_place.hpp"

namespace blindfold::doctor {
namespace {

/// Collects questions, each once.
class Questions final {
 public:
  void add(const advice::AwsPlace& place, const model::SecretsManagerLocator& /*of*/) {
    ask(batch_get_secret_value(), place.region, {});
    ask(get_secret_value(place.id), place.region, place.id);
  }

  void add(const advice::AwsPlace& place, const model::ParameterStoreLocator& /*of*/) {
    const std::string& name = place.name;
    ask(get_parameters_by_path("/"), place.region, "/");
    for (std::size_t end = name.find('/', 1); end != std::string::npos;
         end = name.find('/', end + 1)) {
      ask(get_parameters_by_path(name.substr(0, end)), place.region, name.substr(0, end));
    }
    ask(get_parameter(place.id), place.region, place.id);
    ask(get_parameters(place.id), place.region, place.id);
  }

  [[nodiscard]] std::vector<Question> take() && { return std::move(all_); }

 private:
  void ask(aws::Operation operation, const std::string& region, std::string subject) {
    if (asked_.emplace(operation.name, region, subject).second) {
      all_.push_back({std::move(operation), region, std::move(subject)});
    }
  }

  std::vector<Question> all_;
  std::set<std::tuple<std::string_view, std::string, std::string>> asked_;
};

}  // namespace

std::vector<Question> questions_for(std::span<const model::Requirement> requirements,
                                    const std::string& region) {
  Questions questions;
  for (const model::Requirement& requirement : requirements) {
    if (requirement.skipped) {
      continue;
    }
    const model::Locator& locator = requirement.locator;
    if (const auto* const secret = std::get_if<model::SecretsManagerLocator>(&locator)) {
      questions.add(advice::place_of(*secret, region), *secret);
    } else if (const auto* const parameter = std::get_if<model::ParameterStoreLocator>(&locator)) {
      questions.add(advice::place_of(*parameter, region), *parameter);
    }
  }
  return std::move(questions).take();
}

}  // namespace blindfold::doctor
