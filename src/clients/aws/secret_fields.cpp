#include "clients/aws/secret_fields.hpp"

#include <string>

namespace blindfold::aws {
namespace {

// Of numbers where the service follows its protocol.
constexpr std::size_t longest_date = 64;

/// The one key that a path consists of, as it was; empty: it is more than a key.
std::string unescaped(std::string_view path) {
  constexpr std::string_view structure = ".[]";
  std::string key;
  bool escaped = false;
  for (const char character : path) {
    if (!escaped && structure.contains(character)) {
      return {};
    }
    escaped = !escaped && character == '\\';
    if (!escaped) {
      key += character;
    }
  }
  return key;
}

}  // namespace

// "VersionIdsToStages.ID[]"
bool SecretFields::is_stage(std::string_view path) const noexcept {
  return path.starts_with(versions_) && path.substr(versions_.size()).starts_with('.') &&
         path.ends_with("[]");
}

std::size_t SecretFields::wanted(std::string_view path) const noexcept {
  if (path == "Name") {
    return longest_secret_name;
  }
  if (path == "ARN") {
    return longest_secret_arn;
  }
  if (path == "DeletedDate") {
    return longest_date;
  }
  return is_stage(path) ? longest_stage : 0;
}

bool SecretFields::string(std::string_view path, std::string_view value) noexcept {
  if (path == "Name") {
    facts_.name = value;
  } else if (path == "ARN") {
    facts_.arn = value;
  } else if (path == "DeletedDate") {
    facts_.pending_deletion = true;
  } else if (value == current_stage) {
    path.remove_prefix(versions_.size() + 1);
    path.remove_suffix(2);
    facts_.current_version = unescaped(path);
    return !facts_.current_version.empty() && facts_.current_version.size() <= longest_version_id;
  }
  return true;
}

void SecretFields::date(std::string_view path) noexcept {
  if (path == "DeletedDate") {
    facts_.pending_deletion = true;
  }
}

bool names_a_value(std::string_view path) noexcept {
  return path.ends_with("SecretString") || path.ends_with("SecretBinary");
}

}  // namespace blindfold::aws
