#include "clients/kubernetes/api_exchange.hpp"

#include <algorithm>
#include <utility>

namespace blindfold::kubernetes {
namespace {

// One form exactly: a server that has it not answers 406, never the whole object.
std::string_view accepted(Form form) noexcept {
  switch (form) {
    case Form::table:
      return "application/json;as=Table;g=meta.k8s.io;v=v1";
    case Form::object_meta:
      return "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";
    case Form::object:
      break;
  }
  return "application/json";
}

char lower(char character) noexcept {
  return character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a')
                                              : character;
}

// "application/json", with parameters or without.
bool is_json(std::string_view content_type) noexcept {
  auto type = content_type.substr(0, content_type.find(';'));
  type = type.substr(0, type.find_last_not_of(" \t") + 1);
  return std::ranges::equal(type, std::string_view("application/json"), {}, lower);
}

// Their status alone says what there is to know, whoever answered.
bool speaks_for_itself(int code) noexcept {
  return code == 429 || code >= 500;
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

ApiExchange::ApiExchange(loop::Loop& loop, http::Client& client, TokenSource& tokens, Trust& trust,
                         ApiListener& listener) noexcept
    : tokens_(tokens),
      trust_(trust),
      listener_(listener),
      transfer_(client, *this),
      deadline_(loop, [this]() noexcept {
        transfer_.cancel();
        wish_.reset();
        end(fault(Fault::timed_out));
      }) {
}

ApiExchange::~ApiExchange() {
  if (destroyed_ != nullptr) {
    *destroyed_ = true;
  }
}

void ApiExchange::start(ApiRequest request, Terms terms) noexcept {
  request_ = std::move(request);
  terms_ = terms;
  running_ = true;
  refused_ = false;
  if (terms_.timeout) {
    deadline_.start(*terms_.timeout);
  }
  ask_for_token();
}

void ApiExchange::cancel() noexcept {
  running_ = false;
  deadline_.stop();
  wish_.reset();
  transfer_.cancel();
}

void ApiExchange::ask_for_token() noexcept {
  head_ = {};
  body_ = Body::none;
  fault_.reset();
  wish_ = tokens_.want(
      [this](const base::Result<const secret::SecretBuffer*>& token) noexcept { send(token); });
}

void ApiExchange::send(const base::Result<const secret::SecretBuffer*>& token) noexcept {
  if (!token) {
    end(fault(Fault::credential));
    return;
  }
  trust_.refresh();
  http::Request request{.method = request_.method,
                        .target = request_.target,
                        .headers = {{"Accept", std::string(accepted(request_.form))}},
                        .body = request_.body,
                        .timeout = std::nullopt,
                        .max_body = terms_.max_body};
  if (!request.body.empty()) {
    request.headers.push_back({"Content-Type", "application/json"});
  }
  const secret::SecretBuffer none;
  transfer_.start(std::move(request), http::bearer(*token == nullptr ? none : **token));
}

bool ApiExchange::on_head(const http::Head& head) noexcept {
  head_ = head;
  const bool json = is_json(head.content_type);
  const bool success = head.status >= 200 && head.status < 300;
  const bool again = head.status == 401 && !refused_;
  if (!json || again) {
    body_ = Body::dropped;
  } else if (success) {
    body_ = Body::reply;
  } else {
    body_ = Body::status;
    status_ = std::make_unique<StatusReply>();
  }
  if (body_ != Body::reply) {
    return body_ == Body::status;
  }
  bool destroyed = false;
  destroyed_ = &destroyed;
  listener_.on_reply();
  if (destroyed) {
    return false;
  }
  destroyed_ = nullptr;
  return running_;
}

bool ApiExchange::on_data(std::string_view bytes) noexcept {
  if (body_ == Body::reply) {
    return give(bytes);
  }
  return body_ == Body::status && status_->parser.feed(bytes).has_value();
}

bool ApiExchange::give(std::string_view bytes) noexcept {
  bool destroyed = false;
  destroyed_ = &destroyed;
  const auto fault = listener_.on_bytes(bytes);
  if (destroyed) {
    return false;
  }
  destroyed_ = nullptr;
  fault_ = fault;
  return running_ && !fault;
}

void ApiExchange::on_end(base::Result<> result) noexcept {
  if (head_.status == 401 && !std::exchange(refused_, true)) {
    tokens_.refused();
    ask_for_token();
    return;
  }
  end(outcome(result));
}

std::optional<Failure> ApiExchange::outcome(const base::Result<>& result) noexcept {
  if (fault_) {
    return fault(*fault_);
  }
  if (head_.status == 0) {
    return fault(result ? Fault::internal : fault_of(result.error().kind, false));
  }
  if (head_.status < 200 || head_.status >= 300) {
    return refusal(result);
  }
  if (body_ != Body::reply) {
    return fault(Fault::not_the_form);
  }
  return result ? std::nullopt : std::optional(fault(fault_of(result.error().kind, true)));
}

Failure ApiExchange::refusal(const base::Result<>& result) noexcept {
  const bool complete = body_ == Body::status && result && status_->parser.finish() &&
                        status_->parser.documents() == 1;
  Failure failure;
  if (complete) {
    failure.status = status_->reader.status();
  } else if (!speaks_for_itself(head_.status)) {
    const bool cut_off = !result && result.error().kind == base::ErrorKind::unreachable;
    failure.fault = cut_off ? Fault::cut_off : Fault::not_the_form;
  }
  failure.status.code = head_.status;
  if (head_.retry_after) {
    failure.status.retry_after = head_.retry_after;
  }
  return failure;
}

Failure ApiExchange::fault(Fault fault) const {
  Failure failure;
  failure.fault = fault;
  failure.status.code = head_.status;
  return failure;
}

void ApiExchange::end(const std::optional<Failure>& failure) noexcept {
  running_ = false;
  deadline_.stop();
  status_.reset();
  if (failure && failure->fault == Fault::not_trusted) {
    trust_.doubt();
  }
  listener_.on_end(failure);
}

}  // namespace blindfold::kubernetes
