#include "show/advice/kubernetes_permissions.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>

#include "core/manifest/deployment.hpp"
#include "core/manifest/read.hpp"
#include "support/run_program.hpp"
#include "support/scratch_folder.hpp"
#include "support/standings.hpp"

using namespace blindfold;
using advice::kubernetes_permissions;
using advice::KubernetesPermissionOptions;
using Lines = std::vector<std::string>;

namespace {

model::Requirement secret(const std::string& id, std::string name, std::string name_space = "app") {
  model::Requirement requirement = support::in_directory(id);
  requirement.locator =
      model::KubernetesLocator{std::move(name_space), std::move(name), {}, "Opaque"};
  return requirement;
}

manifest::Setting setting(std::string id, std::string name_space, std::string config_map) {
  manifest::Setting made;
  made.id = std::move(id);
  made.locator = {std::move(name_space), std::move(config_map), "key"};
  return made;
}

base::Result<Lines> result_for(const std::vector<model::Requirement>& requirements,
                               const std::vector<manifest::Setting>& settings,
                               const KubernetesPermissionOptions& options) {
  std::vector<const model::Requirement*> pointers;
  for (const model::Requirement& requirement : requirements) {
    pointers.push_back(&requirement);
  }
  return kubernetes_permissions(pointers, settings, options);
}

std::string text_for(const std::vector<model::Requirement>& requirements,
                     const std::vector<manifest::Setting>& settings = {},
                     const KubernetesPermissionOptions& options = {}) {
  const auto lines = result_for(requirements, settings, options);
  BOOST_REQUIRE(lines.has_value());
  std::string text;
  for (const std::string& line : *lines) {
    text += line + "\n";
  }
  return text;
}

base::Error error_for(const std::vector<model::Requirement>& requirements,
                      const KubernetesPermissionOptions& options = {}) {
  const auto lines = result_for(requirements, {}, options);
  BOOST_REQUIRE(!lines.has_value());
  return lines.error();
}

/// What an independent reader sees in the YAML, a line of JSON a document.
std::string as_read(const std::string& text) {
  const support::Outcome read = support::run_program(
      {"/usr/bin/python3", "-c",
       "import json, sys, yaml\n"
       "for document in yaml.safe_load_all(sys.stdin):\n"
       "    print(json.dumps(document, sort_keys=True)) if document else None\n"},
      text);
  BOOST_TEST(read.err == "");
  return read.out;
}

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t times = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos;
       at = text.find(part, at + 1)) {
    ++times;
  }
  return times;
}

const std::string update_db =
    R"({"apiGroups": [""], "resourceNames": ["db"], "resources": ["secrets"], "verbs": ["update"]})";
const std::string create_any =
    R"({"apiGroups": [""], "resources": ["secrets"], "verbs": ["create"]})";
const std::string of_quota =
    R"({"apiGroups": [""], "resourceNames": ["blindfold"], "resources": ["resourcequotas"], )"
    R"("verbs": ["get", "list", "watch"]})";

}  // namespace

BOOST_AUTO_TEST_SUITE(kubernetes_permissions_tests)

BOOST_AUTO_TEST_CASE(asking_is_an_account_a_role_and_a_policy) {
  const std::string read = as_read(text_for({secret("database", "db")}));
  BOOST_TEST(std::ranges::count(read, '\n') == 8);
  BOOST_TEST(read.contains(
      R"({"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "blindfold", )"
      R"("namespace": "app"}})"));
  BOOST_TEST(read.contains(
      R"("kind": "Role", "metadata": {"name": "blindfold", "namespace": "app"}, "rules": [)" +
      update_db + ", " + create_any + ", " + of_quota + "]}"));
  BOOST_TEST(read.contains(
      R"("kind": "RoleBinding", "metadata": {"name": "blindfold", "namespace": "app"}, )"
      R"("roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", )"
      R"("name": "blindfold"}, "subjects": [{"kind": "ServiceAccount", "name": "blindfold", )"
      R"("namespace": "app"}]})"));
  BOOST_TEST(read.contains(
      R"("kind": "ResourceQuota", "metadata": {"name": "blindfold", "namespace": "app"}, )"
      R"("spec": {"hard": {"count/secrets": "1M"}}})"));
}

BOOST_AUTO_TEST_CASE(the_policy_is_the_one_that_was_run_and_comes_first) {
  const std::string read = as_read(text_for({secret("database", "db")}));
  BOOST_TEST(read.starts_with(
      R"({"apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingAdmissionPolicy", )"
      R"("metadata": {"name": "blindfold-ask-only"}, "spec": {"failurePolicy": "Fail", )"
      R"("matchConditions": [{"expression": "request.userInfo.username == )"
      R"('system:serviceaccount:app:blindfold'", "name": "the-agent"}], "matchConstraints": )"
      R"({"resourceRules": [{"apiGroups": [""], "apiVersions": ["v1"], "operations": )"
      R"(["CREATE", "UPDATE"], "resources": ["secrets"]}]}, "validations": [{"expression": )"
      R"("request.dryRun == true", "message": "this account may only ask, never write"}, )"
      R"_({"expression": "!has(object.data) || object.data.all(k, object.data[k] == '')", )_"
      R"("message": "this account sends no values"}, {"expression": )"
      R"_("!has(object.metadata.annotations) && !has(object.metadata.finalizers)", "message": )_"
      R"("bare object only"}]}})"));
  BOOST_TEST(read.contains(
      R"("kind": "ValidatingAdmissionPolicyBinding", "metadata": {"name": "blindfold-ask-only"}, )"
      R"("spec": {"policyName": "blindfold-ask-only", "validationActions": ["Deny"]}})"));
  BOOST_TEST(read.contains(
      R"("kind": "ClusterRole", "metadata": {"name": "blindfold-ask-only"}, "rules": )"
      R"([{"apiGroups": ["admissionregistration.k8s.io"], "resourceNames": )"
      R"(["blindfold-ask-only"], "resources": ["validatingadmissionpolicies", )"
      R"("validatingadmissionpolicybindings"], "verbs": ["get"]}]})"));
}

BOOST_AUTO_TEST_CASE(watching_asks_for_two_verbs_by_name_and_no_policy) {
  const std::string text = text_for({secret("database", "db")}, {}, {.faster = true});
  const std::string read = as_read(text);
  BOOST_TEST(std::ranges::count(read, '\n') == 3);
  BOOST_TEST(read.contains(
      R"("rules": [{"apiGroups": [""], "resourceNames": ["db"], "resources": ["secrets"], )"
      R"("verbs": ["list", "watch"]}]})"));
  BOOST_TEST(text.contains("sight is wire"));
  BOOST_TEST(!read.contains("Policy"));
}

BOOST_AUTO_TEST_CASE(each_namespace_has_a_role_and_names_stand_once) {
  const std::string text =
      text_for({secret("one", "db"), secret("two", "other", "beta"), secret("three", "db"),
                secret("four", "mail")},
               {setting("domain", "app", "settings"), setting("port", "app", "settings"),
                setting("mode", "gamma", "modes")});
  const std::string read = as_read(text);
  BOOST_TEST(count(read, R"("kind": "Role", "metadata")") == 3U);
  BOOST_TEST(count(read, R"("kind": "RoleBinding")") == 3U);
  BOOST_TEST(count(read, R"("kind": "ResourceQuota")") == 2U);
  BOOST_TEST(count(read, R"("kind": "ServiceAccount", "metadata")") == 1U);
  BOOST_TEST(read.contains(R"("resourceNames": ["db", "mail"])"));
  BOOST_TEST(read.contains(
      R"({"apiGroups": [""], "resourceNames": ["settings"], "resources": ["configmaps"], )"
      R"("verbs": ["get"]})"));
  BOOST_TEST(read.contains(
      R"({"name": "blindfold", "namespace": "gamma"}, "rules": [{"apiGroups": [""], )"
      R"("resourceNames": ["modes"], "resources": ["configmaps"], "verbs": ["get"]}]})"));
  BOOST_TEST(text.contains("- db  # one, three\n"));
  BOOST_TEST(text.contains("- settings  # domain, port\n"));
}

BOOST_AUTO_TEST_CASE(every_rule_has_its_reason) {
  for (const bool faster : {false, true}) {
    const auto lines =
        result_for({secret("database", "db")}, {setting("domain", "app", "s")}, {.faster = faster});
    BOOST_REQUIRE(lines.has_value());
    for (std::size_t i = 1; i < lines->size(); ++i) {
      if (lines->at(i).starts_with("  - apiGroups") ||
          lines->at(i).starts_with("    - expression")) {
        BOOST_TEST(lines->at(i - 1).contains("# "), lines->at(i));
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(events_are_there_to_be_allowed) {
  std::string text = text_for({secret("database", "db")});
  BOOST_TEST(!as_read(text).contains("events"));
  for (std::size_t at = 0; (at = text.find("\n  # - apiGroups", at)) != std::string::npos;) {
    for (int line = 0; line < 3; ++line) {
      text.erase(text.find("# ", at), 2);
      at = text.find('\n', at + 1);
    }
  }
  BOOST_TEST(as_read(text).contains(
      R"({"apiGroups": [""], "resources": ["events"], "verbs": ["list", "watch"]})"));
}

BOOST_AUTO_TEST_CASE(another_account_is_named_everywhere) {
  const std::string text =
      text_for({secret("database", "db")}, {}, {.account = "looker", .account_namespace = "ops"});
  BOOST_TEST(text.contains("'system:serviceaccount:ops:looker'"));
  BOOST_TEST(count(text, "name: looker\n    namespace: ops\n") == 2U);
  BOOST_TEST(text.contains("  name: looker\n  namespace: ops\n"));
}

BOOST_AUTO_TEST_CASE(names_that_look_like_something_else_stay_names) {
  const std::string read =
      as_read(text_for({secret("a", "1e3"), secret("b", "true"), secret("c", "0x10", "123")}, {},
                       {.account = "null"}));
  BOOST_TEST(read.contains(R"("resourceNames": ["1e3", "true"])"));
  BOOST_TEST(read.contains(R"("resourceNames": ["0x10"])"));
  BOOST_TEST(read.contains(R"({"name": "blindfold", "namespace": "123"})"));
  BOOST_TEST(read.contains(R"("name": "null", "namespace": "app")"));
}

BOOST_AUTO_TEST_CASE(what_is_elsewhere_or_skipped_is_left_out) {
  model::Requirement skipped = secret("skipped", "gone", "nowhere");
  skipped.skipped = true;
  const std::string text = text_for({support::in_directory("file"), skipped, secret("a", "db", "")},
                                    {}, {.name_space = "mine"});
  BOOST_TEST(!text.contains("gone"));
  BOOST_TEST(!text.contains("nowhere"));
  BOOST_TEST(text.contains("  namespace: mine\n"));
}

BOOST_AUTO_TEST_CASE(refuses_what_cannot_be_right) {
  const auto kind_of = [](const base::Error& error) { return static_cast<int>(error.kind); };
  const int usage = static_cast<int>(base::ErrorKind::usage);
  const int configuration = static_cast<int>(base::ErrorKind::configuration);
  BOOST_TEST(kind_of(error_for({})) == usage);
  BOOST_TEST(kind_of(error_for({support::in_directory("file")})) == usage);
  BOOST_TEST(kind_of(error_for({secret("a", "db", "")})) == usage);
  BOOST_TEST(error_for({secret("a", "db", "")}).hint.contains("--namespace"));
  BOOST_TEST(kind_of(error_for({secret("a", "db", "kube-system")})) == configuration);
  BOOST_TEST(kind_of(error_for({secret("a", "d\nb: x")})) == configuration);
  BOOST_TEST(kind_of(error_for({secret("a", "db", "x'y")})) == configuration);
  for (const std::string name : {"", "Upper", "a'b", "a\"b", "a\nb"}) {
    BOOST_TEST(kind_of(error_for({secret("a", "db")}, {.account = name})) == usage);
  }
  BOOST_TEST(kind_of(error_for({secret("a", "db")}, {.account_namespace = "kube-system"})) ==
             usage);
  BOOST_TEST(kind_of(error_for({secret("a", "db")}, {.account_namespace = "a'b"})) == usage);
}

BOOST_AUTO_TEST_CASE(the_examples_are_what_is_printed) {
  const char* const folder = std::getenv("CONFIG_FOLDER");
  if (folder == nullptr) {
    BOOST_TEST_MESSAGE("skipped: CONFIG_FOLDER is not set, meson test sets it");
    return;
  }
  const std::filesystem::path config(folder);
  auto read = manifest::read_manifest(
      {(config / "manifest.yaml").string(), support::contents_of(config / "manifest.yaml"), {}});
  BOOST_REQUIRE(read.has_value());
  for (const bool faster : {false, true}) {
    const std::string name = faster ? "watching.yaml" : "asking.yaml";
    const std::string text =
        text_for(read->requirements, read->settings, {.faster = faster, .name_space = "app"});
    BOOST_TEST(support::contents_of(config / "kubernetes" / name) == text, name);
  }
}

BOOST_AUTO_TEST_SUITE_END()
