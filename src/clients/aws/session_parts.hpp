#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>

#include "clients/aws/clock_offset.hpp"
#include "clients/aws/credential_source.hpp"
#include "clients/aws/endpoints.hpp"
#include "clients/aws/session.hpp"
#include "clients/aws/way.hpp"
#include "platform/loop/loop.hpp"

namespace blindfold::aws {

/// What calls share. For this folder only.
struct Session::Parts {
  Parts(loop::Loop& loop_in, const Account& account_in, const Source* source,
        helper::Helper* helper)
      : loop(loop_in),
        account(account_in),
        place(source != nullptr ? place_of(*source) : model::CredentialPlace::environment),
        credentials(loop_in, source, account_in, helper) {}

  /// Made where it is not there yet, and kept. Fails as endpoint_of() does.
  [[nodiscard]] base::Result<Way*> way(ServiceHost host, const std::string& region);

  loop::Loop& loop;
  const Account& account;
  model::CredentialPlace place;
  ClockOffset clock;
  CredentialSource credentials;
  std::map<std::pair<ServiceHost, std::string>, Way> ways;
};

}  // namespace blindfold::aws
