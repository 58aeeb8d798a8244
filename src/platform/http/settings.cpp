#include "platform/http/settings.hpp"

#include <utility>

namespace blindfold::http {
namespace {

/// A watch's costs, held against the calls that a large list takes.
constexpr long buffer_size = 4096;
constexpr long upload_buffer_size = 16'384;  // curl's smallest
constexpr long keepalive_idle_seconds = 30;
constexpr long keepalive_interval_seconds = 15;

}  // namespace

Settings::Settings(Address address, MemoryFile certificate, MemoryFile key, bool verify,
                   ClientOptions options) noexcept
    : address_(std::move(address)),
      certificate_(std::move(certificate)),
      key_(std::move(key)),
      verify_(verify),
      options_(std::move(options)) {
  connect_to_.data = address_.connect_to.data();
}

void Settings::configure(EasyHandle& handle, const MemoryFile& ca) const noexcept {
  handle.set(CURLOPT_NOSIGNAL, 1L);
  // Without it, ending a transfer waits for the resolver's thread.
  handle.set(CURLOPT_QUICK_EXIT, 1L);
  handle.set(CURLOPT_PROTOCOLS_STR, "http,https");
  // Requests that go again at one time, their connection closed, share the next.
  // Without TLS they would wait for the first one's reply to find that they
  // cannot.
  handle.set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS);
  handle.set(CURLOPT_PIPEWAIT, address_.url.starts_with("https:") ? 1L : 0L);
  handle.set(CURLOPT_BUFFERSIZE, buffer_size);
  handle.set(CURLOPT_UPLOAD_BUFFERSIZE, upload_buffer_size);
  handle.set(CURLOPT_ACCEPT_ENCODING, "gzip");
  handle.set(CURLOPT_USERAGENT, options_.user_agent);
  handle.set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options_.connect_timeout.count()));
  handle.set(CURLOPT_TCP_KEEPALIVE, 1L);
  handle.set(CURLOPT_TCP_KEEPIDLE, keepalive_idle_seconds);
  handle.set(CURLOPT_TCP_KEEPINTVL, keepalive_interval_seconds);
  configure_route(handle);
  configure_tls(handle, ca);
}

/// What the environment says of proxies is the caller's to look at.
void Settings::configure_route(EasyHandle& handle) const noexcept {
  handle.set(CURLOPT_PROXY, address_.proxy);
  handle.set(CURLOPT_NOPROXY, "");
  handle.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  if (!address_.connect_to.empty()) {
    handle.set(CURLOPT_CONNECT_TO, &connect_to_);
  }
}

void Settings::configure_tls(EasyHandle& handle, const MemoryFile& ca) const noexcept {
  handle.set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  handle.set(CURLOPT_SSL_VERIFYPEER, verify_ ? 1L : 0L);
  handle.set(CURLOPT_SSL_VERIFYHOST, verify_ ? 2L : 0L);
  handle.set(CURLOPT_SSL_SESSIONID_CACHE, 0L);
  const std::string trusted = ca.path();
  if (!trusted.empty()) {
    handle.set(CURLOPT_CAINFO, trusted);
  }
  // Built in, it is a second way to trust the system's certificates; where the
  // system's are wanted it loads them a second time, unless it is the only way.
  if (!trusted.empty() || handle.text(CURLINFO_CAINFO) != nullptr) {
    handle.set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
  }
  if (const std::string certificate = certificate_.path(); !certificate.empty()) {
    handle.set(CURLOPT_SSLCERT, certificate);
    handle.set(CURLOPT_SSLKEY, key_.path());
  }
}

}  // namespace blindfold::http
