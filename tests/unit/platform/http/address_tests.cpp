#include "platform/http/address.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

using blindfold::base::ErrorKind;
using blindfold::http::Address;
using blindfold::http::Endpoint;
using blindfold::http::parse_address;

namespace {

Address address_of(const Endpoint& endpoint) {
  auto address = parse_address(endpoint);
  BOOST_REQUIRE_MESSAGE(address.has_value(), (address ? std::string() : address.error().what));
  return *address;
}

void refused(const Endpoint& endpoint, const char* why) {
  const auto address = parse_address(endpoint);
  BOOST_REQUIRE_MESSAGE(!address.has_value(), why);
  BOOST_TEST((address.error().kind == ErrorKind::configuration));
  BOOST_TEST(address.error().what.contains(why), address.error().what);
  BOOST_TEST(!address.error().what.contains("passw0rd"));
  BOOST_TEST(!address.error().hint.contains("passw0rd"));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(address_tests)

BOOST_AUTO_TEST_CASE(a_server_with_and_without_a_port_and_a_path) {
  BOOST_TEST(address_of({.url = "https://api.example:6443"}).url == "https://api.example:6443");
  BOOST_TEST(address_of({.url = "https://api.example:6443"}).server == "api.example:6443");
  BOOST_TEST(address_of({.url = "https://api.example"}).server == "api.example:443");
  BOOST_TEST(address_of({.url = "http://api.example/"}).server == "api.example:80");
  BOOST_TEST(address_of({.url = "http://api.example/"}).url == "http://api.example");
  BOOST_TEST(address_of({.url = "https://a/k8s/../c%2f1//"}).url == "https://a/k8s/../c%2f1");
  BOOST_TEST(address_of({.url = "https://[2001:db8::1]:6443"}).server == "[2001:db8::1]:6443");
  BOOST_TEST(address_of({.url = "https://10.0.0.1:6443"}).connect_to == "");
  BOOST_TEST(address_of({.url = "https://10.0.0.1:6443"}).host_header == "");
  BOOST_TEST(address_of({.url = "https://10.0.0.1:6443"}).proxy == "");
}

BOOST_AUTO_TEST_CASE(another_name_to_expect) {
  const Address address =
      address_of({.url = "https://10.0.0.1:6443/base", .server_name = "kubernetes.default.svc"});
  BOOST_TEST(address.url == "https://kubernetes.default.svc:6443/base");
  BOOST_TEST(address.server == "10.0.0.1:6443");
  BOOST_TEST(address.connect_to == "kubernetes.default.svc:6443:10.0.0.1:6443");
  BOOST_TEST(address.host_header == "Host: 10.0.0.1:6443");

  const Address ipv6 = address_of({.url = "https://[::1]", .server_name = "a.example"});
  BOOST_TEST(ipv6.url == "https://a.example");
  BOOST_TEST(ipv6.connect_to == "a.example:443:[::1]:443");
  BOOST_TEST(ipv6.host_header == "Host: [::1]");

  const Address same = address_of({.url = "https://a.example:1", .server_name = "a.example"});
  BOOST_TEST(same.url == "https://a.example:1");
  BOOST_TEST(same.connect_to == "");
}

BOOST_AUTO_TEST_CASE(proxies) {
  const auto proxy = [](const char* text) {
    return address_of({.url = "https://a", .proxy = text});
  };
  BOOST_TEST(proxy("http://p:3128").proxy == "http://p:3128");
  BOOST_TEST(proxy("http://p:3128").proxy_server == "p:3128");
  BOOST_TEST(proxy("https://p").proxy_server == "p:443");
  BOOST_TEST(proxy("socks5://p:1080").proxy == "socks5h://p:1080");
  BOOST_TEST(proxy("socks5h://p:1080").proxy == "socks5h://p:1080");
  const Address with_user = proxy("http://me:passw0rd@p:3128");
  BOOST_TEST(with_user.proxy == "http://me:passw0rd@p:3128");
  BOOST_TEST(with_user.proxy_server == "p:3128");
}

BOOST_AUTO_TEST_CASE(what_is_no_servers_url) {
  refused({.url = ""}, "is not of a URL's form");
  refused({.url = "https://"}, "is not of a URL's form");
  refused({.url = "https://a b"}, "is not of a URL's form");
  refused({.url = "https://a:99999"}, "is not of a URL's form");
  refused({.url = "https://a\r\nb"}, "is not of a URL's form");
  refused({.url = "ftp://a"}, "neither https:// nor http://");
  refused({.url = "file:///etc/passwd"}, "neither https:// nor http://");
  refused({.url = "https://me:passw0rd@a"}, "user name or a password");
  refused({.url = "https://me@a"}, "user name or a password");
  refused({.url = "https://a/?passw0rd"}, "query");
  refused({.url = "https://a/#passw0rd"}, "query or a fragment");
  refused({.url = "https://a", .server_name = "b c"}, "name for TLS");
  refused({.url = "https://a", .server_name = "b/c"}, "name for TLS");
}

BOOST_AUTO_TEST_CASE(what_is_no_proxys_url) {
  refused({.url = "https://a", .proxy = "p:3128"}, "the proxy");
  refused({.url = "https://a", .proxy = "ftp://me:passw0rd@p"}, "none of http://");
  refused({.url = "https://a", .proxy = "socks4://p"}, "none of http://");
  refused({.url = "https://a", .proxy = "http://me:passw0rd@p:x"}, "is not of a URL's form");
}

BOOST_AUTO_TEST_SUITE_END()
