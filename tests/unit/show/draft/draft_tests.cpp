#include "show/draft/draft.hpp"

#include <boost/test/unit_test.hpp>
#include <variant>

#include "core/manifest/deployment.hpp"
#include "core/manifest/read.hpp"

using namespace blindfold;

namespace {

/// What is drafted of it, or "LINE:COLUMN: MESSAGE".
std::string drafted(const std::string& text) {
  const auto result = draft::draft({"standard input", text, "/"});
  if (result) {
    return *result;
  }
  BOOST_REQUIRE(result.error().size() == 1U);
  const manifest::Diagnostic& wrong = result.error().front();
  BOOST_TEST(wrong.where.file == "standard input");
  return std::to_string(wrong.where.line) + ":" + std::to_string(wrong.where.column) + ": " +
         wrong.message;
}

/// The requirements as the manifest's own reader gets them, and the whole
/// deployment put together: what agent check does.
std::vector<model::Requirement> requirements_of(const std::string& text) {
  const std::string written = drafted(text);
  auto read = manifest::read_manifest({"/etc/app/manifest.yaml", written, {}});
  BOOST_REQUIRE_MESSAGE(read.has_value(), written);
  const std::vector<model::Requirement> requirements = read->requirements;
  std::vector<manifest::Manifest> all;
  all.push_back(*std::move(read));
  BOOST_TEST(manifest::resolve({}, std::move(all)).has_value(), written);
  return requirements;
}

model::KubernetesLocator place(const model::Requirement& requirement) {
  return std::get<model::KubernetesLocator>(requirement.locator);
}

/// "NAMESPACE/NAME [KEY KEY] TYPE", with a `?` where it is not required.
std::string brief(const model::Requirement& requirement) {
  const model::KubernetesLocator at = place(requirement);
  std::string out = at.name_space.empty() ? at.secret : at.name_space + "/" + at.secret;
  out += requirement.required ? "" : "?";
  out += " [";
  for (const std::string& key : at.keys) {
    out += (out.ends_with('[') ? "" : " ") + key;
  }
  return out + "] " + at.type;
}

std::string briefly(const std::string& text) {
  std::string out;
  for (const model::Requirement& requirement : requirements_of(text)) {
    out += brief(requirement) + "\n";
  }
  return out;
}

/// A Deployment with what is within its pod's `spec`, in YAML's flow form.
std::string deployment(const std::string& pod) {
  return "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n"
         "spec: {template: {spec: {" +
         pod + "}}}\n---\n";
}

std::string variable(const std::string& secret, const std::string& key,
                     const std::string& more = "") {
  return "{name: VARIABLE, valueFrom: {secretKeyRef: {name: " + secret + ", key: " + key + more +
         "}}}";
}

std::string container(const std::string& variables) {
  return "containers: [{name: app, env: [" + variables + "]}]";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(draft_tests)

BOOST_AUTO_TEST_CASE(is_a_manifest_that_says_where_each_is_used) {
  BOOST_TEST(drafted(deployment(container(variable("db-login", "password") + "," +
                                          variable("db-login", "user")))) ==
             "# A draft, made by agent init of 1 Kubernetes objects. To be done by a person: "
             "titles\n"
             "# and purposes; provided-by, where it is not the customer; what nobody has to\n"
             "# provide, out.\n"
             "schema: blindfold/1\n"
             "requirements:\n"
             "\n"
             "  # Deployment \"web\", container \"app\", variable \"VARIABLE\"\n"
             "  - id: db-login\n"
             "    title: Db login\n"
             "    provided-by: customer\n"
             "    store:\n"
             "      kubernetes:\n"
             "        secret: db-login\n"
             "        keys: [password, user]\n");
}

BOOST_AUTO_TEST_CASE(variables_of_all_containers) {
  BOOST_TEST(briefly(deployment("initContainers: [{name: i, env: [" + variable("a", "k") +
                                "]}], containers: [{name: c, env: [{name: X, value: y}, " +
                                variable("b", "k") + "]}], ephemeralContainers: [{env: [" +
                                variable("c", "k") + "]}]")) ==
             "a [k] Opaque\nb [k] Opaque\nc [k] Opaque\n");
  BOOST_TEST(briefly(deployment("containers: [{envFrom: [{secretRef: {name: all}}, "
                                "{configMapRef: {name: not}}]}]")) == "all [] Opaque\n");
}

BOOST_AUTO_TEST_CASE(volumes_of_all_kinds) {
  BOOST_TEST(briefly(deployment(
                 "volumes: [{name: a, secret: {secretName: whole}}, {name: b, secret: {secretName: "
                 "some, items: [{key: k, path: p}, {key: l, path: q}]}}, {name: c, projected: "
                 "{sources: [{secret: {name: part, items: [{key: m, path: p}]}}, {configMap: "
                 "{name: not}}]}}, {name: d, azureFile: {secretName: azure}}, {name: e, cephfs: "
                 "{secretRef: {name: ceph}}}, {name: f, configMap: {name: not}}]")) ==
             "whole [] Opaque\nsome [k l] Opaque\npart [m] Opaque\nazure [] Opaque\nceph [] "
             "Opaque\n");
}

BOOST_AUTO_TEST_CASE(a_provider_outside_of_the_cluster_is_a_comment) {
  const std::string text =
      drafted(deployment("volumes: [{name: v, csi: {driver: secrets-store.csi.k8s.io, "
                         "volumeAttributes: {secretProviderClass: vault}, nodePublishSecretRef: "
                         "{name: login}}}]"));
  BOOST_TEST(text.contains("secret: login\n"));
  BOOST_TEST(
      text.contains("# Left out:\n# - Deployment \"web\", volume \"v\": what "
                    "SecretProviderClass \"vault\" brings from outside of the cluster\n"));
}

BOOST_AUTO_TEST_CASE(every_kind_that_has_pods) {
  const std::string spec = "{" + container(variable("s", "k")) + "}";
  for (const std::string kind :
       {"Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "Rollout", "Service"}) {
    BOOST_TEST(briefly("kind: " + kind + "\nspec: {template: {spec: " + spec + "}}\n") ==
               "s [k] Opaque\n");
  }
  BOOST_TEST(briefly("kind: Pod\nspec: " + spec + "\n") == "s [k] Opaque\n");
  BOOST_TEST(briefly("kind: PodTemplate\ntemplate: {spec: " + spec + "}\n") == "s [k] Opaque\n");
  BOOST_TEST(briefly("kind: CronJob\nspec: {jobTemplate: {spec: {template: {spec: " + spec +
                     "}}}}\n") == "s [k] Opaque\n");
}

BOOST_AUTO_TEST_CASE(lists_in_json_as_well) {
  BOOST_TEST(briefly(R"({"apiVersion": "v1", "kind": "List", "items": [
      {"kind": "Pod", "metadata": {"name": "p", "namespace": "n"}, "spec": {"containers":
        [{"env": [{"name": "X", "valueFrom": {"secretKeyRef": {"name": "a", "key": "k"}}}]}]}},
      {"kind": "List", "items": [{"kind": "Ingress", "spec": {"tls": [{"secretName": "b"}]}}]}]})") ==
             "n/a [k] Opaque\nb [tls.crt tls.key] kubernetes.io/tls\n");
}

BOOST_AUTO_TEST_CASE(what_pulls_images_has_its_type) {
  const std::string pulls = " [.dockerconfigjson] kubernetes.io/dockerconfigjson\n";
  BOOST_TEST(briefly(deployment("imagePullSecrets: [{name: registry}]")) == "registry" + pulls);
  BOOST_TEST(briefly("kind: ServiceAccount\nimagePullSecrets: [{name: registry}]\n"
                     "secrets: [{name: other}]\n") == "registry" + pulls + "other [] Opaque\n");
}

BOOST_AUTO_TEST_CASE(certificates_have_theirs) {
  const std::string tls = " [tls.crt tls.key] kubernetes.io/tls\n";
  BOOST_TEST(
      briefly("kind: Ingress\nspec: {tls: [{hosts: [h], secretName: cert}, {hosts: [g]}]}\n") ==
      "cert" + tls);
  BOOST_TEST(briefly("apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nspec: {listeners: "
                     "[{tls: {certificateRefs: [{name: cert, namespace: other}, {kind: X, name: "
                     "not}]}}]}\n") == "other/cert" + tls);
  BOOST_TEST(
      briefly("apiVersion: cert-manager.io/v1\nkind: Certificate\nspec: {secretName: cert}\n") ==
      "cert" + tls);
}

BOOST_AUTO_TEST_CASE(a_type_is_guessed_by_keys_and_says_so) {
  const std::string mounted = deployment(
      "volumes: [{name: v, secret: {secretName: cert, items: [{key: tls.crt, path: a}, {key: "
      "tls.key, path: b}]}}]");
  BOOST_TEST(briefly(mounted) == "cert [tls.crt tls.key] kubernetes.io/tls\n");
  BOOST_TEST(drafted(mounted).contains("# by its keys: take it out if it is Opaque\n"));
  const std::string said = mounted + "kind: Ingress\nspec: {tls: [{secretName: cert}]}\n";
  BOOST_TEST(!drafted(said).contains("by its keys"));
}

BOOST_AUTO_TEST_CASE(what_operators_write_is_required_too) {
  const std::string eso = "apiVersion: external-secrets.io/v1\nkind: ExternalSecret\n";
  BOOST_TEST(briefly(eso + "metadata: {name: e}\nspec: {target: {name: t}, data: [{secretKey: a, "
                           "remoteRef: {key: r}}, {secretKey: b}]}\n") == "t [a b] Opaque\n");
  BOOST_TEST(briefly(eso + "metadata: {name: e}\nspec: {dataFrom: [{extract: {key: r}}], data: "
                           "[{secretKey: a}]}\n") == "e [] Opaque\n");
  BOOST_TEST(briefly(eso +
                     "metadata: {name: e}\nspec: {target: {template: {type: x/y, data: {made: "
                     "'{{ .a }}'}}}, data: [{secretKey: a}]}\n") == "e [made] x/y\n");
  BOOST_TEST(briefly("apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {name: s}\n"
                     "spec: {encryptedData: {k: AgB}, template: {metadata: {name: t}}}\n") ==
             "t [k] Opaque\n");
}

BOOST_AUTO_TEST_CASE(optional_is_what_every_use_calls_so) {
  const std::string optional = ", optional: true";
  BOOST_TEST(briefly(deployment(container(variable("s", "a", optional)))) == "s? [a] Opaque\n");
  const std::string both =
      deployment(container(variable("s", "a", optional) + "," + variable("s", "b")));
  BOOST_TEST(briefly(both) == "s [b] Opaque\n");
  BOOST_TEST(drafted(both).contains("  # may have, too: a\n"));
  BOOST_TEST(briefly(deployment("volumes: [{name: v, secret: {secretName: s, optional: true}}]")) ==
             "s? [] Opaque\n");
}

BOOST_AUTO_TEST_CASE(what_the_text_creates_itself_is_no_requirement) {
  const std::string text =
      deployment(container(variable("made", "k") + "," + variable("wanted", "k"))) +
      "kind: Secret\nmetadata: {name: made}\nstringData: {k: canary5571}\n";
  BOOST_TEST(briefly(text) == "wanted [k] Opaque\n");
  BOOST_TEST(drafted(text).contains(
      "# Not required, since the objects create them themselves:\n# - made\n"));
  BOOST_TEST(!drafted(text).contains("canary5571"));
}

BOOST_AUTO_TEST_CASE(namespaces_are_kept_apart_and_ids_unique) {
  const auto in = [](const std::string& name_space) {
    return "kind: Pod\nmetadata: {name: p, namespace: " + name_space + "}\nspec: {" +
           container(variable("db", "k")) + "}\n---\n";
  };
  const auto both = requirements_of(in("one") + in("two") + in("one"));
  BOOST_REQUIRE(both.size() == 2U);
  BOOST_TEST(both[0].id == "db");
  BOOST_TEST(both[1].id == "db-two");
  BOOST_TEST(briefly(in("one") + deployment(container(variable("db", "l")))) ==
             "one/db [k l] Opaque\n");
  const auto dotted =
      requirements_of(deployment(container(variable("a.b", "k") + "," + variable("a-b", "k"))));
  BOOST_TEST(dotted[0].id == "a-b");
  BOOST_TEST(dotted[1].id == "a-b-2");
}

BOOST_AUTO_TEST_CASE(names_that_look_like_something_else_stay_names) {
  const std::string long_name = std::string(62, 'x') + "." + std::string(100, 'y');
  const auto read = requirements_of(
      deployment(container(variable("'1e3'", "'true'") + "," + variable("'null'", "'010'") + "," +
                           variable(long_name, "..data") + "," + variable(long_name, ".ok"))));
  BOOST_REQUIRE(read.size() == 3U);
  BOOST_TEST(brief(read[0]) == "1e3 [true] Opaque");
  BOOST_TEST(brief(read[1]) == "null [010] Opaque");
  BOOST_TEST(brief(read[2]) == long_name + " [.ok] Opaque");
  BOOST_TEST(read[2].id == std::string(62, 'x'));
}

BOOST_AUTO_TEST_CASE(what_cannot_be_is_left_out_and_said) {
  const std::string text = drafted(deployment(
      "imagePullSecrets: [{name: }], " +
      container(variable("Upper", "k") + "," + variable("ok", "a/b") + "," + variable("ok", "c"))));
  BOOST_TEST(text.contains("keys: [c]\n"));
  BOOST_TEST(text.contains(": \"Upper\" cannot be a Secret's name (line 4)\n"));
  BOOST_TEST(text.contains(": \"a/b\" cannot be a key (line 4)\n"));
  BOOST_TEST(text.contains("# - Deployment \"web\", to pull images: a Secret without a name"));
  BOOST_TEST(drafted("kind: Pod\nmetadata: {namespace: kube-system, name: p}\nspec: {" +
                     container(variable("db", "k")) + "}\n")
                 .contains("no Secret is asked for"));
}

BOOST_AUTO_TEST_CASE(what_templates_print_is_read) {
  BOOST_TEST(
      briefly("---\n# Source: chart/templates/a.yaml\n---\n\n---\n# Source: b\nkind: ConfigMap\n"
              "data:\n  x: |\n    ---\n    kind: Pod\n  y: >-\n    folded\n    text\n---\n" +
              deployment("containers: [{name: a, env: &env [" + variable("s", "k") +
                         "]}, {name: b, env: *env}]")) == "s [k] Opaque\n");
  BOOST_TEST(briefly("kind: Pod\nspec:\n  x: &base {env: [" + variable("s", "k") +
                     "]}\n  containers:\n  - <<: *base\n    name: c\n") == "s [k] Opaque\n");
}

BOOST_AUTO_TEST_CASE(says_what_is_wrong_and_where) {
  BOOST_TEST(drafted("kind: Pod\n---\nkind: [\n") ==
             "3:7: not YAML: end of sequence flow not found");
  BOOST_TEST(drafted("") == "1:1: there is no Kubernetes object in here");
  BOOST_TEST(drafted("just text") == "1:1: there is no Kubernetes object in here");
  BOOST_TEST(drafted("[1, 2]") == "1:1: there is no Kubernetes object in here");
  BOOST_TEST(drafted("kind: ConfigMap\n") ==
             "1:1: no Secret is asked for in here that is not created in here as well");
  BOOST_TEST(drafted(std::string(draft::largest_input + 1, '#')) ==
             "1:1: the text is larger than 16 MiB: give it in parts");
  BOOST_TEST(drafted("kind: Secret\nstringData: {a: \"canary5571\n") ==
             "2:1: not YAML: a quote that is opened after this is not closed");
}

BOOST_AUTO_TEST_CASE(names_cannot_act_in_comments) {
  const std::string text = drafted(
      "kind: \"Pod\\n  - id: x\\e[2J\"\nmetadata: {name: \"a\\nb\\\"\"}\n"
      "spec: {template: {spec: {" +
      container(variable("s", "k")) + "}}}\n");
  BOOST_TEST(text.contains("  # Pod\\x0a  - id: x\\x1b[2J \"a\\x0ab\\\"\", container"));
}

BOOST_AUTO_TEST_CASE(a_long_list_of_uses_is_cut) {
  std::string pods;
  for (int i = 0; i < 9; ++i) {
    pods += "kind: Pod\nmetadata: {name: p" + std::to_string(i) + "}\nspec: {" +
            container(variable("s", "k")) + "}\n---\n";
  }
  const std::string text = drafted(pods);
  BOOST_TEST(text.contains("Pod \"p5\""));
  BOOST_TEST(!text.contains("Pod \"p6\""));
  BOOST_TEST(text.contains("  # and 3 more\n"));
}

BOOST_AUTO_TEST_SUITE_END()
