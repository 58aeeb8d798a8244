#include "clients/kubernetes/call.hpp"

#include <utility>

#include "clients/kubernetes/api_exchange.hpp"
#include "clients/kubernetes/connection_parts.hpp"

namespace blindfold::kubernetes {

class Call::Implementation final : private ApiListener {
 public:
  Implementation(Connection::Parts& connection, json::Reader& reader, Done done) noexcept
      : reader_(reader),
        done_(std::move(done)),
        exchange_(connection.loop, *connection.calls, connection.tokens, connection.trust, *this) {}

  void start(ApiRequest request, CallLimits limits) noexcept {
    limits_ = limits;
    exchange_.start(std::move(request), {.timeout = limits.timeout, .max_body = limits.body});
  }
  void cancel() noexcept {
    exchange_.cancel();
    parser_.reset();
  }
  [[nodiscard]] bool running() const noexcept { return exchange_.running(); }

 private:
  void on_reply() noexcept override {
    parser_.emplace(reader_, json::Limits{.document = limits_.body});
  }

  std::optional<Fault> on_bytes(std::string_view bytes) noexcept override {
    if (const auto fed = parser_->feed(bytes); !fed) {
      return fed.error().kind == base::ErrorKind::limit ? Fault::too_large : Fault::not_the_form;
    }
    return std::nullopt;
  }

  void on_end(const std::optional<Failure>& failure) noexcept override {
    const std::optional<Failure> outcome = failure ? failure : unfinished();
    parser_.reset();
    done_(outcome);
  }

  // A reply that came to its end: whether it was one document.
  std::optional<Failure> unfinished() noexcept {
    const bool whole = parser_->finish().has_value();
    if (whole && parser_->documents() == 1) {
      return std::nullopt;
    }
    Failure failure;
    failure.fault = whole ? Fault::not_the_form : Fault::cut_off;
    return failure;
  }

  json::Reader& reader_;
  loop::OwnedCallback<const std::optional<Failure>&> done_;
  CallLimits limits_;
  std::optional<json::Parser> parser_;
  ApiExchange exchange_;
};

Call::Call(Connection& connection, json::Reader& reader, Done done)
    : implementation_(
          std::make_unique<Implementation>(*connection.parts_, reader, std::move(done))) {
}

Call::~Call() = default;

void Call::start(ApiRequest request, CallLimits limits) noexcept {
  implementation_->start(std::move(request), limits);
}

void Call::cancel() noexcept {
  implementation_->cancel();
}

bool Call::running() const noexcept {
  return implementation_->running();
}

}  // namespace blindfold::kubernetes
