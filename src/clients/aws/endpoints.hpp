#pragma once

#include <cstdint>
#include <string>

#include "clients/aws/account.hpp"
#include "clients/aws/operations.hpp"
#include "platform/base/error.hpp"
#include "platform/http/endpoint.hpp"

namespace blindfold::aws {

/// A service by the name that its host and its signatures have.
enum class ServiceHost : std::uint8_t { secrets_manager, ssm, sts, sso_portal };

[[nodiscard]] ServiceHost host_of(Service service) noexcept;

/// As it stands in a signature's scope: "secretsmanager", "ssm", "sts".
[[nodiscard]] std::string_view signing_name(ServiceHost host) noexcept;

/// Where a service listens: what the environment or the profile says, or AWS's
/// own name for it in the region's partition, in its FIPS form where that was
/// chosen. No final slash.
[[nodiscard]] std::string endpoint_url(const EndpointChoice& choice, ServiceHost host,
                                       const std::string& region);

/// The same with the certificates that are trusted and the proxy on the way.
/// Fails (`configuration`) where the URL or the proxy's cannot be used.
[[nodiscard]] base::Result<http::Endpoint> endpoint_of(const Account& account, ServiceHost host,
                                                       const std::string& region);

}  // namespace blindfold::aws
