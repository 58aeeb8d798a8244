#pragma once

#include <span>
#include <string>
#include <vector>

#include "clients/aws/operations.hpp"
#include "core/model/requirement.hpp"

namespace blindfold::doctor {

/// One operation that is tried.
struct Question {
  aws::Operation operation;
  std::string region;   ///< empty: nothing says one, and it cannot be tried
  std::string subject;  ///< the name, the ARN or the path; empty: none in particular
};

/// What is tried for the requirements that are in AWS and not skipped, each once:
/// the reading of each secret and each parameter by itself, of several secrets in
/// each region, and of each path above a parameter. `region` is for what names none.
[[nodiscard]] std::vector<Question> questions_for(std::span<const model::Requirement> requirements,
                                                  const std::string& region);

}  // namespace blindfold::doctor
