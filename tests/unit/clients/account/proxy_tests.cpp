#include "clients/account/proxy.hpp"

#include <boost/test/unit_test.hpp>

using namespace blindfold::account;

namespace {

bool is_excepted(const std::string& url, const std::string& no_proxy) {
  const auto proxy =
      proxy_for(parse_server_url(url).value(),
                {.https_proxy = "http://proxy:3128", .http_proxy = {}, .no_proxy = no_proxy});
  BOOST_REQUIRE(proxy.has_value());
  BOOST_TEST((proxy->empty() || *proxy == "http://proxy:3128"));
  return proxy->empty();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(proxy_tests)

BOOST_AUTO_TEST_CASE(the_scheme_decides_which_variable_counts) {
  const ProxyVariables variables{
      .https_proxy = "http://secure:1", .http_proxy = "plain:2", .no_proxy = {}};
  BOOST_TEST(proxy_for(parse_server_url("https://api.example").value(), variables).value() ==
             "http://secure:1");
  BOOST_TEST(proxy_for(parse_server_url("http://api.example").value(), variables).value() ==
             "http://plain:2");
  BOOST_TEST(proxy_for(parse_server_url("https://api.example").value(), {}).value() == "");
}

BOOST_AUTO_TEST_CASE(loopback_is_never_proxied) {
  for (const char* const url :
       {"https://localhost:6443", "https://127.0.0.1:6443", "https://127.9.9.9", "https://[::1]"}) {
    BOOST_TEST(is_excepted(url, ""), url);
  }
  BOOST_TEST(!is_excepted("https://10.0.0.1", ""));
}

BOOST_AUTO_TEST_CASE(names_in_no_proxy) {
  BOOST_TEST(is_excepted("https://api.example", "*"));
  BOOST_TEST(is_excepted("https://api.example", "other, api.example ,x"));
  BOOST_TEST(is_excepted("https://API.example", "Api.Example"));
  BOOST_TEST(is_excepted("https://api.example", "example"));
  BOOST_TEST(is_excepted("https://api.example", ".example"));
  BOOST_TEST(is_excepted("https://api.example", "*.example"));
  BOOST_TEST(!is_excepted("https://api.example", ".api.example"));
  BOOST_TEST(!is_excepted("https://api.example", "*.api.example"));
  BOOST_TEST(!is_excepted("https://api.example", "pi.example"));
  BOOST_TEST(!is_excepted("https://api.example", "api"));
  BOOST_TEST(!is_excepted("https://api.example", "10.0.0.0/8,,[,:,]"));
}

BOOST_AUTO_TEST_CASE(ports_in_no_proxy) {
  BOOST_TEST(is_excepted("https://api.example:6443", "api.example:6443"));
  BOOST_TEST(!is_excepted("https://api.example:6443", "api.example:443"));
  BOOST_TEST(is_excepted("https://api.example", "api.example:443"));
  BOOST_TEST(is_excepted("https://10.0.0.1:6443", "10.0.0.1:6443"));
  BOOST_TEST(!is_excepted("https://10.0.0.1:6443", "10.0.0.1:443"));
  BOOST_TEST(is_excepted("https://[2001:db8::1]:6443", "[2001:db8::1]:6443"));
  BOOST_TEST(!is_excepted("https://[2001:db8::1]:6443", "[2001:db8::1]:443"));
}

BOOST_AUTO_TEST_CASE(addresses_and_networks_in_no_proxy) {
  BOOST_TEST(is_excepted("https://10.0.0.1", "10.0.0.1"));
  BOOST_TEST(!is_excepted("https://10.0.0.1", "10.0.0.2"));
  BOOST_TEST(!is_excepted("https://10.0.0.1", "0.0.1"));
  BOOST_TEST(is_excepted("https://[2001:db8::1]", "2001:db8:0::1"));
  BOOST_TEST(is_excepted("https://10.96.0.1", "10.96.0.0/12"));
  BOOST_TEST(is_excepted("https://10.111.255.255", "10.96.0.0/12"));
  BOOST_TEST(!is_excepted("https://10.112.0.0", "10.96.0.0/12"));
  BOOST_TEST(is_excepted("https://1.2.3.4", "0.0.0.0/0"));
  BOOST_TEST(!is_excepted("https://[2001:db8::1]", "0.0.0.0/0"));
  BOOST_TEST(is_excepted("https://[2001:db8::1]", "2001:db8::/32"));
  BOOST_TEST(!is_excepted("https://[2001:db9::1]", "2001:db8::/32"));
  BOOST_TEST(!is_excepted("https://10.0.0.1", "10.0.0.0/33"));
  BOOST_TEST(!is_excepted("https://ten.example", "10.0.0.0/8"));
}

BOOST_AUTO_TEST_CASE(what_cannot_be_used_is_nothing) {
  for (const char* const proxy : {"ftp://proxy", "http://", "http:///x", "http://a b", "://x"}) {
    BOOST_TEST(!proxy_for(parse_server_url("https://api.example").value(),
                          {.https_proxy = proxy, .http_proxy = {}, .no_proxy = {}})
                    .has_value(),
               proxy);
  }
}

BOOST_AUTO_TEST_CASE(urls_of_proxies) {
  for (const char* const text :
       {"http://p:1", "https://user:word@p", "socks5://p:1080", "socks5h://p"}) {
    BOOST_TEST(is_proxy_url(text), text);
  }
  for (const char* const text :
       {"", "p:1", "socks4://p", "http://", "file:///x", "http://p\r\nx"}) {
    BOOST_TEST(!is_proxy_url(text), text);
  }
}

BOOST_AUTO_TEST_SUITE_END()
