#include "core/manifest/rules.hpp"

#include <boost/test/unit_test.hpp>

#include "texts.hpp"

using namespace blindfold::manifest;
using blindfold::manifest::tests::repeated;

namespace {

void accepts(const Rule& rule, std::initializer_list<std::string> texts) {
  for (const std::string& text : texts) {
    BOOST_TEST(rule.accepts(text), text << " is refused as " << rule.noun);
  }
}

void refuses(const Rule& rule, std::initializer_list<std::string> texts) {
  for (const std::string& text : texts) {
    BOOST_TEST(!rule.accepts(text), text << " is accepted as " << rule.noun);
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(rules_tests)

BOOST_AUTO_TEST_CASE(ids) {
  accepts(rules::id, {"a", "0", "a-b", "a--b", repeated("a", 63)});
  refuses(rules::id, {"", "-", "-a", "a-", "A", "a_b", "a.b", "a b", "é", repeated("a", 64)});
}

BOOST_AUTO_TEST_CASE(texts_for_people_count_characters) {
  accepts(rules::line, {"a", repeated("é", 200), "شيء"});
  refuses(rules::line, {"", repeated("é", 201), "a\nb", "a\tb", "\x1b", "\u009b"});
  accepts(rules::paragraph, {"a\n\tb", repeated("é", 2'000)});
  refuses(rules::paragraph, {"", repeated("é", 2'001), "a\rb", "\x1b"});
}

BOOST_AUTO_TEST_CASE(urls_are_https_or_loopback) {
  accepts(rules::url, {"https://a.example", "https://a.example:443/x?y", "http://localhost",
                       "http://127.0.0.1:80/", "http://127.255.0.9", "http://[::1]:1/x"});
  refuses(rules::url, {"", "http://a.example", "https://u@a.example", "http://localhost.a",
                       "http://127.0.0.1.a", "http://128.0.0.1", "http://127.0.0.256",
                       "http://[::2]/", "HTTPS://a", "https:/a", "file:///etc/passwd"});
}

BOOST_AUTO_TEST_CASE(file_keys_are_one_component) {
  accepts(rules::file_key, {"a", "..data", "...", " ", "\n", "-rf", "é", repeated("a", 255)});
  refuses(rules::file_key, {"", ".", "..", "a/b", "/", "a/", repeated("a", 256)});
}

BOOST_AUTO_TEST_CASE(paths) {
  accepts(rules::path, {"a", "/", "../a", "a~", repeated("a", 4'095)});
  refuses(rules::path, {"", "~", "~/a", "~user/a", repeated("a", 4'096)});
  accepts(rules::absolute_path, {"/", "/bin/x"});
  refuses(rules::absolute_path, {"bin/x", "./x"});
}

BOOST_AUTO_TEST_CASE(kubernetes_names) {
  accepts(rules::kubernetes_name, {"a", "a.b-c.1", repeated("a", 253)});
  refuses(rules::kubernetes_name,
          {"", "A", "a_b", ".a", "a.", "a..b", "-a", "a-.b", repeated("a", 254)});
  accepts(rules::kubernetes_namespace, {"a", "kube-public", repeated("a", 63)});
  refuses(rules::kubernetes_namespace, {"", "a.b", "A", repeated("a", 64)});
  accepts(rules::kubernetes_key, {"a", "A_b-c.d", ".dockerconfigjson", repeated("k", 253)});
  refuses(rules::kubernetes_key, {"", ".", "..", "..a", "a/b", "a b", repeated("k", 254)});
  accepts(rules::kubernetes_type, {"Opaque", "kubernetes.io/tls"});
  refuses(rules::kubernetes_type, {"", "a b", "é"});
}

BOOST_AUTO_TEST_CASE(aws_names) {
  accepts(rules::secrets_manager_name, {"a", "prod/A_b+=.@-", repeated("a", 512)});
  refuses(rules::secrets_manager_name, {"", "arn:aws:x", "a b", "é", repeated("a", 513)});
  accepts(rules::parameter_name, {"a", "/a", "/a/b.c-d_E", repeated("/a", 15), "awful-key"});
  refuses(rules::parameter_name, {"", "/", "a/b", "/a/", "//a", "aws", "AWS-x", "/aws/x", "ssm.x",
                                  "/SSM", "a:1", repeated("/a", 16), repeated("a", 2'049)});
  accepts(rules::aws_region, {"us-east-1", "us-gov-west-1", "eusc-de-east-1", "ap-southeast-12"});
  refuses(rules::aws_region, {"", "us", "us-1", "us-east", "us-east-", "us-east-1a", "us--east-1",
                              "US-east-1", "1-east-1", "-us-east-1"});
}

BOOST_AUTO_TEST_CASE(the_rest) {
  accepts(rules::ip_address, {"127.0.0.1", "0.0.0.0", "::", "::1", "2001:db8::1"});
  refuses(rules::ip_address,
          {"", "localhost", "256.0.0.1", "1.2.3", "[::1]", "127.0.0.1:80", repeated("1", 100)});
  accepts(rules::systemd_unit, {"nginx.service", "postgresql@15-main.service"});
  refuses(rules::systemd_unit, {"", ".service", "nginx", "a.timer", "a/b.service", "a b.service"});
  accepts(rules::minisign_key, {"RWTmeSKHjd9z2BJ0tmrPQYXY9YIJXyYhe/UtBheIpl+kA9wayU4H9hS/"});
  refuses(rules::minisign_key, {"", "RWTmeSKHjd9z2BJ0tmrPQYXY9YIJXyYhe/UtBheIpl+kA9wayU4H9hS",
                                "RWXmeSKHjd9z2BJ0tmrPQYXY9YIJXyYhe/UtBheIpl+kA9wayU4H9hS/",
                                "RXTmeSKHjd9z2BJ0tmrPQYXY9YIJXyYhe/UtBheIpl+kA9wayU4H9hS/"});
}

BOOST_AUTO_TEST_SUITE_END()
