#pragma once

#include <memory>

#include "clients/aws/account.hpp"
#include "clients/aws/fetch.hpp"
#include "platform/loop/loop.hpp"

namespace blindfold::helper {
class Helper;
}

namespace blindfold::aws {

/// Has the helper run a program that prints credentials ("Sourcing credentials
/// with an external process", version 1). All outlive the attempt; `helper` may
/// be null, which is a failure.
[[nodiscard]] std::unique_ptr<Fetch> fetch_process(loop::Loop& loop, helper::Helper* helper,
                                                   const Process& process,
                                                   model::CredentialPlace place, Fetched done);

}  // namespace blindfold::aws
