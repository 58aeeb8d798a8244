#pragma once

#include <memory>

#include "clients/aws/account.hpp"
#include "clients/aws/fetch.hpp"
#include "platform/loop/loop.hpp"

namespace blindfold::aws {

/// Asks a container's agent (ECS's, EKS Pod Identity's, or another one), with the
/// token as it stands in its file now. A 429 or 5xx is tried again, twice, a
/// second later each time. All outlive the attempt.
[[nodiscard]] std::unique_ptr<Fetch> fetch_container(loop::Loop& loop, const Account& account,
                                                     const Container& container,
                                                     model::CredentialPlace place, Fetched done);

}  // namespace blindfold::aws
