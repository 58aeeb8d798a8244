#include "core/model/locator.hpp"

#include <boost/test/unit_test.hpp>

using namespace blindfold::model;

BOOST_AUTO_TEST_SUITE(locator_tests)

BOOST_AUTO_TEST_CASE(a_locator_names_its_store) {
  BOOST_TEST(to_string(store_of(KubernetesLocator{})) == "kubernetes");
  BOOST_TEST(to_string(store_of(SecretsManagerLocator{})) == "aws-secrets-manager");
  BOOST_TEST(to_string(store_of(ParameterStoreLocator{})) == "aws-parameter-store");
  BOOST_TEST(to_string(store_of(MountLocator{})) == "mount");
  BOOST_TEST(to_string(store_of(DirectoryLocator{})) == "directory");
}

BOOST_AUTO_TEST_CASE(types_default_to_what_the_manifest_says) {
  BOOST_TEST(KubernetesLocator{}.type == "Opaque");
  BOOST_TEST(ParameterStoreLocator{}.type == "SecureString");
}

BOOST_AUTO_TEST_SUITE_END()
