#include "platform/http/client.hpp"

#include <curl/curl.h>

#include <utility>
#include <vector>

#include "platform/http/exchange.hpp"
#include "platform/http/multi.hpp"
#include "platform/http/settings.hpp"
#include "platform/loop/deferred.hpp"
#include "platform/tls/material.hpp"

namespace blindfold::http {
namespace {

base::Result<MemoryFile> in_memory(std::string_view pem) noexcept {
  return pem.empty() ? base::Result<MemoryFile>() : MemoryFile::with(pem);
}

}  // namespace

/// The connections that new transfers use, and those of before the certificates
/// were changed, for as long as one of their transfers runs.
class Client::Parts final {
 public:
  Parts(loop::Loop& loop, Address address, MemoryFile certificate, MemoryFile key, bool verify,
        ClientOptions options) noexcept
      : loop_(loop),
        settings_(std::move(address), std::move(certificate), std::move(key), verify,
                  std::move(options)),
        sweep_(loop, [this]() noexcept { sweep(); }) {}

  base::Result<> trust(std::string_view ca_pem) noexcept {
    if (const auto usable = ca_pem.empty() ? base::Result<>() : tls::check_authorities(ca_pem);
        !usable) {
      return usable;
    }
    auto ca = in_memory(ca_pem);
    if (!ca) {
      return std::unexpected(ca.error());
    }
    auto multi =
        Multi::make(loop_, settings_, std::move(*ca), [this]() noexcept { sweep_.schedule(); });
    if (!multi) {
      return std::unexpected(multi.error());
    }
    multis_.push_back(std::move(*multi));
    sweep_.schedule();
    return {};
  }

  [[nodiscard]] Multi& current() noexcept { return *multis_.back(); }

 private:
  void sweep() noexcept {
    const Multi* const last = multis_.back().get();
    std::erase_if(multis_, [last](const auto& each) { return each.get() != last && each->idle(); });
  }

  loop::Loop& loop_;
  Settings settings_;
  loop::Deferred sweep_;
  std::vector<std::unique_ptr<Multi>> multis_;  ///< the last one is in use
};

base::Result<std::unique_ptr<Client>> Client::make(loop::Loop& loop, Endpoint endpoint,
                                                   ClientOptions options) {
  if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
    return std::unexpected(base::Error{base::ErrorKind::internal, "libcurl does not start", {}});
  }
  auto address = parse_address(endpoint);
  if (!address) {
    return std::unexpected(address.error());
  }
  if (!endpoint.certificate_pem.empty() || !endpoint.key_pem.empty()) {
    const auto usable = tls::check_identity(endpoint.certificate_pem, endpoint.key_pem);
    if (!usable) {
      return std::unexpected(usable.error());
    }
  }
  auto certificate = in_memory(endpoint.certificate_pem);
  if (!certificate) {
    return std::unexpected(certificate.error());
  }
  auto key = endpoint.key_pem.with_bytes(in_memory);
  if (!key) {
    return std::unexpected(key.error());
  }
  auto parts = std::make_unique<Parts>(loop, std::move(*address), std::move(*certificate),
                                       std::move(*key), endpoint.verify, std::move(options));
  if (const auto trusted = parts->trust(endpoint.ca_pem); !trusted) {
    return std::unexpected(trusted.error());
  }
  return std::unique_ptr<Client>(new Client(std::move(parts)));
}

Client::Client(std::unique_ptr<Parts> parts) noexcept : parts_(std::move(parts)) {
}

Client::~Client() = default;

base::Result<> Client::trust(std::string_view ca_pem) noexcept {
  return parts_->trust(ca_pem);
}

Transfer::Transfer(Client& client, Receiver& receiver) noexcept
    : client_(client), receiver_(receiver) {
}

Transfer::~Transfer() {
  cancel();
}

void Transfer::start(Request request, SecretHeader credential) noexcept {
  Multi& multi = client_.parts_->current();
  exchange_ = std::make_unique<Exchange>(multi, *this, receiver_, std::move(request), credential);
  multi.start(*exchange_);
}

void Transfer::cancel() noexcept {
  if (exchange_ != nullptr) {
    Multi& multi = exchange_->multi();
    multi.end(std::move(exchange_));
  }
}

bool Transfer::running() const noexcept {
  return exchange_ != nullptr;
}

void Transfer::finish(base::Result<> result) noexcept {
  cancel();
  receiver_.on_end(std::move(result));
}

}  // namespace blindfold::http
