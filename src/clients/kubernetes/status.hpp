#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace blindfold::kubernetes {

/// One entry of a Status' `details.causes`.
struct Cause {
  std::string reason;  ///< "FieldValueInvalid", …
  std::string field;   ///< "type", "data", "data[tls.crt]", …
};

/// Who refused an object at admission.
struct Admission {
  enum class By : std::uint8_t { none, policy, webhook, quota };
  By by = By::none;
  std::string name;  ///< of the policy, webhook or quota; a DNS name, checked
};

/// What the API server said instead of what was asked for (meta/v1 Status). Its
/// message is not kept: it may quote an object. Only names of DNS form are taken
/// out of it.
struct Status {
  int code = 0;               ///< of HTTP, or in the Status itself within a watch
  std::string reason;         ///< "NotFound", "AlreadyExists", "Forbidden", …; empty: it said none
  std::string name;           ///< details.name
  std::string kind;           ///< details.kind: "secrets", "namespaces"
  std::vector<Cause> causes;  ///< 16 at most
  bool immutable = false;     ///< a message that says the object or the field is immutable
  Admission admission;
  std::optional<std::chrono::seconds> retry_after;
};

/// Why a call brought no Status either.
enum class Fault : std::uint8_t {
  unreachable,   ///< no connection
  not_trusted,   ///< TLS: the server is not whom the CA vouches for, or refuses us
  timed_out,     ///< it accepted and said nothing
  cut_off,       ///< the reply ended in the middle
  not_the_form,  ///< something else than what was asked for: dropped unparsed
  too_large,     ///< beyond our limits
  credential,    ///< no token could be had
  internal,
};

/// A call that did not bring what was asked for.
struct Failure {
  /// Either the server's word, or a fault (then `status.code` is 0, or that of
  /// the head that came before it).
  std::optional<Fault> fault;
  Status status;
};

}  // namespace blindfold::kubernetes
