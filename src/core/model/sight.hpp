#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace blindfold::model {

/// Who keeps the agent from reading a requirement's value, worst first: a
/// comparison with `<` is "worse than".
enum class SightLevel : std::uint8_t {
  unknown,     ///< not determined yet
  none,        ///< the account could get at the value
  wire,        ///< what is asked for carries no value, the account could ask for one
  self,        ///< the agent gave the right up
  iam,         ///< AWS refuses
  api_server,  ///< the Kubernetes API server refuses
  kernel,      ///< modes and owner that the customer set refuse
};

/// Why it is no better than it is.
enum class SightReason : std::uint8_t {
  none,                 ///< nothing to add
  own_file,             ///< the file belongs to the agent's own user, who may change its mode
  readable_file,        ///< the file's mode lets the agent's user read it
  writable_folder,      ///< the agent's user may replace what is in `subject`
  hard_linked,          ///< the file has another name, in a folder that is not known
  no_landlock,          ///< this kernel cannot take the right to read away
  beneath_kept_folder,  ///< the agent must go on reading `subject`, which is above
  no_ask_only_policy,   ///< nothing limits the account's `create` or `update` to asking
  policy_unknown,       ///< whether it does could not be found out
  immutable_guess,      ///< the account may `update` an immutable secret: a guess can be tried
  may_reach,   ///< it may do `subject` (verb and resource), and through that read any secret
  may_read,    ///< the API server lets the account do `subject`, which can bring values
  not_tried,   ///< whether IAM refuses the identity was not tried
  not_proven,  ///< it was tried, and `subject` was neither refused nor allowed
  may_call,    ///< IAM lets the identity call `subject`, which brings values
};

/// What `require-sight:` asks for.
enum class RequiredSight : std::uint8_t { none, wire, self, enforced };

struct Sight {
  SightLevel level = SightLevel::unknown;
  SightReason reason = SightReason::none;
  std::string subject{};  ///< the path or the verb that the reason speaks of; may be empty

  friend bool operator==(const Sight&, const Sight&) = default;
};

/// "kernel", "api-server", "iam", "self", "wire", "none", "unknown".
[[nodiscard]] std::string_view to_string(SightLevel level) noexcept;
/// "enforced", "self", "wire", "none".
[[nodiscard]] std::string_view to_string(RequiredSight sight) noexcept;

/// Whether `level` is at least as strict as `required`.
[[nodiscard]] bool satisfies(SightLevel level, RequiredSight required) noexcept;

}  // namespace blindfold::model
