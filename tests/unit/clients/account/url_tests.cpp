#include "clients/account/url.hpp"

#include <boost/test/unit_test.hpp>

using namespace blindfold::account;

BOOST_AUTO_TEST_SUITE(url_tests)

BOOST_AUTO_TEST_CASE(a_url_is_written_out) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"https://api.example:6443", "https://api.example:6443"},
      {"https://api.example", "https://api.example:443"},
      {"HTTPS://API.Example/", "https://api.example:443"},
      {"http://localhost", "http://localhost:80"},
      {"https://10.0.0.1:1//", "https://10.0.0.1:1"},
      {"https://[2001:db8::1]:6443", "https://[2001:db8::1]:6443"},
      {"https://[::1]", "https://[::1]:443"},
      {"https://rancher.example/k8s/clusters/c-m-1/",
       "https://rancher.example:443/k8s/clusters/c-m-1"},
      {"https://a_b-c.example:65535/%20x", "https://a_b-c.example:65535/%20x"}};
  for (const auto& [text, written] : cases) {
    const auto url = parse_server_url(text);
    BOOST_REQUIRE_MESSAGE(url.has_value(), text);
    BOOST_TEST(url->text() == written);
  }
}

BOOST_AUTO_TEST_CASE(what_is_no_url_of_a_server_is_nothing) {
  for (const char* const text : {"",
                                 "api.example:6443",
                                 "ftp://api.example",
                                 "https://",
                                 "https:///path",
                                 "https://:6443",
                                 "https://api.example:",
                                 "https://api.example:0",
                                 "https://api.example:65536",
                                 "https://api.example:6443x",
                                 "https://user:canary@api.example",
                                 "https://api.example?x",
                                 "https://api.example/?x=1",
                                 "https://api.example/#x",
                                 "https://api.example/a b",
                                 "https://api.exa mple",
                                 "https://[api.example]",
                                 "https://[::1",
                                 "https://[::1]x",
                                 "https://2001:db8::1",
                                 "https://api.example/\r\nx",
                                 "https://api.example\\x",
                                 "unix:///run/x"}) {
    BOOST_TEST(!parse_server_url(text).has_value(), text);
  }
}

BOOST_AUTO_TEST_CASE(loopback_is_this_machine) {
  for (const char* const host : {"localhost", "127.0.0.1", "127.1.2.3", "[::1]"}) {
    BOOST_TEST(parse_server_url("http://" + std::string(host))->is_loopback(), host);
  }
  for (const char* const host :
       {"localhost.example", "128.0.0.1", "10.127.0.1", "[::2]", "127.0.0.1.example"}) {
    BOOST_TEST(!parse_server_url("http://" + std::string(host))->is_loopback(), host);
  }
}

BOOST_AUTO_TEST_SUITE_END()
