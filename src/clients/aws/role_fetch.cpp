#include "clients/aws/role_fetch.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "clients/account/file.hpp"
#include "clients/aws/authority.hpp"
#include "clients/aws/endpoints.hpp"
#include "clients/aws/signer.hpp"
#include "clients/aws/sts_body.hpp"

namespace blindfold::aws {
namespace {

using namespace std::chrono_literals;
using model::CredentialFailure;
using model::CredentialTrouble;

constexpr auto timeout = 10s;
constexpr std::size_t largest_reply = xml::Limits().document;
// AWS takes what was signed within five minutes of its own clock.
constexpr auto signed_in_time = 4min;

CredentialTrouble trouble_of(base::ErrorKind kind) noexcept {
  switch (kind) {
    case base::ErrorKind::denied:
      return CredentialTrouble::not_trusted;
    case base::ErrorKind::unreachable:
      return CredentialTrouble::unreachable;
    case base::ErrorKind::protocol:
    case base::ErrorKind::limit:
      return CredentialTrouble::not_the_form;
    default:
      return CredentialTrouble::internal;
  }
}

base::Result<Credentials> copy_of(const Credentials& credentials) {
  auto key = credentials.secret_access_key.with_bytes(account::copied);
  auto token = credentials.session_token.with_bytes(account::copied);
  if (!key || !token) {
    return std::unexpected(key ? token.error() : key.error());
  }
  return Credentials{.access_key_id = credentials.access_key_id,
                     .secret_access_key = *std::move(key),
                     .session_token = *std::move(token)};
}

}  // namespace

RoleFetch::RoleFetch(loop::Loop& loop, const Account& account, RoleRequest request, Fetched done)
    : loop_(loop),
      region_(account.region),
      role_arn_(std::move(request.role_arn)),
      action_(action_of(request)),
      place_(request.place),
      done_(std::move(done)),
      refusal_(loop, [this]() noexcept { end(std::unexpected(*trouble_)); }),
      deadline_(loop, [this]() noexcept {
        transfer_->cancel();
        end(std::unexpected(by_host(CredentialTrouble::timed_out)));
      }) {
  request.role_arn = role_arn_;
  trouble_ = prepare(account, request);
  if (trouble_ || !send()) {
    refusal_.schedule();
  } else {
    deadline_.start(timeout);
  }
}

std::optional<CredentialFailure> RoleFetch::prepare(const Account& account,
                                                    const RoleRequest& request) {
  if (!is_region(region_)) {
    return failure(CredentialTrouble::no_region);
  }
  if (auto unusable = connect(account)) {
    return unusable;
  }
  return take_body(request);
}

std::optional<CredentialFailure> RoleFetch::connect(const Account& account) {
  auto endpoint = endpoint_of(account, ServiceHost::sts, region_);
  const auto server = endpoint ? account::parse_server_url(endpoint->url) : std::nullopt;
  if (!server) {
    return failure(CredentialTrouble::unreachable,
                   endpoint_url(account.endpoints, ServiceHost::sts, region_));
  }
  server_ = *server;
  auto client = http::Client::make(loop_, *std::move(endpoint),
                                   {.user_agent = "blindfold/" BLINDFOLD_VERSION});
  if (!client) {
    return by_host(CredentialTrouble::not_trusted);
  }
  client_ = *std::move(client);
  transfer_.emplace(*client_, static_cast<http::Receiver&>(*this));
  return std::nullopt;
}

std::optional<CredentialFailure> RoleFetch::take_body(const RoleRequest& request) {
  if (!request.web_identity_token.empty()) {
    auto form = sts_secret_form(request);
    if (!form) {
      return failure(CredentialTrouble::internal);
    }
    secret_form_ = *std::move(form);
    return std::nullopt;
  }
  if (request.signed_with == nullptr || request.signed_with->secret_access_key.empty()) {
    return failure(CredentialTrouble::incomplete, "aws_secret_access_key");
  }
  auto copy = copy_of(*request.signed_with);
  if (!copy) {
    return failure(CredentialTrouble::internal);
  }
  signed_with_ = *std::move(copy);
  form_ = sts_form(request);
  return std::nullopt;
}

bool RoleFetch::send() noexcept {
  head_ = {};
  reply_.reset();
  whole_ = false;
  http::Request request{
      .method = "POST",
      .target = "/",
      .headers = {{"Host", authority_of(server_)},
                  {"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}},
      .body = form_,
      .secret_body = std::move(secret_form_),
      .timeout = std::nullopt,
      .max_body = largest_reply};
  if (!signed_with_.secret_access_key.empty()) {
    const std::string path = server_.base + "/";
    auto added = sign({.path = path, .headers = request.headers, .body = form_},
                      {.region = region_, .service = std::string(signing_name(ServiceHost::sts))},
                      signed_with_, services_time());
    if (!added) {
      trouble_ = failure(CredentialTrouble::incomplete, "aws_access_key_id");
      return false;
    }
    std::ranges::move(*added, std::back_inserter(request.headers));
  }
  transfer_->start(std::move(request),
                   {.name = "X-Amz-Security-Token", .value = &signed_with_.session_token});
  return true;
}

bool RoleFetch::on_head(const http::Head& head) noexcept {
  head_ = head;
  reply_.emplace(action_);
  return true;
}

bool RoleFetch::on_data(std::string_view bytes) noexcept {
  return reply_->parser.feed(bytes).has_value();
}

void RoleFetch::on_end(base::Result<> result) noexcept {
  whole_ = result && reply_ && reply_->parser.finish();
  if (!again_by_its_clock()) {
    end(outcome(result));
  } else if (!send()) {
    refusal_.schedule();
  }
}

/// Whether a signature was refused that was made at a time which is not the
/// service's; then it is known how far the clocks are apart.
bool RoleFetch::again_by_its_clock() noexcept {
  const bool refused = whole_ && head_.status >= 400 && head_.status < 500 &&
                       reply_->reader.is_refusal() && !signed_with_.secret_access_key.empty();
  if (!refused || corrected_ || !head_.date || head_.stored) {
    return false;
  }
  offset_ = *head_.date - loop_.now().system;
  corrected_ = offset_ > signed_in_time || offset_ < -signed_in_time;
  return corrected_;
}

RoleFetch::Outcome RoleFetch::outcome(const base::Result<>& result) noexcept {
  if (head_.status == 0) {
    return std::unexpected(
        by_host(trouble_of(result ? base::ErrorKind::internal : result.error().kind)));
  }
  // Their status says what there is to know, whoever answered.
  if (head_.status == 429 || head_.status >= 500) {
    return std::unexpected(by_host(CredentialTrouble::refused));
  }
  if (!result && result.error().kind == base::ErrorKind::unreachable) {
    return std::unexpected(by_host(CredentialTrouble::unreachable));
  }
  if (whole_ && head_.status >= 200 && head_.status < 300) {
    return credentials();
  }
  if (whole_ && head_.status >= 400 && reply_->reader.is_refusal()) {
    return std::unexpected(failure(CredentialTrouble::refused, role_arn_));
  }
  return std::unexpected(by_host(CredentialTrouble::not_the_form));
}

RoleFetch::Outcome RoleFetch::credentials() noexcept {
  auto taken = reply_->reader.take();
  if (!taken) {
    return std::unexpected(by_host(CredentialTrouble::not_the_form));
  }
  const bool dated = head_.date && !head_.stored;
  if (taken->expires <= (dated ? base::SystemTime(*head_.date) : services_time())) {
    return std::unexpected(failure(CredentialTrouble::expired, role_arn_));
  }
  return *std::move(taken);
}

base::SystemTime RoleFetch::services_time() const noexcept {
  return loop_.now().system + offset_;
}

CredentialFailure RoleFetch::failure(CredentialTrouble trouble, std::string subject) const {
  return {.place = place_,
          .trouble = trouble,
          .subject = std::move(subject),
          .status = static_cast<std::uint32_t>(head_.status)};
}

CredentialFailure RoleFetch::by_host(CredentialTrouble trouble) const {
  return failure(trouble, server_.host);
}

void RoleFetch::end(Outcome outcome) noexcept {
  deadline_.stop();
  reply_.reset();
  done_(std::move(outcome));
}

}  // namespace blindfold::aws
