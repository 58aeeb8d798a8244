#include "detect/kubernetes/policy_check.hpp"

#include <array>
#include <charconv>
#include <utility>

namespace blindfold::detect {
namespace {

using kubernetes::Admission;
using kubernetes::Failure;

// A name that nobody has.
std::string random_name(base::Random& random) {
  std::array<char, 16> digits{};
  const auto number = static_cast<std::uint64_t>(random.fraction() * 0x1.0p52);
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), number, 36);
  return "blindfold-" + std::string(digits.data(), end);
}

// Nothing that is said against the object: the server itself had no answer.
bool no_answer(const Failure& failure) noexcept {
  const kubernetes::Status& status = failure.status;
  return failure.fault || status.code == 401 || status.code == 429 ||
         (status.code >= 500 && status.admission.by == Admission::By::none) ||
         (status.code == 404 && status.kind == "namespaces");
}

// Quotas come last of all: whatever else may refuse has let it pass.
bool has_passed(const std::optional<Failure>& failure) noexcept {
  return !failure || (!failure->fault && failure->status.admission.by == Admission::By::quota);
}

}  // namespace

PolicyCheck::PolicyCheck(kubernetes::Connection& connection, std::string name_space, Done done)
    : name_space_(std::move(name_space)),
      done_(std::move(done)),
      bare_(connection, reader_, [this](const auto& failure) noexcept { on_bare(failure); }),
      guess_(connection, reader_, [this](const auto& failure) noexcept { on_guess(failure); }) {
}

void PolicyCheck::start() noexcept {
  if (!bare_.running() && !guess_.running()) {
    reader_.reset();
    bare_.start(kubernetes::create_probe({name_space_, random_name(random_), "Opaque", {}}));
  }
}

void PolicyCheck::cancel() noexcept {
  bare_.cancel();
  guess_.cancel();
}

void PolicyCheck::on_bare(const std::optional<Failure>& failure) noexcept {
  if (!has_passed(failure)) {
    done_(Policy::unknown, no_answer(*failure) ? failure : std::nullopt);
    return;
  }
  reader_.reset();
  guess_.start(kubernetes::policy_guess(name_space_, {}));
}

void PolicyCheck::on_guess(const std::optional<Failure>& failure) noexcept {
  if (has_passed(failure)) {
    done_(Policy::absent, std::nullopt);
  } else if (no_answer(*failure)) {
    done_(Policy::unknown, failure);
  } else {
    const bool refused = failure->status.admission.by == Admission::By::policy;
    done_(refused ? Policy::in_force : Policy::unknown, std::nullopt);
  }
}

}  // namespace blindfold::detect
