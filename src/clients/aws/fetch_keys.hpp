#pragma once

#include <memory>

#include "clients/aws/account.hpp"
#include "clients/aws/fetch.hpp"
#include "platform/loop/loop.hpp"

namespace blindfold::aws {

/// The environment's keys, which stay what they are.
[[nodiscard]] std::unique_ptr<Fetch> fetch_environment_keys(loop::Loop& loop,
                                                            const EnvironmentKeys& keys,
                                                            model::CredentialPlace place,
                                                            Fetched done);

/// A profile's keys. `again`: not those that were there when the account was
/// found, but what stands in the file now. `keys` outlives the attempt.
[[nodiscard]] std::unique_ptr<Fetch> fetch_profile_keys(loop::Loop& loop, const ProfileKeys& keys,
                                                        bool again, model::CredentialPlace place,
                                                        Fetched done);

}  // namespace blindfold::aws
