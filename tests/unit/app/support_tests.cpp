#include "app/support.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <ostream>
#include <vector>

#include "deployments.hpp"

using blindfold::app::is_in_aws;
using blindfold::app::is_in_files;
using blindfold::app::is_in_kubernetes;
using blindfold::app::refuse_to_run;
using blindfold::support::deployment_of;
namespace data = boost::unit_test::data;

namespace {

const std::string in_files =
    "requirements:\n"
    "  - { id: a, provided-by: customer, store: { directory: { path: /a, keys: [k] } } }\n"
    "  - { id: b, provided-by: customer, store: { mount: { path: /b } } }\n";

std::string with_store(std::string_view store) {
  return "requirements:\n  - id: a\n    provided-by: customer\n    store: { " + std::string(store) +
         " }\n";
}

struct Case {
  std::string text;
  std::string refusal;  ///< empty: nothing is refused
};

std::ostream& operator<<(std::ostream& out, const Case& each) {
  return out << each.text;
}

std::string unsupported(std::string_view what) {
  return std::string(what) + " is not supported by this version yet\n";
}

std::string reaction(std::string_view action) {
  return in_files + "reactions:\n  - { name: r, " + std::string(action) + " }\n";
}

const std::string reaction_refused = unsupported("agent.yaml:6:5: reaction \"r\"");

const std::vector<Case> running{
    {in_files, ""},
    {reaction("stamp: { path: /run/app/rotated }"), reaction_refused},
    {reaction("signal: { name: HUP, unit: app.service }"), reaction_refused},
    {reaction("exec: { command: [/bin/true] }"), reaction_refused},
    {reaction("webhook: { url: \"https://app.example/\" }"), reaction_refused},
    {reaction("rollout: { deployment: app, namespace: app }"), reaction_refused},
    {reaction("none: {}"), reaction_refused},
    {in_files + "agent: { listen: { address: 127.0.0.1, port: 8222 } }\n",
     unsupported("agent: agent.listen")},
    {in_files + "agent: { probes: { address: 0.0.0.0, port: 8223 } }\n",
     unsupported("agent: agent.probes")},
    {in_files + "agent: { report: { mode: hold, url: \"https://vendor.example/\" } }\n",
     unsupported("agent: agent.report")},
    {in_files + "agent: { report: { mode: file, path: /var/lib/report } }\n",
     unsupported("agent: agent.report")},
    {in_files + "agent: { log: { format: journal } }\n",
     unsupported("agent: agent.log.format: journal")},
    {in_files + "agent: { log: { format: json, level: debug } }\n", ""},
    // Each is told.
    {with_store("aws-secrets-manager: { name: db }") +
         "agent: { log: { format: journal }, listen: { address: 127.0.0.1, port: 1 } }\n",
     unsupported("agent: agent.log.format: journal") + unsupported("agent: agent.listen")},
    // Harmless: nothing in this version would act on it.
    {in_files + "defaults: { kubernetes: { namespace: app }, aws: { region: us-east-1 } }\n"
                "groups: [[a, b]]\n"
                "settings:\n"
                "  - { id: s, store: { kubernetes: { config-map: c, key: k } } }\n"
                "agent: { poll: { kubernetes: { quick: 5s, steady: 30s, rate: 5/1s }, "
                "files: { steady: 60s } } }\n",
     ""},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(support_tests)

BOOST_DATA_TEST_CASE(what_only_runs_is_refused_there, data::make(running), each) {
  BOOST_TEST(refuse_to_run(deployment_of(each.text)) == each.refusal);
}

BOOST_AUTO_TEST_CASE(a_file_that_is_named_to_harm_a_terminal_is_escaped) {
  auto deployment = deployment_of(reaction("none: {}"));
  deployment.reactions.front().origin.file = "\x1b[2J\n.yaml";
  BOOST_TEST(refuse_to_run(deployment).starts_with("\\x1b[2J\\x0a.yaml:6:5: "));
}

BOOST_AUTO_TEST_CASE(files_are_mounts_and_directories) {
  const auto deployment = deployment_of(in_files);
  BOOST_TEST(is_in_files(deployment.requirements[0]));
  BOOST_TEST(is_in_files(deployment.requirements[1]));
  const auto elsewhere = deployment_of(with_store("kubernetes: { secret: db }"));
  BOOST_TEST(!is_in_files(elsewhere.requirements[0]));
  BOOST_TEST(is_in_kubernetes(elsewhere.requirements[0]));
  BOOST_TEST(!is_in_kubernetes(deployment.requirements[0]));
  for (const std::string store :
       {"aws-secrets-manager: { name: db }", "aws-parameter-store: { name: /db }"}) {
    BOOST_TEST(is_in_aws(deployment_of(with_store(store)).requirements[0]));
  }
  BOOST_TEST(!is_in_aws(elsewhere.requirements[0]));
}

BOOST_AUTO_TEST_SUITE_END()
