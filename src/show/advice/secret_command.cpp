#include "show/advice/secret_command.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "show/advice/typed_value.hpp"

namespace blindfold::advice {
namespace {

using KeyOfType = std::pair<std::string_view, std::string_view>;

constexpr std::string_view tls_type = "kubernetes.io/tls";
constexpr std::string_view docker_type = "kubernetes.io/dockerconfigjson";

/// What the API server demands of a type (core/v1, validation of Secrets).
constexpr auto demanded = std::to_array<KeyOfType>({
    {tls_type, "tls.crt"},
    {tls_type, "tls.key"},
    {docker_type, ".dockerconfigjson"},
    {"kubernetes.io/dockercfg", ".dockercfg"},
    {"kubernetes.io/ssh-auth", "ssh-privatekey"},
});

/// It demands one of the two.
constexpr auto usual = std::to_array<KeyOfType>({
    {"kubernetes.io/basic-auth", "username"},
    {"kubernetes.io/basic-auth", "password"},
});

constexpr std::string_view as_yaml = " --dry-run=client -o yaml | kubectl replace";

void add_keys(std::vector<std::string>& keys, std::string_view type,
              std::span<const KeyOfType> table) {
  for (const auto& [of_type, key] : table) {
    if (of_type == type && std::ranges::find(keys, key) == keys.end()) {
      keys.emplace_back(key);
    }
  }
}

std::size_t typed(std::span<const std::string> keys) noexcept {
  return static_cast<std::size_t>(
      std::ranges::count_if(keys, [](const auto& key) { return !has_several_lines(key); }));
}

/// Whether each of the keys is one that the type demands.
bool all_demanded(std::string_view type, std::span<const std::string> keys) noexcept {
  return std::ranges::all_of(keys, [type](const std::string& key) {
    return std::ranges::find(demanded, KeyOfType(type, key)) != demanded.end();
  });
}

}  // namespace

std::vector<std::string> keys_to_write(const model::KubernetesLocator& locator) {
  std::vector<std::string> keys = locator.keys;
  add_keys(keys, locator.type, demanded);
  if (keys.empty()) {
    add_keys(keys, locator.type, usual);
  }
  if (keys.empty()) {
    keys.emplace_back(unknown_key);
  }
  return keys;
}

SecretCommand::SecretCommand(const model::KubernetesLocator& locator,
                             std::span<const std::string> keys, const CommandOptions& options)
    : locator_(locator), keys_(keys), options_(options), feed_(typed(keys), options.shell) {
}

std::string SecretCommand::create() const {
  return feed_.line({}, create_of_type());
}

std::string SecretCommand::create_after_deletion() const {
  return feed_.line(
      "kubectl wait --for=delete secret/" + word(locator_.secret) + within() + " --timeout=5m && ",
      create_of_type());
}

std::string SecretCommand::replace() const {
  return feed_.line({}, create_of_type().append(as_yaml) + within() + " -f -");
}

std::string SecretCommand::recreate() const {
  return feed_.line({}, create_of_type().append(as_yaml) + within() + " --force -f -");
}

std::string SecretCommand::patch() const {
  // kubectl makes the patch's base64 as well: the program base64 differs by system.
  return feed_.line({}, create_as(Form::generic, {}) +
                            " --dry-run=client -o json | kubectl patch secret" + named() +
                            " --type=merge --patch-file=/dev/stdin");
}

std::string SecretCommand::create_namespace() const {
  return "kubectl create namespace " + word(name_space()) + context();
}

SecretCommand::Form SecretCommand::form() const {
  if (locator_.type == tls_type && all_demanded(tls_type, keys_)) {
    return Form::tls;
  }
  if (locator_.type == docker_type && all_demanded(docker_type, keys_)) {
    return Form::docker_registry;
  }
  return Form::generic;
}

std::string SecretCommand::create_of_type() const {
  const Form known = form();
  const bool said = known != Form::generic || locator_.type == "Opaque";
  return create_as(known, said ? std::string_view() : std::string_view(locator_.type));
}

std::string SecretCommand::create_as(Form form, std::string_view type) const {
  constexpr std::array<std::string_view, 3> forms{"generic", "tls", "docker-registry"};
  std::string command = "kubectl create secret ";
  command.append(forms[static_cast<std::size_t>(form)]).append(named());
  if (!type.empty()) {
    command += " --type=" + word(type);
  }
  return command + sources(form);
}

std::string SecretCommand::sources(Form form) const {
  if (form == Form::tls) {
    return " --cert=" + word(path_to_put_in("tls.crt")) +
           " --key=" + word(path_to_put_in("tls.key"));
  }
  std::string all;
  std::size_t number = 0;
  for (const std::string& key : keys_) {
    all += " --from-file=" + word(key) + "=";
    all += has_several_lines(key) ? word(path_to_put_in(key)) : feed_.source(number++);
  }
  return all;
}

std::string SecretCommand::within() const {
  return (name_space().empty() ? std::string() : " -n " + word(name_space())) + context();
}

std::string SecretCommand::named() const {
  return " " + word(locator_.secret) + within();
}

std::string SecretCommand::context() const {
  return options_.context.empty() ? std::string() : " --context=" + word(options_.context);
}

const std::string& SecretCommand::name_space() const noexcept {
  return locator_.name_space.empty() ? options_.name_space : locator_.name_space;
}

std::string SecretCommand::word(std::string_view text) const {
  return quote(text, options_.shell);
}

}  // namespace blindfold::advice
