#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace blindfold::aws {

enum class Service : std::uint8_t { secrets_manager, ssm };

/// One request of AWS's JSON 1.1 protocol: `POST /` with X-Amz-Target.
struct Operation {
  Service service = Service::secrets_manager;
  std::string_view name;  ///< "DescribeSecret"
  std::string body;       ///< JSON
};

// Those that tell of existence and versions and cannot bring a value. There is
// no other here, nor anywhere in what the agent links but doctor/.

/// `id`: a name or an ARN.
[[nodiscard]] Operation describe_secret(std::string_view id);
/// Versions that hold a value, 100 a page. `next`: the page's token; empty: the
/// first.
[[nodiscard]] Operation list_secret_version_ids(std::string_view id, std::string_view next);
/// All secrets of the region, those pending deletion too, 100 a page. `prefixes`:
/// names begin with one of these, ten at most; none: all of them.
[[nodiscard]] Operation list_secrets(std::span<const std::string> prefixes, std::string_view next);
/// The parameters of these names, 50 at most, 50 a page. A page may be empty and
/// have a token. None: all of the region.
[[nodiscard]] Operation describe_parameters(std::span<const std::string> names,
                                            std::string_view next);

}  // namespace blindfold::aws
