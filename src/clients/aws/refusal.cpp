#include "clients/aws/refusal.hpp"

#include <algorithm>
#include <array>

namespace blindfold::aws {
namespace {

constexpr std::size_t longest_code = 256;

struct Known {
  std::string_view code;
  Refusal refusal;
  Remedy remedy = Remedy::none;
};

constexpr std::array known{
    Known{"AccessDenied", Refusal::access_denied},
    Known{"AccessDeniedException", Refusal::access_denied},
    Known{"UnauthorizedOperation", Refusal::access_denied},

    Known{"ParameterNotFound", Refusal::not_found},
    Known{"ParameterVersionNotFound", Refusal::not_found},
    Known{"ResourceNotFoundException", Refusal::not_found},

    Known{"SerializationException", Refusal::invalid_request},
    Known{"UnknownOperationException", Refusal::invalid_request},
    Known{"ValidationError", Refusal::invalid_request},
    Known{"ValidationException", Refusal::invalid_request},

    Known{"BandwidthLimitExceeded", Refusal::throttled},
    Known{"LimitExceededException", Refusal::throttled},
    Known{"PriorRequestNotComplete", Refusal::throttled},
    Known{"RequestLimitExceeded", Refusal::throttled},
    Known{"RequestThrottled", Refusal::throttled},
    Known{"RequestThrottledException", Refusal::throttled},
    Known{"SlowDown", Refusal::throttled},
    Known{"ThrottledException", Refusal::throttled},
    Known{"Throttling", Refusal::throttled},
    Known{"ThrottlingException", Refusal::throttled},
    Known{"TooManyRequestsException", Refusal::throttled},
    Known{"TooManyUpdates", Refusal::throttled},

    Known{"ExpiredToken", Refusal::not_signed_right, Remedy::fresh_credentials},
    Known{"ExpiredTokenException", Refusal::not_signed_right, Remedy::fresh_credentials},
    Known{"InvalidAccessKeyId", Refusal::not_signed_right, Remedy::fresh_credentials},
    Known{"InvalidClientTokenId", Refusal::not_signed_right, Remedy::fresh_credentials},
    Known{"UnrecognizedClientException", Refusal::not_signed_right, Remedy::fresh_credentials},

    Known{"RequestExpired", Refusal::clock, Remedy::right_clock},
    Known{"RequestInTheFuture", Refusal::clock, Remedy::right_clock},
    Known{"RequestTimeTooSkewed", Refusal::clock, Remedy::right_clock},
    Known{"AuthFailure", Refusal::not_signed_right, Remedy::right_clock_where_off},
    Known{"InvalidSignatureException", Refusal::not_signed_right, Remedy::right_clock_where_off},
    Known{"SignatureDoesNotMatch", Refusal::not_signed_right, Remedy::right_clock_where_off},

    Known{"IncompleteSignature", Refusal::not_signed_right},
    Known{"IncompleteSignatureException", Refusal::not_signed_right},
    Known{"MissingAuthenticationToken", Refusal::not_signed_right},
    Known{"MissingAuthenticationTokenException", Refusal::not_signed_right},

    Known{"InternalFailure", Refusal::server_error},
    Known{"InternalServerError", Refusal::server_error},
    Known{"InternalServiceError", Refusal::server_error},
};

}  // namespace

Meaning meaning_of(std::string_view code, int status) noexcept {
  code = code.substr(code.rfind('#') + 1);  // npos + 1 is 0
  code = code.substr(0, code.find(':'));
  const auto* const found = std::ranges::find(known, code, &Known::code);
  if (found != known.end()) {
    return {found->refusal, found->remedy};
  }
  if (const auto refusal = refusal_of(status)) {
    return {*refusal};
  }
  // InvalidParameterException, InvalidFilterValue, InvalidNextToken and so on.
  return {code.starts_with("Invalid") ? Refusal::invalid_request : Refusal::unexpected};
}

std::optional<Refusal> refusal_of(int status) noexcept {
  if (status == 429 || status == 503) {
    return Refusal::throttled;
  }
  return status >= 500 ? std::optional(Refusal::server_error) : std::nullopt;
}

std::size_t RefusalReader::wanted(std::string_view path) noexcept {
  return path == "__type" ? longest_code : 0;
}

bool RefusalReader::on_string(std::string_view /*path*/, std::string_view value) noexcept {
  meaning_ = meaning_of(value, status_);
  return true;
}

}  // namespace blindfold::aws
