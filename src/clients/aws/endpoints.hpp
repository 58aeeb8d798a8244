#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "clients/aws/account.hpp"
#include "clients/aws/operations.hpp"
#include "platform/base/error.hpp"
#include "platform/http/endpoint.hpp"

namespace blindfold::aws {

/// A service by the name that its host and its signatures have.
enum class ServiceHost : std::uint8_t { secrets_manager, ssm, sts, sso_portal };

[[nodiscard]] ServiceHost host_of(Service service) noexcept;

/// As it stands in a signature's scope: "secretsmanager", "ssm", "sts"; "sso",
/// whose requests are not signed.
[[nodiscard]] std::string_view signing_name(ServiceHost host) noexcept;

/// Where a service listens: what the environment or the profile says, or AWS's
/// own name for it in the region's partition, in its FIPS form where that was
/// chosen (botocore's partitions.json and endpoint rule sets). A region that no
/// partition knows is one of `aws`. No final slash.
[[nodiscard]] std::string endpoint_url(const EndpointChoice& choice, ServiceHost host,
                                       const std::string& region);

/// The same with the certificates that are trusted and the proxy on the way.
/// Fails (`configuration`) where there is no region or it is of no region's form,
/// and where the URL or the proxy's cannot be used.
[[nodiscard]] base::Result<http::Endpoint> endpoint_of(const Account& account, ServiceHost host,
                                                       const std::string& region);

/// The same for an address that is no region's: a container's, an instance's.
/// `what` begins the message: "the container's endpoint".
[[nodiscard]] base::Result<http::Endpoint> endpoint_at(const Account& account,
                                                       std::string_view what, std::string_view url);

/// Whether a host's address reaches no further than the machine's own link
/// (169.254.0.0/16, fe80::/10), or is that of AWS's services on an instance
/// (fd00:ec2::/32). No proxy leads there.
[[nodiscard]] bool is_link_local(const std::string& host) noexcept;

/// "eu-west-1": lower-case letters, digits and hyphens, 63 at most, as it goes
/// into a host's name.
[[nodiscard]] bool is_region(std::string_view text) noexcept;

}  // namespace blindfold::aws
