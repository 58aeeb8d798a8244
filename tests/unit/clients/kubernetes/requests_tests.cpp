#include "clients/kubernetes/requests.hpp"

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>
#include <set>
#include <string>

namespace kubernetes = blindfold::kubernetes;
using kubernetes::ApiRequest;
using kubernetes::Form;
using namespace std::chrono_literals;

namespace {

kubernetes::ProbeObject object(const std::string& type) {
  return {"app", "db", type, {}};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(requests_tests)

BOOST_AUTO_TEST_CASE(update_probe_names_the_object_and_its_type) {
  const ApiRequest request = update_probe(object("Opaque"));
  BOOST_TEST(request.method == "PUT");
  BOOST_TEST(request.target == "/api/v1/namespaces/app/secrets/db?dryRun=All");
  BOOST_TEST((request.form == Form::object_meta));
  BOOST_TEST(request.body == R"({"apiVersion":"v1","kind":"Secret",)"
                             R"("metadata":{"name":"db","namespace":"app"},"type":"Opaque"})");
}

BOOST_AUTO_TEST_CASE(update_probe_has_keys_with_nothing_in_them_where_that_is_valid) {
  BOOST_TEST(boost::json::parse(update_probe(object("kubernetes.io/tls")).body).at("data") ==
             boost::json::parse(R"({"tls.crt":"","tls.key":""})"));
  BOOST_TEST(boost::json::parse(update_probe(object("kubernetes.io/basic-auth")).body).at("data") ==
             boost::json::parse(R"({"username":"","password":""})"));
  for (const auto* type : {"kubernetes.io/dockerconfigjson", "kubernetes.io/dockercfg",
                           "kubernetes.io/ssh-auth", "kubernetes.io/service-account-token"}) {
    BOOST_TEST(!boost::json::parse(update_probe(object(type)).body).as_object().contains("data"));
  }
}

BOOST_AUTO_TEST_CASE(create_probe_has_the_name_alone) {
  const ApiRequest request = create_probe(object("kubernetes.io/tls"));
  BOOST_TEST(request.method == "POST");
  BOOST_TEST(request.target == "/api/v1/namespaces/app/secrets?dryRun=All");
  BOOST_TEST((request.form == Form::object_meta));
  BOOST_TEST(request.body == R"({"apiVersion":"v1","kind":"Secret",)"
                             R"("metadata":{"name":"db","namespace":"app"}})");
}

BOOST_AUTO_TEST_CASE(probes_carry_the_labels_that_a_cluster_demands) {
  auto labelled = object("Opaque");
  labelled.labels = {{"a.example/team", "x"}, {"b", "\"y\""}};
  for (const auto& request : {update_probe(labelled), create_probe(labelled),
                              kubernetes::policy_guess("app", labelled.labels)}) {
    BOOST_TEST(boost::json::parse(request.body).at("metadata").at("labels") ==
               boost::json::parse(R"({"a.example/team":"x","b":"\"y\""})"));
  }
}

BOOST_AUTO_TEST_CASE(policy_guess_has_a_random_name_and_a_random_value) {
  std::set<std::string> names;
  std::set<std::string> values;
  for (int i = 0; i < 20; ++i) {
    const ApiRequest request = kubernetes::policy_guess("app", {});
    BOOST_TEST(request.target == "/api/v1/namespaces/app/secrets?dryRun=All");
    const auto body = boost::json::parse(request.body);
    names.emplace(body.at("metadata").at("name").as_string());
    const std::string value(body.at("data").at("guess").as_string());
    BOOST_TEST(value.size() == 16U);
    values.insert(value);
  }
  BOOST_TEST(names.size() == 20U);
  BOOST_TEST(values.size() == 20U);
  BOOST_TEST(names.begin()->starts_with("blindfold-guess-"));
}

BOOST_AUTO_TEST_CASE(tables_are_asked_for_without_objects) {
  const ApiRequest all = kubernetes::table_list({"secrets", "app", ""}, 500, "");
  BOOST_TEST(all.method == "GET");
  BOOST_TEST(all.target == "/api/v1/namespaces/app/secrets?includeObject=None&limit=500");
  BOOST_TEST((all.form == Form::table));
  BOOST_TEST(all.body.empty());
  BOOST_TEST(kubernetes::table_list({"secrets", "app", "db.1"}, 500, "a=/+b").target ==
             "/api/v1/namespaces/app/secrets?includeObject=None&fieldSelector=metadata.name%3Ddb.1"
             "&limit=500&continue=a%3D%2F%2Bb");
}

BOOST_AUTO_TEST_CASE(watches_say_from_where_and_for_how_long) {
  BOOST_TEST(kubernetes::table_watch({"configmaps", "app", ""}, "0", false, 30s).target ==
             "/api/v1/namespaces/app/configmaps?includeObject=None&watch=1&resourceVersion=0"
             "&timeoutSeconds=30");
  const ApiRequest watch = kubernetes::table_watch({"secrets", "app", "db"}, "123", true, 300s);
  BOOST_TEST(watch.target ==
             "/api/v1/namespaces/app/secrets?includeObject=None&fieldSelector=metadata.name%3Ddb"
             "&watch=1&resourceVersion=123&timeoutSeconds=300&allowWatchBookmarks=true");
  BOOST_TEST((watch.form == Form::table));
}

BOOST_AUTO_TEST_CASE(reviews) {
  const ApiRequest rules = kubernetes::rules_review("app");
  BOOST_TEST(rules.method == "POST");
  BOOST_TEST(rules.target == "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews");
  BOOST_TEST((rules.form == Form::object));
  BOOST_TEST(boost::json::parse(rules.body).at("spec") ==
             boost::json::parse(R"({"namespace":"app"})"));
  const ApiRequest access = kubernetes::access_review("get", {"secrets", "app", "db"});
  BOOST_TEST(access.target == "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews");
  BOOST_TEST(boost::json::parse(access.body).at("spec").at("resourceAttributes") ==
             boost::json::parse(R"({"verb":"get","group":"","resource":"secrets",)"
                                R"("namespace":"app","name":"db"})"));
  const ApiRequest exec = kubernetes::access_review("create", {"pods/exec", "", ""}, "g");
  BOOST_TEST(boost::json::parse(exec.body).at("spec").at("resourceAttributes") ==
             boost::json::parse(
                 R"({"verb":"create","group":"g","resource":"pods","subresource":"exec"})"));
}

BOOST_AUTO_TEST_CASE(a_config_map_is_asked_for_by_name) {
  const ApiRequest request = kubernetes::config_map("app", "settings");
  BOOST_TEST(request.method == "GET");
  BOOST_TEST(request.target == "/api/v1/namespaces/app/configmaps/settings");
  BOOST_TEST((request.form == Form::object));
}

BOOST_AUTO_TEST_CASE(no_name_leaves_its_place_in_a_target) {
  BOOST_TEST(kubernetes::config_map("a/b", "../c?d#e%\xc3\xa9").target ==
             "/api/v1/namespaces/a%2Fb/configmaps/..%2Fc%3Fd%23e%25%C3%A9");
  BOOST_TEST(kubernetes::table_watch({"secrets", "app", ""}, "1&watch=0", false, 1s)
                 .target.ends_with("&resourceVersion=1%26watch%3D0&timeoutSeconds=1"));
}

BOOST_AUTO_TEST_SUITE_END()
