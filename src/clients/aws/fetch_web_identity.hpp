#pragma once

#include <memory>

#include "clients/aws/account.hpp"
#include "clients/aws/fetch.hpp"
#include "platform/loop/loop.hpp"

namespace blindfold::aws {

/// Exchanges the token, as it stands in its file now, for the role's credentials.
/// All outlive the attempt.
[[nodiscard]] std::unique_ptr<Fetch> fetch_web_identity(loop::Loop& loop, const Account& account,
                                                        const WebIdentity& identity,
                                                        model::CredentialPlace place, Fetched done);

}  // namespace blindfold::aws
