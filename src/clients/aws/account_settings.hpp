#pragma once

#include "clients/aws/account.hpp"
#include "clients/aws/find_account.hpp"
#include "clients/aws/profiles.hpp"
#include "platform/base/error.hpp"

namespace blindfold::aws {

/// Region, endpoints, certificates and proxies: what is no credential. A variable
/// counts before the chosen profile, and AWS_ENDPOINT_URL before the profile's
/// `services`, as in botocore.
[[nodiscard]] base::Result<> add_settings(Account& account, const Environment& environment,
                                          const Profiles& profiles);

}  // namespace blindfold::aws
