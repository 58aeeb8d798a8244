#include "platform/http/failure.hpp"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <system_error>

#include "platform/base/duration.hpp"

namespace blindfold::http {
namespace {

using base::Error;
using base::ErrorKind;

Error no_connection(const EasyHandle& handle, const Address& address) {
  const bool proxied = !address.proxy.empty();
  const long number = handle.number(CURLINFO_OS_ERRNO);
  std::string what = "cannot connect to ";
  what += proxied ? "the proxy " + address.proxy_server : address.server;
  if (number != 0) {
    what += ": " + std::generic_category().message(static_cast<int>(number));
  }
  return {ErrorKind::unreachable, std::move(what),
          "check that it runs, and that nothing between here and there refuses the connection"};
}

Error no_address(const std::string& server) {
  return {ErrorKind::unreachable, "cannot find the address of " + server,
          "check the name, and the DNS servers in /etc/resolv.conf"};
}

/// A connection that was made and did not come to a request in time, or was not
/// made.
Error too_slow(const Address& address, std::chrono::milliseconds connect_timeout) {
  return {
      ErrorKind::unreachable,
      "no connection to " + address.server + " within " + base::format_duration(connect_timeout),
      "check the address, and that no firewall drops the packets"};
}

Error broken(const Address& address) {
  return {ErrorKind::unreachable, "the connection to " + address.server + " broke", {}};
}

/// GnuTLS's gnutls_certificate_status_t (gnutls/x509.h).
constexpr long not_activated = 1L << 9;
constexpr long expired = 1L << 10;

/// GnuTLS's bits of what is wrong with a certificate; none where curl has
/// another TLS library.
long verification(const EasyHandle& handle) {
  const char* const library = curl_version_info(CURLVERSION_NOW)->ssl_version;
  const bool known = library != nullptr && std::string_view(library).starts_with("GnuTLS");
  return known ? handle.number(CURLINFO_SSL_VERIFYRESULT) : 0;
}

Error not_trusted(std::string_view said, const EasyHandle& handle, const Address& address) {
  const std::string certificate = "the certificate of " + address.server;
  if (said.contains("does not match")) {
    return {ErrorKind::denied, certificate + " is for another name",
            "use a name that its certificate has, or name the one to expect"};
  }
  if ((verification(handle) & expired) != 0) {
    return {ErrorKind::denied, certificate + " has expired",
            "renew it, or check this machine's clock"};
  }
  if ((verification(handle) & not_activated) != 0) {
    return {ErrorKind::denied, certificate + " is not valid yet", "check this machine's clock"};
  }
  return {ErrorKind::denied,
          certificate + " is not vouched for by the certificates that are trusted for it",
          "check which CA is configured for it"};
}

Error alerted(const Address& address) {
  return {ErrorKind::denied, address.server + " refused the connection in TLS",
          "it may ask for a client certificate, or not accept the one that it gets"};
}

/// Of the texts in which curl passes an alert's name or GnuTLS's error on.
bool says_any(std::string_view said, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(words, [said](std::string_view each) { return said.contains(each); });
}

Error no_handshake(std::string_view said, const Address& address) {
  if (says_any(said, {"alert", "ertificate", "Handshake failed", "CA is unknown", "denied"})) {
    return alerted(address);
  }
  // It closed, and the alert that came before was lost with the connection.
  if (says_any(said, {"non-properly terminated", "pull function", "push function", "failure"})) {
    return {ErrorKind::unreachable,
            "the connection to " + address.server + " broke in the TLS handshake",
            "it may not speak TLS at that port, or ask for a client certificate"};
  }
  return {ErrorKind::denied, "no TLS with " + address.server,
          "check that it speaks TLS 1.2 or later at that port"};
}

Error not_http(const Address& address) {
  return {ErrorKind::protocol, "what " + address.server + " answered is not HTTP",
          "check that it is that server's port"};
}

Error received_nothing_more(std::string_view said, const EasyHandle& handle,
                            const Address& address) {
  if (const long status = handle.number(CURLINFO_HTTP_CONNECTCODE); status >= 300) {
    return {ErrorKind::unreachable,
            "the proxy " + address.proxy_server + " answered " + std::to_string(status) +
                " and did not connect to " + address.server,
            status == 407 ? "the proxy asks for a user name and a password" : ""};
  }
  if (said.contains("chunked-encoding")) {
    return not_http(address);
  }
  return said.contains("alert") ? alerted(address) : broken(address);
}

}  // namespace

Error failure(CURLcode code, std::string_view said, const EasyHandle& handle,
              const Address& address, std::chrono::milliseconds connect_timeout) {
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
      return no_address(address.server);
    case CURLE_COULDNT_RESOLVE_PROXY:
      return no_address("the proxy " + address.proxy_server);
    case CURLE_COULDNT_CONNECT:
      return no_connection(handle, address);
    case CURLE_OPERATION_TIMEDOUT:
      return too_slow(address, connect_timeout);
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ISSUER_ERROR:
      return not_trusted(said, handle, address);
    case CURLE_SSL_CONNECT_ERROR:
      return no_handshake(said, address);
    case CURLE_SSL_CACERT_BADFILE:
      return {ErrorKind::denied,
              "the certificates that are trusted for " + address.server + " cannot be used",
              "check the CA that is configured for it"};
    case CURLE_SSL_CERTPROBLEM:
      return {ErrorKind::denied, "the client certificate for " + address.server + " cannot be used",
              "check that the certificate and its key belong together"};
    case CURLE_PROXY:
      return {ErrorKind::unreachable,
              "the proxy " + address.proxy_server + " did not connect to " + address.server,
              {}};
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
      return received_nothing_more(said, handle, address);
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
      return broken(address);
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_WRITE_ERROR:
      return not_http(address);
    case CURLE_OUT_OF_MEMORY:  // how curl says that a line of a head is over its limit
      return {ErrorKind::limit, "the head of a reply from " + address.server + " is too large", {}};
    default:
      return {ErrorKind::internal,
              "the request to " + address.server + " failed: " + curl_easy_strerror(code),
              {}};
  }
}

}  // namespace blindfold::http
