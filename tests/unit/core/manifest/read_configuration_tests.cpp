#include <boost/test/unit_test.hpp>
#include <chrono>
#include <csignal>

#include "core/manifest/read.hpp"
#include "texts.hpp"

using namespace std::chrono_literals;
using namespace blindfold::manifest;
using namespace blindfold;
using blindfold::manifest::tests::brief;
using blindfold::manifest::tests::source;

namespace {

Configuration read(std::string text) {
  auto configuration =
      read_configuration(source("schema: blindfold/1\nmanifests: [m.yaml]\n" + std::move(text)));
  BOOST_REQUIRE_MESSAGE(configuration.has_value(),
                        brief(configuration ? Diagnostics{} : configuration.error()));
  return *std::move(configuration);
}

Reaction read_reaction(const std::string& text) {
  return read("reactions:\n  - { name: r, " + text + " }\n").reactions.at(0);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(read_configuration_tests)

BOOST_AUTO_TEST_CASE(what_is_left_out_has_its_default) {
  Configuration expected;
  expected.manifests = {{"m.yaml", "/etc/app/m.yaml", {"/etc/app/app.yaml", 2, 13}}};
  BOOST_TEST((read("") == expected));
  BOOST_TEST(expected.deployment == "default");
  BOOST_TEST((expected.require_sight == model::RequiredSight::none));
}

BOOST_AUTO_TEST_CASE(the_operators_part) {
  const Configuration configuration = read(
      "deployment: acme-prod\n"
      "defaults: { kubernetes: { namespace: app }, aws: { region: us-east-1 } }\n"
      "allow:\n"
      "  namespaces: [app]\n"
      "  paths: [/run/secrets/, lib]\n"
      "override:\n"
      "  smtp: { store: { directory: { path: d, keys: [k] } } }\n"
      "  payments: skip\n"
      "require-sight: enforced\n");
  BOOST_TEST(configuration.deployment == "acme-prod");
  BOOST_TEST((configuration.defaults == Defaults{"app", "us-east-1"}));
  BOOST_REQUIRE(configuration.allow.has_value());
  const std::string file = "/etc/app/app.yaml";
  BOOST_TEST((configuration.allow->namespaces == AllowList{{"app"}, {file, 6, 15}}));
  BOOST_TEST(
      (configuration.allow->paths == AllowList{{"/run/secrets", "/etc/app/lib"}, {file, 7, 10}}));
  BOOST_TEST((configuration.allow->names == AllowList{{}, {file, 6, 3}}));
  BOOST_TEST(
      (configuration.overrides ==
       std::vector<Override>{
           {"smtp", model::Locator(model::DirectoryLocator{"/etc/app/d", {"k"}}), {file, 9, 3}},
           {"payments", Skip{}, {file, 10, 3}}}));
  BOOST_TEST((configuration.require_sight == model::RequiredSight::enforced));
}

BOOST_AUTO_TEST_CASE(a_manifest_alone_is_a_configuration) {
  const auto configuration = read_configuration(
      source("schema: blindfold/1\nrequirements: [{id: a, store: {kubernetes: {secret: s}}}]\n"));
  BOOST_REQUIRE(configuration.has_value());
  BOOST_TEST(configuration->manifests.empty());
  BOOST_TEST(configuration->manifest.requirements.at(0).id == "a");
}

BOOST_AUTO_TEST_CASE(each_reaction) {
  BOOST_TEST((read_reaction("stamp: { path: s }").action == Action(Stamp{"/etc/app/s"})));
  BOOST_TEST((read_reaction("signal: { name: HUP, pid-file: /p }").action ==
              Action(Signal{SIGHUP, PidFile{"/p"}})));
  BOOST_TEST((read_reaction("signal: { name: USR1, unit: a.service }").action ==
              Action(Signal{SIGUSR1, Unit{"a.service"}})));
  BOOST_TEST((read_reaction("signal: { name: TERM, executable: /bin/x }").action ==
              Action(Signal{SIGTERM, Executable{"/bin/x"}})));
  BOOST_TEST((read_reaction("exec: { command: [/bin/x, -a, \"\"] }").action ==
              Action(Exec{{"/bin/x", "-a", ""}, 30s})));
  BOOST_TEST(
      (read_reaction("webhook: { url: https://h.example/, timeout: 3s, hmac-key: { file: k } }")
           .action == Action(Webhook{"https://h.example/", 3s, "/etc/app/k"})));
  BOOST_TEST((read_reaction("rollout: { stateful-set: db, namespace: data }").action ==
              Action(Rollout{WorkloadKind::stateful_set, "data", "db"})));
  BOOST_TEST((read_reaction("none: {}").action == Action(NoAction{})));
  BOOST_TEST((read_reaction("none: ").action == Action(NoAction{})));
}

BOOST_AUTO_TEST_CASE(a_reactions_policy) {
  const Reaction plain = read_reaction("none: {}");
  BOOST_TEST(!plain.on.has_value());
  BOOST_TEST(!plain.debounce.has_value());
  BOOST_TEST(!plain.rate.has_value());
  BOOST_TEST((plain.retry == Retry{5, 1s, 60s}));
  const Reaction rollout = read_reaction("rollout: { deployment: d }");
  BOOST_TEST((rollout.debounce == Debounce{2s, 10s}));
  BOOST_TEST((rollout.rate == Rate{1, 1min}));
  const Reaction said = read_reaction(
      "rollout: { deployment: d }, on: [a, b], debounce: { min: 3s }, rate: 5/1h, "
      "retry: { attempts: 0, first: 2s, max: 1m }");
  BOOST_TEST(said.on->at(1).text == "b");
  BOOST_TEST((said.debounce == Debounce{3s, 12s}));
  BOOST_TEST((said.rate == Rate{5, 1h}));
  BOOST_TEST((said.retry == Retry{0, 2s, 1min}));
}

BOOST_AUTO_TEST_CASE(the_agents_settings) {
  const AgentSettings settings =
      read(
          "agent:\n"
          "  log: { format: json, level: debug }\n"
          "  listen: { address: 127.0.0.1, port: 8222 }\n"
          "  probes: { address: \"::\", port: 8223 }\n"
          "  poll:\n"
          "    kubernetes: { quick: 6s }\n"
          "    aws-parameter-store: { quick: 10s, steady: 60s, rate: 1/3s }\n"
          "    files: { steady: 61s }\n"
          "  report: { mode: send, url: https://v.example/, token: { file: t } }\n")
          .agent;
  BOOST_TEST((settings.log.format == LogFormat::json));
  BOOST_TEST((settings.log.level == log::Level::debug));
  BOOST_TEST((settings.listen == ListenAddress{"127.0.0.1", 8222}));
  BOOST_TEST((settings.probes == ListenAddress{"::", 8223}));
  BOOST_TEST((settings.poll.kubernetes == StorePoll{6s, 30s, {5, 1s}}));
  BOOST_TEST((settings.poll.aws_secrets_manager == StorePoll{15s, 5min, {5, 1s}}));
  BOOST_TEST((settings.poll.aws_parameter_store == StorePoll{10s, 60s, {1, 3s}}));
  BOOST_TEST((settings.poll.files_steady == 61s));
  BOOST_TEST((settings.report ==
              ReportSettings{ReportMode::send, "https://v.example/", "/etc/app/t", ""}));
}

BOOST_AUTO_TEST_CASE(bare_on_is_a_key_and_never_a_value) {
  BOOST_TEST(read_reaction("on: [a], none: {}").on->at(0).text == "a");
  const auto configuration = read_configuration(source(
      "schema: blindfold/1\nmanifests: [m.yaml]\nreactions: [{name: r, on: [on], none: }]\n"));
  BOOST_REQUIRE(!configuration.has_value());
  BOOST_TEST(configuration.error()[0].hint == "write it in quotes: \"on\"");
}

BOOST_AUTO_TEST_SUITE_END()
