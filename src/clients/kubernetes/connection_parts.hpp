#pragma once

#include <memory>
#include <string>
#include <utility>

#include "clients/kubernetes/account.hpp"
#include "clients/kubernetes/connection.hpp"
#include "clients/kubernetes/token_source.hpp"
#include "clients/kubernetes/trust.hpp"
#include "platform/http/client.hpp"
#include "platform/loop/loop.hpp"

namespace blindfold::kubernetes {

/// What calls and watches share. For this folder only.
struct Connection::Parts {
  Parts(loop::Loop& loop_in, std::unique_ptr<http::Client> calls_in,
        std::unique_ptr<http::Client> streams_in, Account account, std::string ca_pem,
        helper::Helper* helper)
      : loop(loop_in),
        server(std::move(account.endpoint.url)),
        name_space(std::move(account.name_space)),
        calls(std::move(calls_in)),
        streams(std::move(streams_in)),
        tokens(loop_in, std::move(account.credential), helper),
        trust(loop_in, std::move(account.ca_file), std::move(ca_pem), *calls, *streams) {}

  loop::Loop& loop;
  std::string server;
  std::string name_space;
  std::unique_ptr<http::Client> calls;    ///< what is answered soon
  std::unique_ptr<http::Client> streams;  ///< watches: a call never waits behind them
  TokenSource tokens;
  Trust trust;
};

}  // namespace blindfold::kubernetes
