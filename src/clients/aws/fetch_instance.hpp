#pragma once

#include <memory>

#include "clients/aws/account.hpp"
#include "clients/aws/fetch.hpp"
#include "platform/loop/loop.hpp"

namespace blindfold::aws {

/// Asks an instance's metadata service, version 2 and no other ("Use the Instance
/// Metadata Service", EC2 User Guide): a session's token, the role's name, its
/// credentials. Each is asked for up to three times, a second at a time; one that
/// is not there is asked once. All outlive the attempt.
[[nodiscard]] std::unique_ptr<Fetch> fetch_instance(loop::Loop& loop, const Account& account,
                                                    const Instance& instance,
                                                    model::CredentialPlace place, Fetched done);

}  // namespace blindfold::aws
