#include "doctor/kubernetes/requests.hpp"

#include <boost/json.hpp>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <string>

using blindfold::kubernetes::ApiRequest;
using blindfold::kubernetes::Form;
namespace doctor = blindfold::doctor;

namespace {

boost::json::object body_of(const ApiRequest& request) {
  return boost::json::parse(request.body).as_object();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(requests_tests)

BOOST_AUTO_TEST_CASE(what_reads_asks_for_rows_without_objects) {
  for (const ApiRequest& request :
       {doctor::read_secret("app", "db"), doctor::list_secrets("app", "db"),
        doctor::list_secrets("app", "")}) {
    BOOST_TEST(request.method == "GET");
    BOOST_TEST((request.form == Form::table));
    BOOST_TEST(request.target.contains("includeObject=None"));
    BOOST_TEST(request.body.empty());
  }
  BOOST_TEST(
      doctor::read_secret("app", "db").target.starts_with("/api/v1/namespaces/app/secrets/db?"));
  BOOST_TEST(doctor::list_secrets("app", "db").target.contains("fieldSelector="));
  BOOST_TEST(!doctor::list_secrets("app", "").target.contains("fieldSelector="));
}

BOOST_AUTO_TEST_CASE(what_writes_is_a_dry_run_whose_reply_is_metadata) {
  for (const ApiRequest& request : {doctor::update_guess("app", "db", "Opaque"),
                                    doctor::annotated_create("app"), doctor::bare_create("app")}) {
    BOOST_TEST(request.target.ends_with("?dryRun=All"));
    BOOST_TEST((request.form == Form::object_meta));
    BOOST_TEST(body_of(request).at("kind").as_string() == "Secret");
  }
}

BOOST_AUTO_TEST_CASE(a_guess_is_another_each_time) {
  const ApiRequest request = doctor::update_guess("app", "db", "Opaque");
  BOOST_TEST(request.method == "PUT");
  BOOST_TEST(request.target == "/api/v1/namespaces/app/secrets/db?dryRun=All");
  BOOST_TEST(body_of(request).at("type").as_string() == "Opaque");
  BOOST_TEST(body_of(request).at("data").as_object().size() == 1U);
  BOOST_TEST(request.body != doctor::update_guess("app", "db", "Opaque").body);
}

BOOST_DATA_TEST_CASE(a_guess_has_the_keys_that_its_type_wants,
                     boost::unit_test::data::make({"kubernetes.io/tls", "kubernetes.io/basic-auth",
                                                   "kubernetes.io/ssh-auth",
                                                   "kubernetes.io/dockerconfigjson",
                                                   "kubernetes.io/dockercfg"}),
                     type) {
  const auto body = body_of(doctor::update_guess("app", "db", type));
  BOOST_TEST(body.at("data").as_object().size() > 1U);
  BOOST_TEST(body.at("data").as_object().contains("blindfold-guess"));
}

BOOST_AUTO_TEST_CASE(an_annotation_and_no_value) {
  const auto body = body_of(doctor::annotated_create("app"));
  BOOST_TEST(!body.contains("data"));
  BOOST_TEST(body.at("metadata").as_object().at("annotations").as_object().size() == 1U);
  BOOST_TEST(!body_of(doctor::bare_create("app")).contains("data"));
  BOOST_TEST(
      !body_of(doctor::bare_create("app")).at("metadata").as_object().contains("annotations"));
}

BOOST_AUTO_TEST_CASE(policies_by_name) {
  BOOST_TEST(doctor::get_policy("a").target ==
             "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies/a");
  BOOST_TEST(doctor::get_policy_binding("a").target ==
             "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicybindings/a");
  BOOST_TEST(body_of(doctor::who_am_i()).at("kind").as_string() == "SelfSubjectReview");
}

BOOST_AUTO_TEST_SUITE_END()
