#include "clients/aws/readers.hpp"

#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "feed.hpp"
#include "recorded.hpp"

using namespace blindfold::aws;

namespace {

std::string line(const SecretFacts& facts) {
  return facts.name + "|" + facts.arn.substr(facts.arn.rfind(':') + 1) + "|" +
         facts.current_version + (facts.pending_deletion ? "|pending" : "");
}

std::string line(const ParameterFacts& facts) {
  return facts.name + "|" + facts.type + "|" + facts.version + "|" + facts.modified;
}

/// Its lists' lines, one reader each.
struct Secrets {
  std::vector<std::string> lines;
  SecretListReader reader{
      [this](const SecretFacts& facts) noexcept { lines.push_back(line(facts)); }};
};
struct Parameters {
  std::vector<std::string> lines;
  ParameterListReader reader{
      [this](const ParameterFacts& facts) noexcept { lines.push_back(line(facts)); }};
};

std::string a_secret(std::string_view fields) {
  return R"({"Name":"a","ARN":"arn:a")" + std::string(fields) + "}";
}

/// A list of one parameter with this date, and how it is told.
std::string dated(std::string_view date) {
  Parameters parameters;
  const bool whole = feed(parameters.reader, R"({"Parameters":[{"Name":"a","Type":"String",)"
                                             R"("Version":1,"LastModifiedDate":)" +
                                                 std::string(date) + "}]}");
  return whole ? parameters.lines.at(0).substr(std::string_view("a|String|1|").size()) : "refused";
}

const std::vector<std::string_view> values = {recorded::secret_value, recorded::secret_values,
                                              recorded::parameter_value,
                                              recorded::parameter_values};

}  // namespace

BOOST_AUTO_TEST_SUITE(readers_tests)

BOOST_AUTO_TEST_CASE(a_secret_wherever_it_is_cut) {
  for (std::size_t cut = 0; cut <= recorded::secret.size(); ++cut) {
    SecretReader reader;
    BOOST_TEST(feed(reader, recorded::secret, cut));
    BOOST_TEST(line(reader.facts()) == "app/db|app/db-dTdGJh|1b68bfb3-bf22-47d2-95c8-8c2337a888cd");
    BOOST_TEST(reader.facts().arn ==
               "arn:aws:secretsmanager:eu-west-1:123456789012:secret:app/db-dTdGJh");
  }
}

BOOST_AUTO_TEST_CASE(secrets_without_versions_and_being_deleted) {
  SecretReader reader;
  BOOST_TEST(feed(reader, recorded::deleted_secret));
  BOOST_TEST(line(reader.facts()) ==
             "app/gone|app/gone-QSqsCD|3bbe0727-0ea6-46a7-a7c5-338ba871a96b|pending");
  reader.restart();
  BOOST_TEST(feed(reader, recorded::empty_secret));
  BOOST_TEST(line(reader.facts()) == "app/empty|app/empty-PclkvJ|");
  reader.restart();
  BOOST_TEST(reader.facts().name == "");
}

BOOST_AUTO_TEST_CASE(deletion_dates_of_any_form) {
  for (const char* const date : {"1.523477145713E9", "1523477145", R"("2018-04-11")"}) {
    SecretReader reader;
    BOOST_TEST(feed(reader, a_secret(R"(,"DeletedDate":)" + std::string(date))));
    BOOST_TEST(reader.facts().pending_deletion, date);
  }
  SecretReader reader;
  BOOST_TEST(feed(reader, a_secret(R"(,"DeletedDate":null,"CreatedDate":1,"Tags":[)"
                                   R"({"Key":"DeletedDate","DeletedDate":1}])")));
  BOOST_TEST(!reader.facts().pending_deletion);
}

BOOST_AUTO_TEST_CASE(only_the_current_stage_counts) {
  SecretReader reader;
  BOOST_TEST(feed(reader, a_secret(R"(,"VersionIdsToStages":{"v1":["AWSPENDING","AWSCURRENTLY"],)"
                                   R"("v.2\\":["mine","AWSCURRENT"],"v3":["AWSPREVIOUS"]})")));
  BOOST_TEST(reader.facts().current_version == R"(v.2\)");
  reader.restart();
  BOOST_TEST(feed(reader, a_secret(R"(,"VersionIdsToStages":{"v1":["AWSPENDING"]},)"
                                   R"("Other":{"v2":["AWSCURRENT"]})")));
  BOOST_TEST(reader.facts().current_version == "");
}

BOOST_AUTO_TEST_CASE(what_is_no_secret) {
  for (const std::string& text :
       {std::string("{}"), std::string("[]"), std::string("7"), std::string(R"({"Name":"a"})"),
        std::string(R"({"ARN":"a"})"), std::string(R"({"Name":7,"ARN":"a"})"),
        a_secret(R"(,"VersionIdsToStages":{"a":{"b":["AWSCURRENT"]}})"),
        a_secret(R"(,"VersionIdsToStages":{"":["AWSCURRENT"]})"),
        a_secret(R"(,"VersionIdsToStages":{")" + std::string(65, 'v') + R"(":["AWSCURRENT"]})"),
        R"({"ARN":"a","Name":")" + std::string(257, 'n') + R"("})",
        R"({"Name":"a","ARN":")" + std::string(2049, 'n') + R"("})"}) {
    SecretReader reader;
    BOOST_TEST(!feed(reader, text), text);
  }
  SecretReader reader;
  BOOST_TEST(feed(reader, R"({"ARN":"a","Name":")" + std::string(256, 'n') + R"("})"));
}

BOOST_AUTO_TEST_CASE(secrets_wherever_their_list_is_cut) {
  for (std::size_t cut = 0; cut <= recorded::secret_list.size(); ++cut) {
    Secrets secrets;
    BOOST_TEST(feed(secrets.reader, recorded::secret_list, cut));
    BOOST_REQUIRE(secrets.lines.size() == 3U);
    BOOST_TEST(secrets.lines[0] == "app/db|app/db-dTdGJh|1b68bfb3-bf22-47d2-95c8-8c2337a888cd");
    BOOST_TEST(secrets.lines[1] == "app/empty|app/empty-PclkvJ|");
    BOOST_TEST(secrets.lines[2] ==
               "app/gone|app/gone-QSqsCD|3bbe0727-0ea6-46a7-a7c5-338ba871a96b|pending");
    BOOST_TEST(secrets.reader.next() == "3");
  }
}

BOOST_AUTO_TEST_CASE(pages_that_are_empty_or_the_last) {
  Secrets secrets;
  BOOST_TEST(feed(secrets.reader, R"({"SecretList":[],"NextToken":"more"})"));
  BOOST_TEST(secrets.reader.next() == "more");
  secrets.reader.restart();
  BOOST_TEST(feed(secrets.reader, R"({"SecretList":[],"NextToken":null})"));
  BOOST_TEST(secrets.reader.next() == "");
  secrets.reader.restart();
  BOOST_TEST(!feed(secrets.reader, R"({"NextToken":"more"})"));
  BOOST_TEST(secrets.lines.empty());
}

BOOST_AUTO_TEST_CASE(what_is_no_list_of_secrets) {
  for (const std::string& text :
       {std::string("{}"), std::string(R"({"SecretList":[{}]})"),
        std::string(R"({"SecretList":[[]]})"), std::string(R"({"SecretList":[{"Name":"a"}]})"),
        R"({"SecretList":[],"NextToken":")" + std::string(4097, 'n') + R"("})"}) {
    Secrets secrets;
    BOOST_TEST(!feed(secrets.reader, text), text);
    BOOST_TEST(secrets.lines.empty());
  }
}

BOOST_AUTO_TEST_CASE(versions_wherever_they_are_cut) {
  for (std::size_t cut = 0; cut <= recorded::version_list.size(); ++cut) {
    VersionListReader reader;
    BOOST_TEST(feed(reader, recorded::version_list, cut));
    BOOST_TEST(reader.current() == "1b68bfb3-bf22-47d2-95c8-8c2337a888cd");
    BOOST_TEST(reader.next() == "");
  }
}

BOOST_AUTO_TEST_CASE(versions_none_of_which_is_current) {
  VersionListReader reader;
  BOOST_TEST(feed(reader, recorded::version_list));
  reader.restart();
  BOOST_TEST(feed(reader, recorded::empty_version_list));
  BOOST_TEST(reader.current() == "");
  reader.restart();
  BOOST_TEST(feed(reader, R"({"NextToken":"n","Versions":[{"VersionId":"a","VersionStages":)"
                          R"(["AWSPENDING"]},{"VersionStages":[],"VersionId":"b"}]})"));
  BOOST_TEST(reader.current() == "");
  BOOST_TEST(reader.next() == "n");
  for (const char* const text : {"{}", R"({"Versions":[{"VersionStages":["AWSCURRENT"]}]})",
                                 R"({"Versions":[[]]})", R"({"SecretList":[]})"}) {
    reader.restart();
    BOOST_TEST(!feed(reader, text), text);
  }
}

BOOST_AUTO_TEST_CASE(the_stages_may_come_before_the_id) {
  VersionListReader reader;
  BOOST_TEST(feed(reader, R"({"Versions":[{"VersionStages":["mine","AWSCURRENT"],)"
                          R"("VersionId":"a"},{"VersionId":"b","VersionStages":["mine"]}]})"));
  BOOST_TEST(reader.current() == "a");
}

BOOST_AUTO_TEST_CASE(parameters_wherever_their_list_is_cut) {
  for (std::size_t cut = 0; cut <= recorded::parameter_list.size(); ++cut) {
    Parameters parameters;
    BOOST_TEST(feed(parameters.reader, recorded::parameter_list, cut));
    BOOST_REQUIRE(parameters.lines.size() == 2U);
    BOOST_TEST(parameters.lines[0] == "/app/db|SecureString|1|1795536465.162");
    BOOST_TEST(parameters.lines[1] == "/app/host|String|2|1795536465.283");
    BOOST_TEST(parameters.reader.next() == "");
  }
}

BOOST_AUTO_TEST_CASE(no_parameters) {
  Parameters parameters;
  BOOST_TEST(feed(parameters.reader, recorded::empty_parameter_list));
  parameters.reader.restart();
  BOOST_TEST(feed(parameters.reader, R"({"NextToken":"n","Parameters":[]})"));
  BOOST_TEST(parameters.reader.next() == "n");
  for (const char* const text : {"{}", R"({"Parameters":[{}]})", R"({"Parameters":[[]]})",
                                 R"({"Parameters":[{"Name":"a","Type":"String"}]})"}) {
    parameters.reader.restart();
    BOOST_TEST(!feed(parameters.reader, text), text);
  }
  BOOST_TEST(parameters.lines.empty());
}

BOOST_AUTO_TEST_CASE(dates_are_told_apart_to_the_last_digit) {
  BOOST_TEST(dated("1.582154711976E9") == "1582154711.976");
  BOOST_TEST(dated("1582154711.976") == "1582154711.976");
  BOOST_TEST(dated("1582154711.977") == "1582154711.977");
  BOOST_TEST(dated("1582154711") == "1582154711");
  BOOST_TEST(dated("1582154711.0") == "1582154711");
  for (const char* const date :
       {"-1", "0", "-0.0", "1e11", "1e300", "18446744073709551615", "null", "\"1\""}) {
    BOOST_TEST(dated(date) == "refused", date);
  }
}

BOOST_AUTO_TEST_CASE(a_reply_with_a_value_is_refused_at_its_name) {
  for (const auto text : values) {
    SecretReader secret;
    BOOST_TEST(!feed(secret, text));
    VersionListReader versions;
    BOOST_TEST(!feed(versions, text));
    Secrets secrets;
    BOOST_TEST(!feed(secrets.reader, text));
    Parameters parameters;
    BOOST_TEST(!feed(parameters.reader, text));
    BOOST_TEST(secrets.lines.empty());
    BOOST_TEST(parameters.lines.empty());
  }
}

BOOST_AUTO_TEST_CASE(values_among_what_is_asked_for) {
  for (const std::string& field : {std::string("SecretString"), std::string("SecretBinary")}) {
    SecretReader secret;
    BOOST_TEST(!feed(secret, a_secret(",\"" + field + "\":null")));
    VersionListReader versions;
    BOOST_TEST(!feed(versions, R"({"Versions":[{"VersionId":"a",")" + field + "\":7}]}"));
    Secrets secrets;
    BOOST_TEST(
        !feed(secrets.reader, R"({"SecretList":[)" + a_secret(",\"" + field + "\":[]") + "]}"));
    BOOST_TEST(secrets.lines.empty());
  }
  Parameters parameters;
  BOOST_TEST(!feed(parameters.reader, R"({"Parameters":[{"Name":"a","Type":"String",)"
                                      R"("Version":1,"LastModifiedDate":1,"Value":"x"}]})"));
  BOOST_TEST(parameters.lines.empty());
}

BOOST_AUTO_TEST_SUITE_END()
