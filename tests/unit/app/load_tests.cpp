#include "app/load.hpp"

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>

#include "app/check.hpp"
#include "folder.hpp"

using blindfold::app::all_is_well;
using blindfold::app::load;
using blindfold::support::Folder;

namespace {

std::string item(const std::string& id) {
  return "  - { id: " + id + ", provided-by: customer, store: { directory: { path: /srv/" + id +
         ", keys: [k] } } }\n";
}

std::string manifest(const std::string& id) {
  return "schema: blindfold/1\nrequirements:\n" + item(id);
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

struct Files : Folder {
  std::string mistakes(const std::string& name) const {
    const auto loaded = load(*this / name);
    BOOST_REQUIRE(!loaded);
    return loaded.error();
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(load_tests, Files)

BOOST_AUTO_TEST_CASE(a_manifest_alone_will_do) {
  const auto loaded = load(write("manifest.yaml", manifest("a")));
  BOOST_REQUIRE(loaded.has_value());
  BOOST_TEST(loaded->deployment.requirements.size() == 1U);
  BOOST_TEST(loaded->deployment.name == "default");
  BOOST_REQUIRE(loaded->files.size() == 1U);
  BOOST_TEST(loaded->files[0] == (*this / "manifest.yaml"));
}

BOOST_AUTO_TEST_CASE(manifests_are_found_beside_the_configuration) {
  std::filesystem::create_directory(path() / "sub");
  write("sub/one.yaml", manifest("a"));
  write("two.yaml", manifest("b"));
  write("sub/agent.yaml",
        "schema: blindfold/1\ndeployment: d\nmanifests: [one.yaml, ../two.yaml]\n");
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(path());
  const auto loaded = load("sub/agent.yaml");
  std::filesystem::current_path(before);
  BOOST_REQUIRE(loaded.has_value());
  BOOST_TEST(loaded->deployment.requirements[0].id == "a");
  BOOST_TEST(loaded->deployment.requirements[1].id == "b");
  // Named as somebody in that folder would.
  BOOST_TEST(loaded->deployment.requirements[0].origin.file == "sub/one.yaml");
  BOOST_TEST(loaded->deployment.requirements[1].origin.file == "sub/../two.yaml");
  BOOST_REQUIRE(loaded->files.size() == 3U);
  BOOST_TEST(loaded->files[0] == (*this / "sub/agent.yaml"));
  BOOST_TEST(loaded->files[1] == (*this / "sub/one.yaml"));
  BOOST_TEST(loaded->files[2] == (*this / "two.yaml"));
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_read_is_named) {
  BOOST_TEST(mistakes("missing.yaml") ==
             "agent: " + (*this / "missing.yaml") + ": No such file or directory\n");
  BOOST_TEST(mistakes(".") == "agent: " + (*this / ".") + ": neither a file nor a pipe\n");
  write("large.yaml", std::string(1'048'577, '#'));
  BOOST_TEST(mistakes("large.yaml") ==
             "agent: " + (*this / "large.yaml") + ": larger than 1024 KiB\n");
  BOOST_TEST(has(mistakes("x\x1b[2J"), "/x\\x1b[2J: No such file"));
}

BOOST_AUTO_TEST_CASE(every_mistake_of_every_file_is_told_at_once) {
  std::filesystem::create_directory(path() / "folder");
  write("large.yaml", std::string(1'048'577, '#'));
  write("bad.yaml", manifest("a") + "requirement: []\n" + "nonsense: 1\n");
  write("good.yaml", manifest("a"));
  write("agent.yaml",
        "schema: blindfold/1\n"
        "manifests:\n"
        "  - missing.yaml\n"
        "  - good.yaml\n"
        "  - bad.yaml\n"
        "  - folder\n"
        "  - large.yaml\n"
        "  - other.yaml\n");
  const std::string text = mistakes("agent.yaml");
  const std::string agent = (*this / "agent.yaml");
  const std::string bad = (*this / "bad.yaml");
  BOOST_TEST(has(text, agent + ":3:5: " + (*this / "missing.yaml") +
                           ": No such file or directory\n" + "    3 |   - missing.yaml\n" +
                           "      |     ^\n"));
  BOOST_TEST(has(text, bad + ":4:1: "));
  BOOST_TEST(has(text, bad + ":5:1: "));
  BOOST_TEST(has(text, agent + ":6:5: " + (*this / "folder") + ": neither a file nor a pipe\n"));
  BOOST_TEST(has(text, agent + ":7:5: " + (*this / "large.yaml") + ": larger than 1024 KiB\n"));
  BOOST_TEST(
      has(text, agent + ":8:5: " + (*this / "other.yaml") + ": No such file or directory\n"));
  BOOST_TEST(text.ends_with("\n4 errors in " + agent + " and 2 in " + bad + "\n"));
}

BOOST_AUTO_TEST_CASE(the_last_line_counts) {
  write("one.yaml", manifest("a") + "nonsense: 1\n");
  BOOST_TEST(mistakes("one.yaml").ends_with("\n1 error in " + (*this / "one.yaml") + "\n"));
  std::string many = manifest("a");
  for (int i = 0; i < 2000; ++i) {
    many += "nonsense" + std::to_string(i) + ": 1\n";
  }
  write("many.yaml", many);
  BOOST_TEST(
      mistakes("many.yaml").ends_with("\nat least 1000 errors in " + (*this / "many.yaml") + "\n"));
}

BOOST_AUTO_TEST_CASE(what_does_not_fit_together_is_told_with_both_places) {
  write("one.yaml", manifest("a"));
  write("two.yaml", manifest("a"));
  write("agent.yaml", "schema: blindfold/1\nmanifests: [one.yaml, two.yaml]\n");
  const std::string text = mistakes("agent.yaml");
  BOOST_TEST(has(text, (*this / "two.yaml") + ":3:"));
  BOOST_TEST(has(text, (*this / "one.yaml") + ":3"));
}

BOOST_AUTO_TEST_CASE(a_configuration_that_lists_itself_is_no_manifest) {
  write("agent.yaml", "schema: blindfold/1\nmanifests: [agent.yaml]\n");
  const std::string text = mistakes("agent.yaml");
  BOOST_TEST(has(text, "agent.yaml:2:1: "));
  BOOST_TEST(has(text, "`manifests`"));
}

BOOST_AUTO_TEST_CASE(without_a_name_the_variable_and_the_usual_place_are_tried) {
  const std::string file = write("manifest.yaml", manifest("a"));
  ::setenv("BLINDFOLD_CONFIG", file.c_str(), 1);
  BOOST_TEST(load(std::nullopt).value().files[0] == file);
  const auto named = load((*this / "missing.yaml"));
  BOOST_TEST(!named.has_value());
  ::setenv("BLINDFOLD_CONFIG", "/nowhere.yaml", 1);
  BOOST_TEST(load(std::nullopt).error() == "agent: /nowhere.yaml: No such file or directory\n");
  ::setenv("BLINDFOLD_CONFIG", "", 1);
  if (!std::filesystem::exists("/etc/blindfold/agent.yaml")) {
    BOOST_TEST(load(std::nullopt).error() ==
               "agent: /etc/blindfold/agent.yaml: No such file or directory\n"
               "  name a configuration or a manifest with --config FILE, or in "
               "BLINDFOLD_CONFIG\n");
  }
  ::unsetenv("BLINDFOLD_CONFIG");
}

BOOST_AUTO_TEST_CASE(a_check_says_what_is_there) {
  const auto said = [this](const std::string& text) {
    return all_is_well("m.yaml", load(write("m.yaml", text)).value().deployment);
  };
  BOOST_TEST(said(manifest("a")) == "m.yaml: 1 requirement, no errors");
  BOOST_TEST(said(manifest("a") + item("b") +
                  "settings:\n"
                  "  - { id: s, store: { kubernetes: { config-map: c, key: k } } }\n"
                  "reactions:\n"
                  "  - { name: r, stamp: { path: /run/r } }\n"
                  "  - { name: q, stamp: { path: /run/q } }\n") ==
             "m.yaml: 2 requirements, 1 setting, 2 reactions, no errors");
  BOOST_TEST(has(all_is_well("\x1b[2J", {}), "\\x1b[2J: 0 requirements, no errors"));
}

BOOST_AUTO_TEST_SUITE_END()
