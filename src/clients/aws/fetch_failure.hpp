#pragma once

#include <string>
#include <string_view>

#include "clients/aws/credential_reader.hpp"
#include "clients/aws/fetch_end.hpp"
#include "clients/aws/secret_exchange.hpp"
#include "core/model/aws_detail.hpp"

namespace blindfold::aws {

/// What goes wrong with one attempt, said of one place and one subject.
class FetchFailures final {
 public:
  FetchFailures(model::CredentialPlace place, std::string subject) noexcept
      : place_(place), subject_(std::move(subject)) {}

  [[nodiscard]] model::CredentialPlace place() const noexcept { return place_; }

  [[nodiscard]] std::unexpected<model::CredentialFailure> of(model::CredentialTrouble trouble,
                                                             int status = 0) const;
  /// What a reply that brings nothing comes to: no reply, or another status than 200.
  [[nodiscard]] std::unexpected<model::CredentialFailure> of(
      const SecretExchange::Reply& reply) const;
  /// The credentials in a reply, or why it has none.
  [[nodiscard]] FetchResult or_credentials(const SecretExchange::Reply& reply,
                                           const CredentialForm& form) const;

 private:
  model::CredentialPlace place_;
  std::string subject_;
};

/// The host of a URL, for messages, with its port where that is not the usual one.
[[nodiscard]] std::string host_in(std::string_view url);

}  // namespace blindfold::aws
