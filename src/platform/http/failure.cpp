#include "platform/http/failure.hpp"

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

Error broken(const Address& address, std::string_view when) {
  return {ErrorKind::unreachable,
          "the connection to " + address.server + " broke" + std::string(when),
          {}};
}

Error not_trusted(std::string_view said, const Address& address) {
  const std::string certificate = "the certificate of " + address.server;
  if (said.contains("does not match")) {
    return {ErrorKind::denied, certificate + " is for another name",
            "use a name that its certificate has, or name the one to expect"};
  }
  if (said.contains("expired") || said.contains("expiration")) {
    return {ErrorKind::denied, certificate + " has expired",
            "renew it, or check this machine's clock"};
  }
  if (said.contains("activat")) {
    return {ErrorKind::denied, certificate + " is not valid yet", "check this machine's clock"};
  }
  return {ErrorKind::denied,
          certificate + " is not vouched for by the certificates that are trusted for it",
          "check which CA is configured for it, and that the certificate has not expired"};
}

Error alerted(const Address& address) {
  return {ErrorKind::denied, address.server + " refused the connection in TLS",
          "it may ask for a client certificate, or not accept the one that it gets"};
}

Error no_handshake(std::string_view said, const Address& address) {
  if (said.contains("alert") || said.contains("ertificate")) {
    return alerted(address);
  }
  if (said.contains("non-properly terminated") || said.contains("pull function") ||
      said.contains("push function") || said.contains("handshake() failed") == false) {
    return broken(address, " in the TLS handshake");
  }
  return {ErrorKind::denied, "no TLS with " + address.server,
          "check that it speaks TLS 1.2 or later at that port"};
}

Error received_nothing_more(std::string_view said, const EasyHandle& handle,
                            const Address& address) {
  if (const long status = handle.number(CURLINFO_HTTP_CONNECTCODE); status >= 300) {
    return {ErrorKind::unreachable,
            "the proxy " + address.proxy_server + " answered " + std::to_string(status) +
                " and did not connect to " + address.server,
            status == 407 ? "the proxy asks for a user name and a password" : ""};
  }
  return said.contains("alert") ? alerted(address) : broken(address, "");
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
      return not_trusted(said, address);
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
      return broken(address, " before an answer");
    case CURLE_PARTIAL_FILE:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
      return broken(address, "");
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_WRITE_ERROR:
      return {ErrorKind::protocol, "what " + address.server + " answered is not HTTP",
              "check that it is that server's port"};
    default:
      return {ErrorKind::internal,
              "the request to " + address.server + " failed: " + curl_easy_strerror(code),
              {}};
  }
}

}  // namespace blindfold::http
