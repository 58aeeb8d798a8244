#include "clients/aws/exchange.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace blindfold::aws {
namespace {

using std::chrono::microseconds;

constexpr std::size_t largest_refusal = 64UL * 1024;
constexpr std::string_view json_1_1 = "application/x-amz-json-1.1";
// Codes that have other causes too: AWS takes a signature within five minutes,
// and what is measured is off by half of the time that it took.
constexpr microseconds well_off = std::chrono::minutes(4);

char lower(char character) noexcept {
  return character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a')
                                              : character;
}

// "application/x-amz-json-1.1", "application/json", with parameters or without.
bool is_json(std::string_view content_type) noexcept {
  auto type = content_type.substr(0, content_type.find(';'));
  type = type.substr(0, type.find_last_not_of(" \t") + 1);
  const auto is = [type](std::string_view name) noexcept {
    return std::ranges::equal(type, name, {}, lower);
  };
  return is(json_1_1) || is("application/json");
}

std::string target_of(const Operation& operation) {
  const bool ssm = operation.service == Service::ssm;
  return (ssm ? "AmazonSSM." : "secretsmanager.") + std::string(operation.name);
}

Fault fault_of(base::ErrorKind kind, bool had_head) noexcept {
  switch (kind) {
    case base::ErrorKind::denied:
      return Fault::not_trusted;
    case base::ErrorKind::limit:
      return Fault::too_large;
    case base::ErrorKind::configuration:
      return Fault::credential;
    case base::ErrorKind::protocol:
      return had_head ? Fault::cut_off : Fault::not_the_form;
    case base::ErrorKind::unreachable:
      return had_head ? Fault::cut_off : Fault::unreachable;
    default:
      return Fault::internal;
  }
}

}  // namespace

Exchange::RefusalReply::RefusalReply(int status)
    : reader(status), parser(reader, {.document = largest_refusal}) {
}

Exchange::Exchange(loop::Loop& loop, ClockOffset& clock, json::Reader& reader, Done done) noexcept
    : loop_(loop),
      clock_(clock),
      reader_(reader),
      done_(std::move(done)),
      deadline_(loop, [this]() noexcept { late(); }) {
}

Exchange::~Exchange() {
  if (ended_ != nullptr) {
    *ended_ = true;
  }
}

base::Result<> Exchange::start(const Way& way, const Operation& operation,
                               const Credentials& credentials, CallLimits limits) noexcept {
  reset();
  limits_ = limits;
  signed_with_ = clock_.value();
  std::vector<http::Header> headers{{"Host", way.host},
                                    {"Content-Type", std::string(json_1_1)},
                                    {"X-Amz-Target", target_of(operation)}};
  const auto signature = sign({.path = way.path, .headers = headers, .body = operation.body},
                              way.scope, credentials, loop_.now().system + signed_with_);
  if (!signature) {
    return std::unexpected(signature.error());
  }
  headers.erase(headers.begin());  // libcurl sends the same
  headers.insert(headers.end(), signature->begin(), signature->end());
  if (client_ != way.client.get()) {
    client_ = way.client.get();
    http::Receiver& receiver = *this;
    transfer_.emplace(*way.client, receiver);
  }
  sent_ = loop_.now().steady;
  deadline_.start(limits_.timeout);
  transfer_->start({.method = "POST",
                    .target = "/",
                    .headers = std::move(headers),
                    .body = operation.body,
                    .timeout = std::nullopt,
                    .max_body = limits_.body},
                   {.name = "X-Amz-Security-Token", .value = &credentials.session_token});
  return {};
}

void Exchange::cancel() noexcept {
  if (ended_ != nullptr) {
    *std::exchange(ended_, nullptr) = true;
  }
  deadline_.stop();
  if (transfer_) {
    transfer_->cancel();
  }
  reset();
}

void Exchange::reset() noexcept {
  head_ = {};
  parser_.reset();
  refusal_.reset();
  fault_.reset();
}

bool Exchange::on_head(const http::Head& head) noexcept {
  head_ = head;
  if (head.date && !head.stored) {
    const base::Instant now = loop_.now();
    clock_.note(*head.date, now.system, now.steady - sent_);
  }
  if (!is_json(head.content_type)) {
    return false;
  }
  if (head.status == 200) {
    parser_ = std::make_unique<json::Parser>(reader_, json::Limits{.document = limits_.body});
  } else {
    refusal_ = std::make_unique<RefusalReply>(head.status);
  }
  return true;
}

bool Exchange::on_data(std::string_view bytes) noexcept {
  return parser_ != nullptr ? give(bytes) : took(refusal_->parser.feed(bytes));
}

bool Exchange::give(std::string_view bytes) noexcept {
  bool ended = false;
  ended_ = &ended;
  // What the reader calls may end all this while the parser is at work.
  auto parser = std::move(parser_);
  const auto fed = parser->feed(bytes);
  if (ended) {
    return false;
  }
  ended_ = nullptr;
  parser_ = std::move(parser);
  return took(fed);
}

bool Exchange::took(const base::Result<>& fed) noexcept {
  if (!fed) {
    fault_ = fed.error().kind == base::ErrorKind::limit ? Fault::too_large : Fault::not_the_form;
  }
  return fed.has_value();
}

void Exchange::on_end(base::Result<> result) noexcept {
  deadline_.stop();
  done_(outcome(result));
}

void Exchange::late() noexcept {
  transfer_->cancel();
  done_(fault(Fault::timed_out));
}

Exchange::Outcome Exchange::outcome(const base::Result<>& result) noexcept {
  if (head_.status == 0) {
    return fault(result ? Fault::internal : fault_of(result.error().kind, false));
  }
  return parser_ != nullptr ? answered(result) : refused(result);
}

Exchange::Outcome Exchange::answered(const base::Result<>& result) noexcept {
  if (fault_) {
    return fault(*fault_);
  }
  if (!result) {
    return fault(fault_of(result.error().kind, true));
  }
  if (!parser_->finish()) {
    return fault(Fault::cut_off);
  }
  return parser_->documents() == 1 ? Outcome{} : fault(Fault::not_the_form);
}

Exchange::Outcome Exchange::refused(const base::Result<>& result) noexcept {
  const bool complete = refusal_ != nullptr && result && refusal_->parser.finish() &&
                        refusal_->parser.documents() == 1;
  if (complete) {
    return refusal(*refusal_->reader.meaning());
  }
  // Its status alone says what there is to know, whoever answered.
  if (const auto said = refusal_of(head_.status)) {
    return refusal({*said});
  }
  if (fault_ || refusal_ == nullptr || result) {
    return fault(fault_.value_or(Fault::not_the_form));
  }
  return fault(fault_of(result.error().kind, true));
}

Exchange::Outcome Exchange::refusal(Meaning meaning) const {
  const bool clock = meaning.remedy == Remedy::right_clock && !ClockOffset::alike(off_by(), {});
  const bool perhaps = meaning.remedy == Remedy::right_clock_where_off && off_by() > well_off;
  Failure failure{.refusal = perhaps ? Refusal::clock : meaning.refusal,
                  .status = head_.status,
                  .retry_after = head_.retry_after};
  const bool fresh = meaning.remedy == Remedy::fresh_credentials;
  return {.failure = std::move(failure),
          .remedy = clock || perhaps ? Remedy::right_clock
                    : fresh          ? Remedy::fresh_credentials
                                     : Remedy::none};
}

Exchange::Outcome Exchange::fault(Fault fault) const {
  return {.failure = Failure{.fault = fault, .status = head_.status}};
}

microseconds Exchange::off_by() const noexcept {
  return std::chrono::abs(clock_.value() - signed_with_);
}

}  // namespace blindfold::aws
