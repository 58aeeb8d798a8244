#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/model/locator.hpp"
#include "platform/base/duration.hpp"

namespace blindfold::model {

/// Who writes the credential to the store.
enum class Provider : std::uint8_t { customer, vendor, generated };

[[nodiscard]] std::string_view to_string(Provider provider) noexcept;

/// When the application takes a rotated credential.
enum class TakesEffect : std::uint8_t { unsaid, at_once, after_restart };

/// The requirement counts only while the setting has that value.
struct Condition {
  std::string setting;  ///< the id of a setting
  std::string is;

  friend bool operator==(const Condition&, const Condition&) = default;
};

/// What Part 2 accepts for one key.
struct EntryRule {
  std::string pattern;  ///< a regular expression; empty: anything

  friend bool operator==(const EntryRule&, const EntryRule&) = default;
};

enum class TokenEncoding : std::uint8_t { base64url, hex };

/// How `agent provision` makes a generated credential.
struct Generation {
  std::uint32_t bytes = 32;
  TokenEncoding encoding = TokenEncoding::base64url;
  std::optional<base::Duration> rotate_every;
  std::optional<base::Duration> keep_previous;

  friend bool operator==(const Generation&, const Generation&) = default;
};

/// Where `agent provision` finds a vendor-provided credential.
struct SealedEntry {
  std::string bundle;  ///< path of the bundle
  std::string entry;

  friend bool operator==(const SealedEntry&, const SealedEntry&) = default;
};

/// A place in a file that a person wrote; lines and columns count from 1.
struct Origin {
  std::string file;
  std::uint32_t line = 0;
  std::uint32_t column = 0;

  friend bool operator==(const Origin&, const Origin&) = default;
};

/// A credential that the application needs: one item of the manifest, with
/// what the operator's configuration made of it.
struct Requirement {
  std::string id;
  std::string title;
  std::string purpose;
  std::string help;
  Provider provided_by = Provider::customer;
  bool required = true;
  bool skipped = false;  ///< the operator's own mark
  std::optional<Condition> when;
  Locator locator;
  std::map<std::string, EntryRule> enter;  ///< by key
  TakesEffect takes_effect = TakesEffect::unsaid;
  std::optional<base::Duration> max_age;
  std::optional<Generation> generate;
  std::optional<SealedEntry> sealed;
  Origin origin;

  friend bool operator==(const Requirement&, const Requirement&) = default;
};

}  // namespace blindfold::model
