#include "platform/http/exchange.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "platform/base/duration.hpp"
#include "platform/http/failure.hpp"
#include "platform/http/settings.hpp"

namespace blindfold::http {
namespace {

/// A method's name, or a path with its query: visible ASCII.
bool is_word(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7f'; });
}

}  // namespace

Exchange::Exchange(Multi& multi, Transfer& transfer, Receiver& receiver, Request request,
                   SecretHeader credential) noexcept
    : multi_(multi),
      loop_(multi.loop()),
      transfer_(&transfer),
      request_(std::move(request)),
      reply_(loop_, receiver, multi.settings().address().server, request_.max_body),
      last_byte_(loop_.now().steady),
      deadline_(loop_, [this]() noexcept { late(); }),
      silence_(loop_, [this]() noexcept { silent(); }) {
  prepare(credential);
  if (request_.timeout) {
    deadline_.start(*request_.timeout);
  }
  if (request_.silence) {
    silence_.start(*request_.silence);
  }
}

void Exchange::detach() noexcept {
  transfer_ = nullptr;
  reply_.detach();
  deadline_.stop();
  silence_.stop();
}

void Exchange::completed(CURLcode code) noexcept {
  if (reply_.refusal()) {
    end(std::unexpected(*reply_.refusal()));
  } else if (code == CURLE_OK && reply_.has_head()) {
    end({});
  } else {
    const Settings& settings = multi_.settings();
    end(std::unexpected(failure(code == CURLE_OK ? CURLE_GOT_NOTHING : code, said_.data(), handle_,
                                settings.address(), settings.options().connect_timeout)));
  }
}

void Exchange::end(base::Result<> result) noexcept {
  transfer_->finish(std::move(result));
}

void Exchange::prepare(SecretHeader credential) noexcept {
  if (!is_word(request_.method) || !is_word(request_.target) || request_.target[0] != '/') {
    unsendable_ = base::Error{
        base::ErrorKind::internal, "a request's method or target is not of its form", {}};
    return;
  }
  if (const auto added = add_headers(credential); !added) {
    unsendable_ = added.error();
    return;
  }
  multi_.configure(handle_);
  set_request();
  set_callbacks();
  if (!handle_.good()) {
    unsendable_ =
        base::Error{base::ErrorKind::internal, "libcurl does not take a request's options",
                    "it is too old, or the system is out of memory"};
  }
}

base::Result<> Exchange::add_headers(SecretHeader credential) noexcept {
  if (const std::string& host = multi_.settings().address().host_header; !host.empty()) {
    headers_.add(host);
  }
  headers_.add("Expect:");  // no second turn for a large body
  const auto& given = request_.headers;
  const auto is_type = [](const Header& header) { return header.name == "Content-Type"; };
  if (std::ranges::none_of(given, is_type)) {
    headers_.add("Content-Type:");
  }
  for (const Header& header : given) {
    if (const auto added = headers_.add(header.name, header.value); !added) {
      return added;
    }
  }
  const bool has_credential = credential.value != nullptr && !credential.value->empty();
  return has_credential ? headers_.add(credential) : base::Result<>();
}

void Exchange::set_request() noexcept {
  handle_.set(CURLOPT_URL, multi_.settings().address().url + request_.target);
  handle_.set(CURLOPT_PATH_AS_IS, 1L);
  if (request_.method == "HEAD") {
    handle_.set(CURLOPT_NOBODY, 1L);
  } else if (!request_.secret_body.empty()) {
    handle_.set(CURLOPT_POSTFIELDSIZE, static_cast<long>(request_.secret_body.size()));
    request_.secret_body.with_bytes(
        [this](std::string_view bytes) { handle_.set(CURLOPT_POSTFIELDS, bytes.data()); });
  } else if (!request_.body.empty() || request_.method == "POST" || request_.method == "PUT" ||
             request_.method == "PATCH") {
    handle_.set(CURLOPT_POSTFIELDSIZE, static_cast<long>(request_.body.size()));
    handle_.set(CURLOPT_POSTFIELDS, request_.body.data());
  }
  if (request_.method != "HEAD" && request_.method != "GET") {
    handle_.set(CURLOPT_CUSTOMREQUEST, request_.method);
  }
  handle_.set(CURLOPT_HTTPHEADER, headers_.first());
}

void Exchange::set_callbacks() noexcept {
  handle_.set(CURLOPT_PRIVATE, this);
  handle_.set(CURLOPT_ERRORBUFFER, said_.data());
  handle_.set(CURLOPT_HEADERFUNCTION, &Exchange::on_head_line);
  handle_.set(CURLOPT_HEADERDATA, this);
  handle_.set(CURLOPT_WRITEFUNCTION, &Exchange::on_body);
  handle_.set(CURLOPT_WRITEDATA, this);
  handle_.set(CURLOPT_PREREQFUNCTION, &Exchange::on_connected);
  handle_.set(CURLOPT_PREREQDATA, this);
}

std::size_t Exchange::on_head_line(char* bytes, std::size_t, std::size_t size,
                                   void* exchange) noexcept {
  Exchange& self = *static_cast<Exchange*>(exchange);
  self.last_byte_ = self.loop_.now().steady;
  const bool wanted = self.reply_.head_line({bytes, size});
  if (self.reply_.has_head()) {
    self.multi_.settled(self);
  }
  return wanted ? size : CURL_WRITEFUNC_ERROR;
}

std::size_t Exchange::on_body(char* bytes, std::size_t, std::size_t size, void* exchange) noexcept {
  Exchange& self = *static_cast<Exchange*>(exchange);
  self.last_byte_ = self.loop_.now().steady;
  return self.reply_.body({bytes, size}) ? size : CURL_WRITEFUNC_ERROR;
}

int Exchange::on_connected(void* exchange, char*, char*, int, int) noexcept {
  Exchange& self = *static_cast<Exchange*>(exchange);
  if (!self.over_a_new_connection()) {
    self.multi_.settled(self);
  }
  return CURL_PREREQFUNC_OK;
}

/// Whether a server that may speak HTTP/2 has not yet said how many streams it
/// takes.
bool Exchange::over_a_new_connection() const noexcept {
  return multi_.settings().address().url.starts_with("https:") &&
         handle_.number(CURLINFO_NUM_CONNECTS) > 0;
}

void Exchange::silent() noexcept {
  const base::SteadyTime until = last_byte_ + *request_.silence;
  if (loop_.now().steady < until) {
    silence_.start_at(until);
    return;
  }
  end(std::unexpected(base::Error{base::ErrorKind::unreachable,
                                  "nothing came from " + multi_.settings().address().server +
                                      " for " + base::format_duration(*request_.silence),
                                  {}}));
}

void Exchange::late() noexcept {
  end(std::unexpected(base::Error{base::ErrorKind::unreachable,
                                  "no complete answer from " + multi_.settings().address().server +
                                      " within " + base::format_duration(*request_.timeout),
                                  {}}));
}

}  // namespace blindfold::http
