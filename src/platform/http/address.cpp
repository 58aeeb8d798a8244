#include "platform/http/address.hpp"

#include <curl/curl.h>

#include <array>
#include <memory>
#include <string_view>
#include <utility>

namespace blindfold::http {
namespace {

std::unexpected<base::Error> unusable(std::string_view which, std::string_view why,
                                      std::string_view hint) {
  return std::unexpected(base::Error{
      base::ErrorKind::configuration,
      std::string(which) + "'s URL cannot be used: it " + std::string(why), std::string(hint)});
}

struct FreeUrl {
  void operator()(CURLU* url) const noexcept { curl_url_cleanup(url); }
};

/// curl's reader of URLs, which is the one that will use them.
class Url final {
 public:
  bool read(const std::string& text, unsigned flags) const {
    return curl_url_set(url_.get(), CURLUPART_URL, text.c_str(), flags) == CURLUE_OK;
  }
  [[nodiscard]] std::string part(CURLUPart which, unsigned flags = 0) const {
    char* text = nullptr;
    if (curl_url_get(url_.get(), which, &text, flags) != CURLUE_OK) {
      return {};
    }
    std::string copy(text);
    curl_free(text);
    return copy;
  }
  bool set(CURLUPart which, const char* text) const {
    return curl_url_set(url_.get(), which, text, 0) == CURLUE_OK;
  }
  [[nodiscard]] std::string server() const {
    return part(CURLUPART_HOST) + ':' + part(CURLUPART_PORT, CURLU_DEFAULT_PORT);
  }

 private:
  std::unique_ptr<CURLU, FreeUrl> url_{curl_url()};
};

base::Result<> read_server(const Endpoint& endpoint, const Url& url) {
  constexpr std::string_view which = "the server";
  constexpr std::string_view example = "it is like https://host:port";
  if (!url.read(endpoint.url, CURLU_PATH_AS_IS)) {
    return unusable(which, "is not of a URL's form", example);
  }
  const std::string scheme = url.part(CURLUPART_SCHEME);
  if (scheme != "https" && scheme != "http") {
    return unusable(which, "begins with neither https:// nor http://", example);
  }
  if (!url.part(CURLUPART_USER).empty() || !url.part(CURLUPART_PASSWORD).empty()) {
    return unusable(which, "has a user name or a password in it", example);
  }
  if (!url.part(CURLUPART_QUERY).empty() || !url.part(CURLUPART_FRAGMENT).empty()) {
    return unusable(which, "has a query or a fragment", example);
  }
  return {};
}

/// The URL's host becomes the name that the certificate has to have; the server
/// is still reached, and still told that it is asked for, by its own name.
base::Result<> rename(Address& address, const Url& url, const std::string& name) {
  const std::string host = url.part(CURLUPART_HOST);
  const std::string port = url.part(CURLUPART_PORT);
  if (!url.set(CURLUPART_HOST, name.c_str())) {
    return std::unexpected(base::Error{base::ErrorKind::configuration,
                                       "the server's name for TLS cannot be used: it is none",
                                       "it is a host's name, without a port"});
  }
  address.host_header = "Host: " + host + (port.empty() ? "" : ':' + port);
  address.connect_to = url.server() + ':' + address.server;
  return {};
}

base::Result<> read_proxy(Address& address, const std::string& text) {
  constexpr std::string_view which = "the proxy";
  constexpr std::string_view example = "it is like http://host:port or socks5://host:port";
  const Url url;
  if (!url.read(text, CURLU_NON_SUPPORT_SCHEME)) {
    return unusable(which, "is not of a URL's form", example);
  }
  // The proxy resolves names, as with kubectl: "socks5h" in curl's words.
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> schemes{
      {{"http", "http"}, {"https", "https"}, {"socks5", "socks5h"}, {"socks5h", "socks5h"}}};
  const std::string scheme = url.part(CURLUPART_SCHEME);
  for (const auto& [ours, curls] : schemes) {
    if (scheme == ours) {
      address.proxy = std::string(curls) + text.substr(scheme.size());
      address.proxy_server = url.server();
      return {};
    }
  }
  return unusable(which, "begins with none of http://, https://, socks5://", example);
}

}  // namespace

base::Result<Address> parse_address(const Endpoint& endpoint) {
  const Url url;
  if (const auto read = read_server(endpoint, url); !read) {
    return std::unexpected(read.error());
  }
  Address address;
  address.server = url.server();
  if (!endpoint.server_name.empty() && endpoint.server_name != url.part(CURLUPART_HOST)) {
    if (const auto renamed = rename(address, url, endpoint.server_name); !renamed) {
      return std::unexpected(renamed.error());
    }
  }
  address.url = url.part(CURLUPART_URL);
  while (address.url.ends_with('/')) {
    address.url.pop_back();
  }
  if (!endpoint.proxy.empty()) {
    if (const auto proxy = read_proxy(address, endpoint.proxy); !proxy) {
      return std::unexpected(proxy.error());
    }
  }
  return address;
}

}  // namespace blindfold::http
