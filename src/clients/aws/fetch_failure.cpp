#include "clients/aws/fetch_failure.hpp"

#include <cstdint>

#include "clients/account/url.hpp"

namespace blindfold::aws {

std::unexpected<model::CredentialFailure> FetchFailures::of(model::CredentialTrouble trouble,
                                                            int status) const {
  return std::unexpected(model::CredentialFailure{.place = place_,
                                                  .trouble = trouble,
                                                  .subject = subject_,
                                                  .status = static_cast<std::uint32_t>(status)});
}

std::unexpected<model::CredentialFailure> FetchFailures::of(
    const SecretExchange::Reply& reply) const {
  if (reply.status == 0) {
    return of(reply.trouble);
  }
  return of(reply.status == 200 ? model::CredentialTrouble::not_the_form
                                : model::CredentialTrouble::refused,
            reply.status);
}

FetchResult FetchFailures::or_credentials(const SecretExchange::Reply& reply,
                                          const CredentialForm& form) const {
  if (reply.status == 200) {
    if (auto credentials = read_credentials(reply.body, form)) {
      return *std::move(credentials);
    }
  }
  return of(reply);
}

std::string host_in(std::string_view url) {
  const auto server =
      account::parse_server_url(url.substr(0, url.find_first_of("?#", url.find("://") + 1)));
  if (!server) {
    return std::string(url);
  }
  const bool usual = server->port == (server->tls ? 443 : 80);
  return account::in_brackets(server->host) + (usual ? "" : ':' + std::to_string(server->port));
}

}  // namespace blindfold::aws
