#include <boost/test/unit_test.hpp>

#include "core/manifest/deployment.hpp"
#include "core/manifest/read.hpp"
#include "texts.hpp"

using namespace blindfold::manifest;
using namespace blindfold;
using blindfold::manifest::tests::brief;
using blindfold::manifest::tests::source;

namespace {

Configuration configured(const std::string& text) {
  auto configuration = read_configuration(source("schema: blindfold/1\n" + text, "/c.yaml"));
  BOOST_REQUIRE_MESSAGE(configuration.has_value(),
                        brief(configuration ? Diagnostics{} : configuration.error()));
  return *std::move(configuration);
}

Manifest required(const std::string& text, const std::string& file = "/m.yaml") {
  auto manifest = read_manifest(source("schema: blindfold/1\n" + text, file));
  BOOST_REQUIRE_MESSAGE(manifest.has_value(), brief(manifest ? Diagnostics{} : manifest.error()));
  return *std::move(manifest);
}

/// "FILE:" before each of brief()'s lines.
std::string refusal(const std::expected<Deployment, Diagnostics>& deployment) {
  std::string out;
  for (const Diagnostic& diagnostic : deployment ? Diagnostics{} : deployment.error()) {
    out += diagnostic.where.file + ":" + brief({diagnostic});
  }
  return out;
}

const std::string names_m = "manifests: [m.yaml]\n";

std::string requirement(const std::string& id, const std::string& store) {
  return "  - { id: " + id + ", required: false, store: { " + store + " } }\n";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(resolve_tests)

BOOST_AUTO_TEST_CASE(puts_the_files_together_in_their_order) {
  const auto deployment =
      resolve(configured("deployment: d\nmanifests: [m.yaml, n.yaml]\nrequirements:\n" +
                         requirement("z", "kubernetes: { secret: z }")),
              {required("requirements:\n" + requirement("x", "kubernetes: { secret: x }") +
                        requirement("a", "kubernetes: { secret: a }")),
               required("requirements:\n" + requirement("b", "kubernetes: { secret: b }") +
                        "groups: [[z, x]]\n")});
  BOOST_REQUIRE(deployment.has_value());
  BOOST_TEST(deployment->name == "d");
  std::string ids;
  for (const auto& each : deployment->requirements) {
    ids += each.id;
  }
  BOOST_TEST(ids == "zxab");
  BOOST_TEST(deployment->groups.size() == 1U);
}

BOOST_AUTO_TEST_CASE(fills_in_namespaces_and_regions) {
  const auto deployment = resolve(
      configured("defaults: { kubernetes: { namespace: app }, aws: { region: eu-west-1 } }\n"
                 "override: { e: { store: { kubernetes: { secret: e } } } }\n"
                 "reactions: [{ name: r, rollout: { deployment: d } }]\n" +
                 names_m),
      {required("requirements:\n" + requirement("a", "kubernetes: { secret: a }") +
                requirement("b", "kubernetes: { secret: b, namespace: other }") +
                requirement("c", "aws-secrets-manager: { name: c }") +
                requirement("d", "aws-parameter-store: { name: d, region: us-east-1 }") +
                requirement("e", "mount: { path: /e }") +
                "settings: [{ id: s, store: { kubernetes: { config-map: c, key: k } } }]\n")});
  BOOST_REQUIRE(deployment.has_value());
  const auto& all = deployment->requirements;
  BOOST_TEST(std::get<model::KubernetesLocator>(all[0].locator).name_space == "app");
  BOOST_TEST(std::get<model::KubernetesLocator>(all[1].locator).name_space == "other");
  BOOST_TEST(std::get<model::SecretsManagerLocator>(all[2].locator).region == "eu-west-1");
  BOOST_TEST(std::get<model::ParameterStoreLocator>(all[3].locator).region == "us-east-1");
  BOOST_TEST(std::get<model::KubernetesLocator>(all[4].locator).name_space == "app");
  BOOST_TEST(deployment->settings[0].locator.name_space == "app");
  BOOST_TEST(std::get<Rollout>(deployment->reactions[0].action).name_space == "app");
}

BOOST_AUTO_TEST_CASE(an_override_moves_or_skips) {
  const auto deployment = resolve(
      configured("override: { a: { store: { mount: { path: /x } } }, b: skip }\n" + names_m),
      {required("requirements:\n" + requirement("a", "kubernetes: { secret: a }") +
                requirement("b", "kubernetes: { secret: b }"))});
  BOOST_REQUIRE(deployment.has_value());
  BOOST_TEST(
      (deployment->requirements[0].locator == model::Locator(model::MountLocator{"/x", {}})));
  BOOST_TEST(!deployment->requirements[0].skipped);
  BOOST_TEST(deployment->requirements[1].skipped);
}

BOOST_AUTO_TEST_CASE(what_is_required_is_not_skipped) {
  BOOST_TEST(refusal(resolve(
                 configured("override: { a: skip }\n" + names_m),
                 {required("requirements:\n  - { id: a, store: { mount: { path: /a } } }\n")})) ==
             "/c.yaml:2:13: `a` is required, so it cannot be skipped: see /m.yaml:3\n");
}

BOOST_AUTO_TEST_CASE(a_refusal_names_the_requirement_and_the_list) {
  BOOST_TEST(
      refusal(
          resolve(configured("allow:\n  namespaces: [app]\n  paths: [/srv]\n  names: [\"p/*\"]\n" +
                             names_m),
                  {required("requirements:\n" +
                            requirement("a", "kubernetes: { secret: a, namespace: other }") +
                            requirement("b", "directory: { path: /srv/../etc, keys: [k] }") +
                            requirement("c", "aws-secrets-manager: { name: q/x }") +
                            requirement("d", "mount: { path: /srv/d }"))})) ==
      "/m.yaml:3:5: `a` has the namespace `other`, which `allow.namespaces` in /c.yaml:3 does not "
      "cover\n"
      "/m.yaml:4:5: `b` has the path `/etc`, which `allow.paths` in /c.yaml:4 does not cover\n"
      "/m.yaml:5:5: `c` has the name `q/x`, which `allow.names` in /c.yaml:5 does not cover\n");
}

BOOST_AUTO_TEST_CASE(what_is_overridden_or_skipped_needs_no_allow) {
  const auto deployment =
      resolve(configured("allow: { paths: [/srv] }\n"
                         "override: { a: { store: { mount: { path: /etc/x } } }, b: skip }\n" +
                         names_m),
              {required("requirements:\n" + requirement("a", "mount: { path: /far }") +
                        requirement("b", "mount: { path: /etc }"))});
  BOOST_TEST(refusal(deployment) == "");
}

BOOST_AUTO_TEST_CASE(a_setting_is_looked_at_only_where_it_is_allowed) {
  BOOST_TEST(
      refusal(resolve(
          configured("allow: { namespaces: [app] }\n" + names_m),
          {required("settings: [{ id: s, store: { kubernetes: { namespace: x, config-map: c, "
                    "key: k } } }]\n")})) ==
      "/m.yaml:2:12: `s` has the namespace `x`, which `allow.namespaces` in /c.yaml:2 does "
      "not cover\n");
}

BOOST_AUTO_TEST_CASE(ids_and_places_are_taken_once_over_all_files) {
  BOOST_TEST(
      refusal(resolve(
          configured("manifests: [m.yaml, n.yaml]\n"
                     "defaults: { kubernetes: { namespace: app } }\n"),
          {required("requirements:\n" + requirement("a", "kubernetes: { secret: s }") +
                    requirement("b", "directory: { path: /d, keys: [k, l] }")),
           required("requirements:\n" + requirement("a", "kubernetes: { secret: t }") +
                        requirement("c", "kubernetes: { secret: s, namespace: app, keys: [k] }") +
                        requirement("d", "mount: { path: /d/ , keys: [l] }") +
                        requirement("e", "directory: { path: /d, keys: [m] }"),
                    "/n.yaml")})) ==
      "/n.yaml:3:5: the id `a` is taken: first in /m.yaml:3\n"
      "/n.yaml:4:5: `c` has the same place in its store as the requirement in /m.yaml:3\n"
      "/n.yaml:5:5: `d` has the same place in its store as the requirement in /m.yaml:4\n");
}

BOOST_AUTO_TEST_CASE(a_place_without_keys_overlaps_with_every_key) {
  const std::string any = "kubernetes: { secret: s }";
  const std::string one = "kubernetes: { secret: s, keys: [k] }";
  for (const auto& [first, second] :
       {std::pair(any, one), std::pair(one, any), std::pair(any, any)}) {
    const auto manifest = read_manifest(source("schema: blindfold/1\nrequirements:\n" +
                                               requirement("a", first) + requirement("b", second)));
    BOOST_REQUIRE(!manifest.has_value());
    BOOST_TEST(brief(manifest.error()) ==
               "4:5: `b` has the same place in its store as the requirement in "
               "/etc/app/app.yaml:3\n");
  }
}

BOOST_AUTO_TEST_CASE(a_place_is_free_again_when_its_requirement_is_elsewhere) {
  const std::string both = requirement("a", "mount: { path: /a }");
  BOOST_TEST(refusal(resolve(configured("override: { a: { store: { mount: { path: /x } } } }\n"
                                        "manifests: [m.yaml, n.yaml]\n"),
                             {required("requirements:\n" + both),
                              required("requirements:\n" + requirement("b", "mount: { path: /a }"),
                                       "/n.yaml")})) == "");
}

BOOST_AUTO_TEST_CASE(what_is_mentioned_is_known) {
  const auto deployment = resolve(
      configured("override: { databas: skip }\n"
                 "reactions: [{ name: r, on: [database, databsae], none: {} }]\n" +
                 names_m),
      {required("requirements:\n" + requirement("database", "mount: { path: /a }") +
                "  - { id: b, when: { setting: mod, is: x }, store: { mount: { path: /b } } }\n"
                "settings: [{ id: mode, store: { kubernetes: { config-map: c, key: k } } }]\n"
                "groups: [[b, xyz]]\n")});
  BOOST_TEST(refusal(deployment) ==
             "/c.yaml:2:13: there is no requirement `databas`\n"
             "/c.yaml:3:39: there is no requirement `databsae`\n"
             "/m.yaml:4:5: there is no setting `mod`\n"
             "/m.yaml:6:14: there is no requirement `xyz`\n");
  BOOST_TEST(deployment.error()[0].hint == "did you mean `database`?");
  BOOST_TEST(deployment.error()[2].hint == "did you mean `mode`?");
}

BOOST_AUTO_TEST_CASE(a_condition_can_come_true) {
  const auto with = [](const std::string& is) {
    return refusal(
        resolve({}, {required("requirements:\n  - { id: b, when: { setting: s, is: " + is +
                              " }, store: { mount: { path: /b } } }\n"
                              "settings: [{ id: s, format: choice, choices: [a, \"on\"], "
                              "store: { kubernetes: { config-map: c, key: k } } }]\n")}));
  };
  BOOST_TEST(with("\"on\"") == "");
  BOOST_TEST(with("\"off\"") == "/m.yaml:3:5: the setting `s` can never be `off`: see /m.yaml:4\n");
}

BOOST_AUTO_TEST_CASE(one_group_for_each) {
  const std::string all = requirement("a", "mount: { path: /a }") +
                          requirement("b", "mount: { path: /b }") +
                          requirement("c", "mount: { path: /c }");
  BOOST_TEST(
      refusal(resolve(configured("requirements:\n" + all + "groups: [[a, b]]\n" + names_m),
                      {required("groups: [[c, b]]\nsettings: [{ id: s, store: { kubernetes: { "
                                "config-map: c, key: k } } }]\n")})) ==
      "/m.yaml:2:14: `b` is in a group already: in /c.yaml:6\n");
}

BOOST_AUTO_TEST_SUITE_END()
