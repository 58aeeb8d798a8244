#include <algorithm>
#include <string>
#include <utility>

#include "clients/aws/chain_place.hpp"
#include "core/manifest/characters.hpp"

namespace blindfold::aws {

bool is_session_name(std::string_view text) noexcept {
  return text.size() >= 2 && manifest::consists_of(text, "_+=,.@-", 64);
}

bool is_role_arn(std::string_view text) noexcept {
  constexpr std::size_t longest = 2048;
  return text.size() <= longest && text.starts_with("arn:") &&
         text.find(":role/") != std::string_view::npos &&
         std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~'; });
}

base::Result<ChainPlace> web_identity(const Environment& environment, const Profiles& profiles) {
  constexpr auto place = model::CredentialPlace::web_identity;
  constexpr const char* file_name = "AWS_WEB_IDENTITY_TOKEN_FILE";
  const std::string file = variable(environment, file_name);
  const std::string role = variable(environment, "AWS_ROLE_ARN");
  std::string session = variable(environment, "AWS_ROLE_SESSION_NAME");
  if (file.empty()) {
    const auto trouble =
        role.empty() ? model::CredentialTrouble::not_set : model::CredentialTrouble::incomplete;
    return ChainPlace(std::unexpected(model::CredentialFailure{place, trouble, file_name}));
  }
  if (session.empty()) {
    session = default_session_name;
  }
  if (!is_role_arn(role)) {
    return std::unexpected(
        base::Error{base::ErrorKind::configuration,
                    std::string(file_name) + " is set, and AWS_ROLE_ARN is no role's ARN",
                    "set both, or neither"});
  }
  if (!is_session_name(session)) {
    return std::unexpected(base::Error{base::ErrorKind::configuration,
                                       "AWS_ROLE_SESSION_NAME is no name that STS takes",
                                       "2 to 64 letters, digits and any of _+=,.@-"});
  }
  return ChainPlace(Source{WebIdentity{.token_file = profiles.absolute(file),
                                       .role_arn = role,
                                       .session_name = std::move(session)}});
}

}  // namespace blindfold::aws
