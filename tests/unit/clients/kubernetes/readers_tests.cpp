#include "clients/kubernetes/readers.hpp"

#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "feed.hpp"
#include "recorded.hpp"

namespace kubernetes = blindfold::kubernetes;
namespace recorded = kubernetes::recorded;
using kubernetes::feed;

namespace {

/// Every reply that is whole objects, and those of other kinds.
const std::vector<std::string_view> others = {recorded::whole_secret,   recorded::whole_list,
                                              recorded::whole_rows,     recorded::whole_watch,
                                              recorded::table_page,     recorded::probe_missing,
                                              recorded::watch_from_zero};

}  // namespace

BOOST_AUTO_TEST_SUITE(readers_tests)

BOOST_AUTO_TEST_CASE(object_meta_wherever_it_is_cut) {
  for (std::size_t cut = 0; cut <= recorded::probe_present.size(); ++cut) {
    kubernetes::ObjectMetaReader reader;
    BOOST_TEST(feed(reader, recorded::probe_present, cut));
    BOOST_TEST(reader.meta().name == "db");
    BOOST_TEST(reader.meta().uid == "5641fe75-d5d4-4868-9efc-1f1f127aa11a");
    BOOST_TEST(reader.meta().resource_version == "68");
    BOOST_TEST(!reader.meta().being_deleted);
  }
}

BOOST_AUTO_TEST_CASE(object_meta_of_one_that_is_being_deleted) {
  kubernetes::ObjectMetaReader reader;
  BOOST_TEST(feed(reader, recorded::probe_being_deleted));
  BOOST_TEST(reader.meta().name == "held");
  BOOST_TEST(reader.meta().being_deleted);
  reader.reset();
  BOOST_TEST(feed(reader, recorded::probe_created));
  BOOST_TEST(reader.meta().name == "nothing");
  BOOST_TEST(reader.meta().resource_version == "");
  BOOST_TEST(!reader.meta().being_deleted);
}

BOOST_AUTO_TEST_CASE(object_meta_passes_annotations_over) {
  kubernetes::ObjectMetaReader reader;
  BOOST_TEST(feed(reader, recorded::whole_metadata));
  BOOST_TEST(reader.meta().name == "applied");
}

BOOST_AUTO_TEST_CASE(object_meta_ends_at_data) {
  for (const std::string_view field : {"data", "stringData"}) {
    kubernetes::ObjectMetaReader reader;
    BOOST_TEST(!feed(reader, R"({"kind":"PartialObjectMetadata",")" + std::string(field) +
                                 R"(":{},"metadata":{"name":"later"}})"));
    BOOST_TEST(reader.meta().name == "");
  }
}

BOOST_AUTO_TEST_CASE(no_reader_reads_another_kind) {
  const std::vector<std::string> keys = {"password"};
  for (const auto text : others) {
    kubernetes::ObjectMetaReader meta;
    BOOST_TEST(!feed(meta, text));
    BOOST_TEST(meta.meta().name == "");
    kubernetes::RulesReader rules;
    BOOST_TEST(!feed(rules, text));
    kubernetes::AccessReader access;
    BOOST_TEST(!feed(access, text));
    kubernetes::SettingsReader settings(keys);
    BOOST_TEST(!feed(settings, text));
    BOOST_TEST(!settings.values()[0].has_value());
  }
}

BOOST_AUTO_TEST_CASE(the_kind_comes_first) {
  kubernetes::ObjectMetaReader reader;
  BOOST_TEST(feed(reader, R"({"apiVersion":"v1","kind":"PartialObjectMetadata"})"));
  reader.reset();
  BOOST_TEST(!feed(reader, R"({"metadata":{"name":"a"},"kind":"PartialObjectMetadata"})"));
  reader.reset();
  BOOST_TEST(!feed(reader, R"({"apiVersion":"v1"})"));
  reader.reset();
  BOOST_TEST(!feed(reader, R"({"kind":"PartialObjectMetadataList"})"));
  reader.reset();
  BOOST_TEST(!feed(reader, R"({"kind":7,"metadata":{"name":"a"}})"));
  BOOST_TEST(reader.meta().name == "");
}

BOOST_AUTO_TEST_CASE(rules_wherever_they_are_cut) {
  for (std::size_t cut = 0; cut <= recorded::rules.size(); ++cut) {
    kubernetes::RulesReader reader;
    BOOST_TEST(feed(reader, recorded::rules, cut));
    const auto& rules = reader.rules();
    BOOST_TEST(!rules.incomplete);
    BOOST_REQUIRE(rules.rules.size() == 3U);
    const std::vector<std::string> verbs = {"create", "update"};
    BOOST_TEST(rules.rules[2].verbs == verbs);
    BOOST_TEST(rules.rules[2].groups == std::vector<std::string>{""});
    BOOST_TEST(rules.rules[2].resources == std::vector<std::string>{"secrets"});
    BOOST_TEST(rules.rules[2].names.empty());
    BOOST_TEST(rules.rules[0].groups == std::vector<std::string>{"authorization.k8s.io"});
  }
}

BOOST_AUTO_TEST_CASE(rules_with_names_and_an_authorizer_that_lists_none) {
  kubernetes::RulesReader reader;
  BOOST_TEST(feed(reader, R"({"kind":"SelfSubjectRulesReview","status":{"resourceRules":[{)"
                          R"("verbs":["update"],"resourceNames":["db","tls"]}],)"
                          R"("incomplete":true,"evaluationError":"x"}})"));
  BOOST_TEST(reader.rules().incomplete);
  const std::vector<std::string> names = {"db", "tls"};
  BOOST_TEST(reader.rules().rules.at(0).names == names);
}

BOOST_AUTO_TEST_CASE(more_rules_than_are_kept_are_incomplete) {
  std::string text = R"({"kind":"SelfSubjectRulesReview","status":{"resourceRules":[)";
  for (int i = 0; i < 1001; ++i) {
    text += std::string(i == 0 ? "" : ",") + R"({"verbs":["v)" + std::to_string(i) + R"("]})";
  }
  text += R"(],"incomplete":false}})";
  kubernetes::RulesReader reader;
  BOOST_TEST(feed(reader, text));
  BOOST_TEST(reader.rules().rules.size() == 1000U);
  BOOST_TEST(reader.rules().rules.back().verbs.at(0) == "v999");
  BOOST_TEST(reader.rules().incomplete);
}

BOOST_AUTO_TEST_CASE(access) {
  kubernetes::AccessReader reader;
  BOOST_TEST(feed(reader, recorded::access_denied));
  BOOST_TEST(!reader.allowed());
  reader.reset();
  BOOST_TEST(feed(reader, recorded::access_allowed));
  BOOST_TEST(reader.allowed());
  reader.reset();
  BOOST_TEST(!reader.allowed());
  BOOST_TEST(feed(reader, R"({"kind":"SelfSubjectAccessReview","spec":{"allowed":true},)"
                          R"("status":{"denied":true}})"));
  BOOST_TEST(!reader.allowed());
}

BOOST_AUTO_TEST_CASE(settings_by_their_keys) {
  const std::vector<std::string> keys = {"domain", "absent", "app.conf"};
  for (std::size_t cut = 0; cut <= recorded::config_map.size(); ++cut) {
    kubernetes::SettingsReader reader(keys);
    BOOST_TEST(feed(reader, recorded::config_map, cut));
    BOOST_REQUIRE(reader.values().size() == 3U);
    BOOST_TEST((reader.values()[0] == "app.example.com"));
    BOOST_TEST(!reader.values()[1].has_value());
    BOOST_TEST((reader.values()[2] == "x=1\n"));
    reader.reset();
    BOOST_TEST(!reader.values()[0].has_value());
  }
}

BOOST_AUTO_TEST_CASE(a_setting_that_is_too_long_is_left_out) {
  const std::vector<std::string> keys = {"long", "short"};
  kubernetes::SettingsReader reader(keys);
  BOOST_TEST(feed(reader, R"({"kind":"ConfigMap","data":{"long":")" + std::string(4097, 'a') +
                              R"(","short":")" + std::string(4096, 'b') + R"("}})"));
  BOOST_TEST(!reader.values()[0].has_value());
  BOOST_TEST((reader.values()[1] == std::string(4096, 'b')));
}

BOOST_AUTO_TEST_SUITE_END()
