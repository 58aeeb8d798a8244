#include <boost/test/unit_test.hpp>
#include <chrono>

#include "core/manifest/problems.hpp"
#include "core/manifest/read.hpp"
#include "texts.hpp"

using namespace std::chrono_literals;
using namespace blindfold::manifest;
using namespace blindfold;
using blindfold::manifest::tests::brief;
using blindfold::manifest::tests::repeated;
using blindfold::manifest::tests::source;

namespace {

Manifest read(std::string text) {
  auto manifest = read_manifest(source("schema: blindfold/1\n" + std::move(text)));
  BOOST_REQUIRE_MESSAGE(manifest.has_value(), brief(manifest ? Diagnostics{} : manifest.error()));
  return *std::move(manifest);
}

std::string refusal(std::string text) {
  const auto manifest = read_manifest(source("schema: blindfold/1\n" + std::move(text)));
  return manifest ? "none" : brief(manifest.error());
}

model::Requirement read_one(const std::string& text) {
  return read("requirements:\n  - " + text + "\n").requirements.at(0);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(read_manifest_tests)

BOOST_AUTO_TEST_CASE(a_requirement_with_everything) {
  const model::Requirement read = read_one(
      "id: database\n"
      "    title: Database password\n"
      "    purpose: Signs in.\n"
      "    help: https://vendor.example/docs\n"
      "    provided-by: customer\n"
      "    required: false\n"
      "    when: { setting: payments, is: \"on\" }\n"
      "    store: { kubernetes: { namespace: app, secret: db, keys: [username, password], type: "
      "x/y } }\n"
      "    enter: { password: { pattern: \"^.{16,}$\" } }\n"
      "    takes-effect: after-restart\n"
      "    max-age: 90d");
  model::Requirement expected;
  expected.id = "database";
  expected.title = "Database password";
  expected.purpose = "Signs in.";
  expected.help = "https://vendor.example/docs";
  expected.required = false;
  expected.when = model::Condition{"payments", "on"};
  expected.locator = model::KubernetesLocator{"app", "db", {"username", "password"}, "x/y"};
  expected.enter = {{"password", {"^.{16,}$"}}};
  expected.takes_effect = model::TakesEffect::after_restart;
  expected.max_age = 90 * 24h;
  expected.origin = {"/etc/app/app.yaml", 3, 5};
  BOOST_TEST((read == expected));
}

BOOST_AUTO_TEST_CASE(what_is_left_out_has_its_default) {
  const model::Requirement read = read_one("{ id: a, store: { kubernetes: { secret: s } } }");
  BOOST_TEST(read.title == "a");
  BOOST_TEST((read.provided_by == model::Provider::customer));
  BOOST_TEST(read.required);
  BOOST_TEST(!read.skipped);
  BOOST_TEST((read.locator == model::Locator(model::KubernetesLocator{"", "s", {}, "Opaque"})));
  BOOST_TEST((read.takes_effect == model::TakesEffect::unsaid));
}

BOOST_AUTO_TEST_CASE(every_store) {
  BOOST_TEST(
      (read_one("{ id: a, store: { aws-secrets-manager: { name: p/x, region: eu-west-1 } } }")
           .locator == model::Locator(model::SecretsManagerLocator{"eu-west-1", "p/x"})));
  BOOST_TEST((
      read_one("{ id: a, store: { aws-parameter-store: { name: /p/x, type: String } } }").locator ==
      model::Locator(model::ParameterStoreLocator{"", "/p/x", "String"})));
  BOOST_TEST(
      (read_one("{ id: a, store: { mount: { path: /run/tls, keys: [tls.crt] } } }").locator ==
       model::Locator(model::MountLocator{"/run/tls", {"tls.crt"}})));
  BOOST_TEST((read_one("{ id: a, store: { directory: { path: ../s/./x/, keys: [k] } } }").locator ==
              model::Locator(model::DirectoryLocator{"/etc/s/x", {"k"}})));
}

BOOST_AUTO_TEST_CASE(paths_start_from_the_folder_of_their_file) {
  const std::string text =
      "schema: blindfold/1\nrequirements: [{id: a, store: {directory: {path: s, keys: [k]}}}]\n";
  const auto path_in = [&text](std::string file, std::string folder) {
    const auto manifest = read_manifest({std::move(file), text, std::move(folder)});
    return manifest ? std::get<model::DirectoryLocator>(manifest->requirements[0].locator).path
                    : brief(manifest.error());
  };
  BOOST_TEST(path_in("/etc/a.yaml", "") == "/etc/s");
  BOOST_TEST(path_in("a.yaml", "/srv") == "/srv/s");
  BOOST_TEST(path_in("<stdin>", "/srv/x") == "/srv/x/s");
  BOOST_TEST(path_in("a.yaml", "").find("`s` is relative") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(generated_and_vendor_provided) {
  const Manifest manifest = read(
      "vendor: { minisign: RWTmeSKHjd9z2BJ0tmrPQYXY9YIJXyYhe/UtBheIpl+kA9wayU4H9hS/ }\n"
      "requirements:\n"
      "  - { id: a, provided-by: generated, store: { kubernetes: { secret: a } },\n"
      "      generate: { token: { bytes: 48, encoding: hex }, rotate-every: 90d, keep-previous: 1d "
      "} }\n"
      "  - { id: b, provided-by: vendor, store: { kubernetes: { secret: b } },\n"
      "      sealed: { bundle: b.age, entry: licence } }\n");
  BOOST_TEST(manifest.minisign == "RWTmeSKHjd9z2BJ0tmrPQYXY9YIJXyYhe/UtBheIpl+kA9wayU4H9hS/");
  BOOST_TEST((manifest.requirements[0].generate ==
              model::Generation{48, model::TokenEncoding::hex, 90 * 24h, 24h}));
  BOOST_TEST((manifest.requirements[1].sealed == model::SealedEntry{"/etc/app/b.age", "licence"}));
}

BOOST_AUTO_TEST_CASE(settings_and_groups) {
  const Manifest manifest = read(
      "requirements:\n"
      "  - { id: a, store: { kubernetes: { secret: a } } }\n"
      "  - { id: b, store: { kubernetes: { secret: b } } }\n"
      "settings:\n"
      "  - { id: port, format: port, default: 8080, required: false,\n"
      "      store: { kubernetes: { namespace: n1, config-map: c, key: p } } }\n"
      "  - { id: mode, title: Mode, format: choice, choices: [\"on\", \"off\"], default: \"off\",\n"
      "      store: { kubernetes: { config-map: c, key: m } } }\n"
      "groups:\n"
      "  - [a, b]\n");
  const Setting& port = manifest.settings.at(0);
  BOOST_TEST(port.title == "port");
  BOOST_TEST((port.format == Format::port));
  BOOST_TEST(port.default_value.value() == "8080");
  BOOST_TEST(!port.required);
  BOOST_TEST((port.locator == ConfigMapLocator{"n1", "c", "p"}));
  const Setting& mode = manifest.settings.at(1);
  BOOST_TEST(mode.title == "Mode");
  BOOST_TEST((mode.choices == std::vector<std::string>{"on", "off"}));
  BOOST_TEST(mode.default_value.value() == "off");
  BOOST_TEST(manifest.groups.at(0).ids.at(1).text == "b");
  BOOST_TEST((manifest.groups.at(0).ids.at(1).origin == model::Origin{"/etc/app/app.yaml", 11, 9}));
}

BOOST_AUTO_TEST_CASE(the_order_is_kept) {
  std::string text = "requirements:\n";
  for (int i = 0; i < 100; ++i) {
    text += "  - { id: r" + std::to_string((i * 37) % 100) + ", store: { kubernetes: { secret: s" +
            std::to_string(i) + " } } }\n";
  }
  const Manifest manifest = read(text);
  for (int i = 0; i < 100; ++i) {
    BOOST_TEST(manifest.requirements.at(static_cast<std::size_t>(i)).id ==
               "r" + std::to_string((i * 37) % 100));
  }
}

BOOST_AUTO_TEST_CASE(an_operators_key_is_refused_in_a_manifest) {
  for (const char* const key : {"deployment", "manifests", "defaults", "allow", "override",
                                "require-sight", "reactions", "agent"}) {
    const std::string said = refusal("requirements: [{id: a, store: {kubernetes: {secret: s}}}]\n" +
                                     std::string(key) + ": [1, 2]\n");
    BOOST_TEST(said ==
               "3:1: only the operator's configuration may hold `" + std::string(key) + "`\n");
  }
}

BOOST_AUTO_TEST_CASE(every_error_is_said_at_once_by_line) {
  BOOST_TEST(refusal("groups: [[a]]\n"
                     "requirements:\n"
                     "  - { id: A, store: { kubernetes: { secret: s } } }\n"
                     "  - { id: b, store: { kubernets: {} } }\n"
                     "settings:\n"
                     "  - { id: c }\n") ==
             "2:10: a group needs two ids at least\n"
             "4:11: `A` is not an id\n"
             "5:23: unknown key `kubernets` in a store\n"
             "7:5: `store` is missing in a setting\n");
}

BOOST_AUTO_TEST_CASE(a_misspelt_key_is_not_missing_as_well) {
  const auto manifest =
      read_manifest(source("schema: blindfold/1\nrequirements:\n  - { id: a, stroe: {} }\n"));
  BOOST_REQUIRE(!manifest.has_value());
  BOOST_TEST(brief(manifest.error()) == "3:14: unknown key `stroe` in a requirement\n");
  BOOST_TEST(manifest.error()[0].hint == "did you mean `store`?");
}

BOOST_AUTO_TEST_CASE(a_hostile_file_ends_at_a_number_of_errors) {
  const auto manifest =
      read_manifest(source("schema: blindfold/1\n" + repeated("abc: 1\n", 50'000)));
  BOOST_REQUIRE(!manifest.has_value());
  BOOST_TEST(manifest.error().size() == kept_diagnostics);
}

BOOST_AUTO_TEST_CASE(names_in_messages_are_cut) {
  const auto manifest =
      read_manifest(source("schema: blindfold/1\n? " + repeated("k", 60'000) + "\n: 1\n"));
  BOOST_REQUIRE(!manifest.has_value());
  BOOST_TEST(manifest.error()[0].message.size() < 200U);
}

BOOST_AUTO_TEST_SUITE_END()
