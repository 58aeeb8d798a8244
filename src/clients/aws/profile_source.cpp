#include <algorithm>
#include <charconv>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "clients/aws/chain_place.hpp"
#include "clients/aws/split_command.hpp"
#include "platform/base/printable.hpp"
#include "platform/tls/sha1.hpp"

namespace blindfold::aws {
namespace {

/// A source, or nothing where the profile has none.
using Found = base::Result<std::optional<Source>>;

/// A chain of profiles that is longer is nobody's.
constexpr std::size_t longest_chain = 10;

std::unexpected<base::Error> wrong(const std::string& at, std::string_view what,
                                   std::string hint = {}) {
  return std::unexpected(
      base::Error{base::ErrorKind::configuration, at + ": " + std::string(what), std::move(hint)});
}

/// Finds what a profile stands for. In one that has several things the order is
/// botocore's: a role with its source, a web identity, a sign-in, keys in the
/// credentials file, a process, keys in the config file.
class ProfileResolver final {
 public:
  ProfileResolver(const Environment& environment, const Profiles& profiles) noexcept
      : environment_(environment), profiles_(profiles) {}

  Found resolve(const std::string& profile) {
    const auto role = profiles_.find(profile, "role_arn");
    if (role && !profiles_.find(profile, "web_identity_token_file")) {
      return assumed_role(profile, *role);
    }
    return without_a_role(profile);
  }

 private:
  Found without_a_role(const std::string& profile) const {
    if (auto found = from_web_identity(profile); !found || *found) {
      return found;
    }
    if (auto found = from_sign_in(profile); !found || *found) {
      return found;
    }
    if (auto found = from_keys(profile, SharedFile::credentials); !found || *found) {
      return found;
    }
    if (auto found = from_process(profile); !found || *found) {
      return found;
    }
    return from_keys(profile, SharedFile::config);
  }

  Found assumed_role(const std::string& profile, const Profiles::Value& role) {
    AssumedRole assumed{.role_arn = role.text,
                        .external_id = text(profile, "external_id"),
                        .session_name = session_name(profile),
                        .duration = std::nullopt,
                        .source = nullptr};
    if (const auto checked = check(profile, role, assumed); !checked) {
      return std::unexpected(checked.error());
    }
    auto source = source_of_role(profile, role);
    if (!source) {
      return std::unexpected(std::move(source.error()));
    }
    if (!*source) {
      return wrong(role.at, "the role's source has no credentials",
                   "give the profile that `source_profile` names keys, a sign-in or a process");
    }
    assumed.source = std::make_unique<Source>(**std::move(source));
    return Source{std::move(assumed)};
  }

  base::Result<> check(const std::string& profile, const Profiles::Value& role,
                       AssumedRole& assumed) const {
    if (!is_role_arn(role.text)) {
      return wrong(role.at, "`role_arn` is no role's ARN");
    }
    if (!is_session_name(assumed.session_name)) {
      return wrong(role.at, "`role_session_name` is no name that STS takes",
                   "2 to 64 letters, digits and any of _+=,.@-");
    }
    if (const auto device = profiles_.find(profile, "mfa_serial")) {
      return wrong(device->at, "`mfa_serial` asks for a code, and nobody could type one",
                   "use a role that needs none");
    }
    if (const auto duration = profiles_.find(profile, "duration_seconds")) {
      const auto seconds = seconds_in(duration->text);
      if (!seconds) {
        return wrong(duration->at, "`duration_seconds` is not from 900 to 43200");
      }
      assumed.duration = seconds;
    }
    return {};
  }

  static std::optional<std::chrono::seconds> seconds_in(std::string_view text) noexcept {
    int seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    const bool good = error == std::errc() && end == text.data() + text.size() && seconds >= 900 &&
                      seconds <= 43'200;
    return good ? std::optional(std::chrono::seconds(seconds)) : std::nullopt;
  }

  Found source_of_role(const std::string& profile, const Profiles::Value& role) {
    const auto named = profiles_.find(profile, "source_profile");
    const auto place = profiles_.find(profile, "credential_source");
    if (named && place) {
      return wrong(place->at, "there is a `source_profile` as well as a `credential_source`",
                   "remove one of them");
    }
    if (place) {
      return from_place(*place);
    }
    if (!named) {
      return wrong(role.at, "`role_arn` has no `source_profile` and no `credential_source`",
                   "say whose credentials take the role");
    }
    return from_source_profile(profile, *named);
  }

  Found from_source_profile(const std::string& profile, const Profiles::Value& named) {
    if (!profiles_.has(SectionKind::profile, named.text)) {
      return wrong(named.at, "there is no profile \"" + base::printable(named.text) + '"',
                   "correct `source_profile`");
    }
    chain_.push_back(profile);
    // A profile may name itself: its own keys take its role.
    const bool itself = named.text == profile;
    const bool has_own_keys = has_keys(named.text);
    if (std::ranges::find(chain_, named.text) != chain_.end() && !(itself && has_own_keys)) {
      return wrong(named.at, "this `source_profile` leads back to where it came from");
    }
    if (chain_.size() > longest_chain) {
      return wrong(named.at, "more profiles than 10 follow from one another here");
    }
    return has_own_keys ? without_a_role(named.text) : resolve(named.text);
  }

  bool has_keys(const std::string& profile) const {
    return profiles_.find(profile, "aws_access_key_id").has_value();
  }

  [[nodiscard]] base::Result<ChainPlace> of_place(const Profiles::Value& place) const {
    if (place.text == "Environment") {
      return environment_keys(environment_);
    }
    if (place.text == "Ec2InstanceMetadata") {
      return instance(environment_, profiles_);
    }
    if (place.text == "EcsContainer") {
      return container(environment_, profiles_);
    }
    return wrong(place.at, "`credential_source` is none that there is",
                 "Environment, Ec2InstanceMetadata or EcsContainer");
  }

  Found from_place(const Profiles::Value& place) const {
    auto found = of_place(place);
    if (!found) {
      return std::unexpected(std::move(found.error()));
    }
    if (!*found) {
      return wrong(place.at, "`credential_source` names a place that has no credentials",
                   found->error().subject + " decides that");
    }
    return **std::move(found);
  }

  Found from_web_identity(const std::string& profile) const {
    const auto file = profiles_.find(profile, "web_identity_token_file");
    if (!file) {
      return std::nullopt;
    }
    WebIdentity identity{.token_file = profiles_.absolute(file->text),
                         .role_arn = text(profile, "role_arn"),
                         .session_name = session_name(profile),
                         .profile = profile};
    if (!is_role_arn(identity.role_arn)) {
      return wrong(file->at, "`web_identity_token_file` needs a `role_arn` beside it");
    }
    if (!is_session_name(identity.session_name)) {
      return wrong(file->at, "`role_session_name` is no name that STS takes",
                   "2 to 64 letters, digits and any of _+=,.@-");
    }
    return Source{std::move(identity)};
  }

  Found from_sign_in(const std::string& profile) const {
    const auto account = profiles_.find(profile, "sso_account_id");
    const auto role = profiles_.find(profile, "sso_role_name");
    if (!account && !role) {
      return std::nullopt;
    }
    const std::string& at = account ? account->at : role->at;
    const std::string session = text(profile, "sso_session");
    if (!session.empty() && !profiles_.has(SectionKind::sso_session, session)) {
      return wrong(at, "there is no `[sso-session " + base::printable(session) + "]`");
    }
    const std::string start_url = sign_in_value(profile, session, "sso_start_url");
    const std::string region = sign_in_value(profile, session, "sso_region");
    if (!account || !role || start_url.empty() || region.empty()) {
      return wrong(at,
                   "a sign-in needs `sso_account_id`, `sso_role_name`, `sso_start_url` and "
                   "`sso_region`",
                   "aws configure sso writes them");
    }
    auto name = tls::sha1_hex(session.empty() ? start_url : session);
    if (!name) {
      return std::unexpected(std::move(name.error()));
    }
    const std::string file = profiles_.in_home(".aws/sso/cache/" + *name + ".json");
    if (file.empty()) {
      return wrong(at, "a sign-in is kept in HOME, which is not set");
    }
    return Source{SingleSignOn{.cache_file = file,
                               .region = region,
                               .account_id = account->text,
                               .role_name = role->text}};
  }

  std::string sign_in_value(const std::string& profile, const std::string& session,
                            std::string_view key) const {
    const auto of_session = profiles_.find(SectionKind::sso_session, session, key);
    return of_session && !session.empty() ? of_session->text : text(profile, key);
  }

  Found from_keys(const std::string& profile, SharedFile kind) const {
    const ProfileFile* const file = profiles_.file(kind);
    if (file == nullptr) {
      return std::nullopt;
    }
    auto keys = file->keys_of(profile);
    if (!keys) {
      return std::unexpected(std::move(keys.error()));
    }
    if (!*keys) {
      return std::nullopt;
    }
    return Source{ProfileKeys{
        .credentials = **std::move(keys), .profile = profile, .file = file->file(), .kind = kind}};
  }

  Found from_process(const std::string& profile) const {
    const auto command = profiles_.find(profile, "credential_process");
    if (!command) {
      return std::nullopt;
    }
    auto arguments = split_command(command->text);
    if (!arguments || arguments->empty() || arguments->front().empty()) {
      return wrong(command->at, "`credential_process` is no command line",
                   "each quote has its end, and something follows each backslash");
    }
    return Source{Process{.name = "credential process", .arguments = *std::move(arguments)}};
  }

  std::string text(const std::string& profile, std::string_view key) const {
    const auto value = profiles_.find(profile, key);
    return value ? value->text : std::string();
  }

  std::string session_name(const std::string& profile) const {
    const std::string name = text(profile, "role_session_name");
    return name.empty() ? std::string(default_session_name) : name;
  }

  const Environment& environment_;
  const Profiles& profiles_;
  std::vector<std::string> chain_;  ///< profiles that were left for their source
};

}  // namespace

base::Result<ChainPlace> profile_source(const Environment& environment, const Profiles& profiles) {
  auto found = ProfileResolver(environment, profiles).resolve(profiles.chosen());
  if (!found) {
    return std::unexpected(std::move(found.error()));
  }
  if (*found) {
    return ChainPlace(**std::move(found));
  }
  constexpr auto place = model::CredentialPlace::profile;
  if (!profiles.denied().empty()) {
    return ChainPlace(std::unexpected(
        model::CredentialFailure{place, model::CredentialTrouble::file_denied, profiles.denied()}));
  }
  return ChainPlace(std::unexpected(
      model::CredentialFailure{place, model::CredentialTrouble::not_set, profiles.chosen()}));
}

}  // namespace blindfold::aws
