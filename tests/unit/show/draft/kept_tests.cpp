#include "show/draft/kept.hpp"

#include <boost/test/unit_test.hpp>

using namespace blindfold;
using manifest::NodeKind;
using manifest::TreeNode;

namespace {

void collect(TreeNode node, std::string& all) {
  all.append(node.text()).append("\n");
  for (std::size_t i = 0; i < node.items(); ++i) {
    collect(node.item(i), all);
  }
  for (std::size_t i = 0; i < node.pairs(); ++i) {
    collect(node.key(i), all);
    collect(node.value(i), all);
  }
}

/// Every text that documents have.
std::string kept(const std::string& text) {
  std::string all;
  const auto read = manifest::read_stream(
      {"standard input", text, "/"}, draft::stream_rules(),
      [&all](const manifest::Document& document) noexcept { collect(document.root(), all); });
  BOOST_REQUIRE(read.has_value());
  return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(kept_tests)

BOOST_AUTO_TEST_CASE(names_are_kept) {
  const std::string all = kept(
      "apiVersion: v1\nkind: Pod\nmetadata: {name: p1, namespace: n1}\nspec: {containers: "
      "[{name: c1, env: [{name: v1, valueFrom: {secretKeyRef: {name: s1, key: k1, optional: "
      "true}}}]}], volumes: [{secret: {secretName: s2}}]}\n");
  for (const std::string name :
       {"v1", "Pod", "p1", "n1", "c1", "s1", "k1", "true", "s2", "secretKeyRef"}) {
    BOOST_TEST(all.contains(name + "\n"), name);
  }
}

BOOST_AUTO_TEST_CASE(no_value_is) {
  for (const std::string text :
       {"kind: Secret\ndata: {k: CANARY}\nstringData: {name: CANARY, CANARY: x}\n",
        "stringData: {name: CANARY}\ndata: [CANARY]\nkind: Secret\n",
        "kind: Secret\nstringData:\n  k: |\n    CANARY\n    more\n",
        "kind: List\nitems: [{kind: Secret, data: {name: CANARY}, stringData: {key: CANARY}}]\n",
        "items: [{items: [{stringData: {name: CANARY}, kind: Secret}], kind: List}]\nkind: List\n",
        "items: [CANARY, [CANARY]]\n", "kind: ConfigMap\ndata: {name: CANARY}\n",
        "metadata: {annotations: {name: CANARY}, labels: {key: CANARY}, x: {name: CANARY}}\n",
        "spec: {containers: [{env: [{name: x, value: CANARY}], args: [CANARY], command: [CANARY, "
        "{name: CANARY}]}]}\n",
        "spec: {template: {metadata: {annotations: {key: CANARY}}}}\n",
        "spec: {encryptedData: {k: CANARY}, template: {data: {name: CANARY, key: {name: "
        "CANARY}}}}\n",
        "spec: {values: {password: CANARY, list: [CANARY]}}\n",
        "kind: Secret\ndata: &all {name: &one CANARY}\nspec: *all\nmetadata: {name: *one}\n",
        "x: &all {name: CANARY}\nspec: *all\n", "CANARY\n", "[{name: CANARY}]\n", "spec: CANARY\n",
        "metadata: [{name: CANARY}]\n"}) {
    BOOST_TEST(!kept(text).contains("CANARY"), text);
    BOOST_TEST(kept("name: x\n---\n" + text + "---\nkind: Y\n").contains("Y\n"));
  }
}

BOOST_AUTO_TEST_CASE(keys_of_sealed_values_are_names) {
  BOOST_TEST(kept("spec: {encryptedData: {password: AgB}}\n").contains("password\n"));
}

BOOST_AUTO_TEST_SUITE_END()
