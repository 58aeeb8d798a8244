#include "clients/aws/find_account.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>

#include "clients/aws/account_settings.hpp"
#include "clients/aws/chain_place.hpp"
#include "clients/aws/profiles.hpp"

namespace blindfold::aws {
namespace {

bool is_ours(std::string_view name) noexcept {
  constexpr std::array<std::string_view, 7> others{
      "HOME", "HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "NO_PROXY", "no_proxy"};
  return name.starts_with("AWS_") || std::ranges::find(others, name) != others.end();
}

/// What is wrong with a place behind the first source changes nothing, and is
/// said to nobody.
std::optional<base::Error> take(Account& account, base::Result<ChainPlace> place) {
  const bool first = account.sources.empty();
  if (!place) {
    return first ? std::optional(std::move(place.error())) : std::nullopt;
  }
  if (*place) {
    account.sources.push_back(**std::move(place));
  } else if (first) {
    account.without.push_back(std::move(place->error()));
  }
  return std::nullopt;
}

void add_files(const Source& source, std::vector<std::string>& files) {
  if (const auto* const keys = std::get_if<ProfileKeys>(&source.kind)) {
    files.push_back(keys->file);
  } else if (const auto* const identity = std::get_if<WebIdentity>(&source.kind)) {
    files.push_back(identity->token_file);
  } else if (const auto* const role = std::get_if<AssumedRole>(&source.kind)) {
    add_files(*role->source, files);
  } else if (const auto* const sign_in = std::get_if<SingleSignOn>(&source.kind)) {
    files.push_back(sign_in->cache_file);
  } else if (const auto* const agent = std::get_if<Container>(&source.kind);
             agent != nullptr && !agent->token_file.empty()) {
    files.push_back(agent->token_file);
  }
}

const Process* process_of(const Source& source) noexcept {
  if (const auto* const role = std::get_if<AssumedRole>(&source.kind)) {
    return process_of(*role->source);
  }
  return std::get_if<Process>(&source.kind);
}

}  // namespace

Environment process_environment() {
  Environment environment;
  for (char** each = environ; each != nullptr && *each != nullptr; ++each) {
    const std::string_view variable(*each);
    const std::string_view name = variable.substr(0, variable.find('='));
    if (is_ours(name) && name.size() < variable.size()) {
      environment.emplace(name, variable.substr(name.size() + 1));
    }
  }
  return environment;
}

base::Result<Account> find_account(const Environment& environment) {
  const auto profiles = Profiles::load(environment);
  if (!profiles) {
    return std::unexpected(profiles.error());
  }
  Account account;
  std::optional<base::Error> error = take(account, environment_keys(environment));
  if (!error) {
    error = take(account, web_identity(environment, *profiles));
  }
  if (!error) {
    error = take(account, profile_source(environment, *profiles));
  }
  if (!error) {
    error = take(account, container(environment, *profiles));
  }
  if (!error) {
    error = take(account, instance(environment, *profiles));
  }
  if (error) {
    return std::unexpected(*std::move(error));
  }
  if (const auto added = add_settings(account, environment, *profiles); !added) {
    return std::unexpected(added.error());
  }
  for (const Source& source : account.sources) {
    add_files(source, account.files);
  }
  return account;
}

std::vector<helper::Program> programs_of(const Account& account) {
  std::vector<helper::Program> programs;
  for (const Source& source : account.sources) {
    if (const Process* const process = process_of(source)) {
      programs.push_back(
          {.name = process->name, .arguments = process->arguments, .environment = {}});
    }
  }
  return programs;
}

}  // namespace blindfold::aws
