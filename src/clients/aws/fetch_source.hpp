#pragma once

#include <memory>
#include <string>

#include "clients/aws/account.hpp"
#include "clients/aws/fetch.hpp"
#include "platform/loop/loop.hpp"

namespace blindfold::helper {
class Helper;
}

namespace blindfold::aws {

/// What attempts are made with.
struct FetchMeans {
  loop::Loop& loop;
  const Account& account;
  helper::Helper* helper;        ///< null where no source is a Process
  model::CredentialPlace place;  ///< that what goes wrong is said of
  bool again = false;            ///< there were credentials, and they are used up
};

/// Begins an attempt at a source, of whatever kind; a role's own source is asked
/// first. Credentials that have expired on arrival are a failure. All outlive
/// the attempt.
[[nodiscard]] std::unique_ptr<Fetch> fetch_source(const FetchMeans& means, const Source& source,
                                                  Fetched done);

}  // namespace blindfold::aws
