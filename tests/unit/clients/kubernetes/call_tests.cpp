// One question and its answer, against a server that says what the test wants.
#include "clients/kubernetes/call.hpp"

#include <boost/test/unit_test.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "api_fixture.hpp"
#include "clients/kubernetes/readers.hpp"
#include "recorded.hpp"

using namespace blindfold;
using namespace blindfold::kubernetes;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view html = "<html><body>502 Bad Gateway: hunter2</body></html>";

struct Asking : ApiFixture {
  Asking() {
    call.emplace(*connection, reader, [this](const std::optional<Failure>& failure) noexcept {
      outcome = failure ? words(*failure) : "done";
      last = failure.value_or(Failure{});
    });
  }

  /// What comes of an update probe.
  std::string ask(CallLimits limits = {}) {
    start(limits);
    BOOST_REQUIRE(run_until([this] { return outcome.has_value(); }));
    BOOST_TEST(!call->running());
    return *outcome;
  }
  void start(CallLimits limits = {}) {
    outcome.reset();
    reader.reset();
    call->start(update_probe({"app", "db", "Opaque", {}}), limits);
    BOOST_TEST(!outcome.has_value());
    BOOST_TEST(call->running());
  }

  ObjectMetaReader reader;
  std::optional<std::string> outcome;
  Failure last;
  std::optional<Call> call;
};

Account with_token(std::string_view token) {
  auto buffer = secret::SecretBuffer::with_capacity(token.size());
  BOOST_REQUIRE(buffer.has_value());
  BOOST_REQUIRE(buffer->append(token).has_value());
  Account account;
  account.credential = StaticToken{*std::move(buffer)};
  return account;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(call_tests)

BOOST_FIXTURE_TEST_CASE(a_reply_is_read, Asking) {
  expect("PUT /api/v1/namespaces/app/secrets/db?dryRun=All HTTP/1.1\r\n",
         answer(recorded::probe_present));
  BOOST_TEST(ask() == "done");
  BOOST_TEST(reader.meta().name == "db");
  BOOST_TEST(reader.meta().resource_version == "68");
  const std::string& request = server.requests().at(0);
  BOOST_TEST(request.contains(
      "\r\nAccept: application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1\r\n"));
  BOOST_TEST(request.contains("\r\nContent-Type: application/json\r\n"));
  BOOST_TEST(request.contains("\r\nUser-Agent: blindfold/"));
  BOOST_TEST(request.ends_with(update_probe({"app", "db", "Opaque", {}}).body));
  BOOST_TEST(!request.contains("Authorization"));
}

BOOST_FIXTURE_TEST_CASE(it_can_be_asked_again, Asking) {
  expect("PUT", answer(recorded::probe_present));
  expect("PUT", answer(recorded::probe_missing, "404 Not Found"));
  expect("PUT", answer(recorded::probe_being_deleted));
  BOOST_TEST(ask() == "done");
  BOOST_TEST(ask() == "404");
  BOOST_TEST(ask() == "done");
  BOOST_TEST(reader.meta().being_deleted);
}

BOOST_FIXTURE_TEST_CASE(the_token_is_sent, Asking) {
  call.reset();
  connect(with_token("t0ken"));
  call.emplace(*connection, reader, [this](const std::optional<Failure>& failure) noexcept {
    outcome = failure ? words(*failure) : "done";
  });
  expect("\r\nAuthorization: Bearer t0ken\r\n", answer(recorded::probe_present));
  BOOST_TEST(ask() == "done");
}

BOOST_FIXTURE_TEST_CASE(each_form_is_asked_for_as_it_is_and_no_other, Asking) {
  for (const auto& [form, accepted] :
       {std::pair(Form::table, "application/json;as=Table;g=meta.k8s.io;v=v1"),
        std::pair(Form::object_meta,
                  "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1"),
        std::pair(Form::object, "application/json")}) {
    expect("\r\nAccept: " + std::string(accepted) + "\r\n", answer(recorded::probe_present));
    outcome.reset();
    reader.reset();
    call->start({.target = "/x", .form = form, .body = {}});
    BOOST_REQUIRE(run_until([this] { return outcome.has_value(); }));
    BOOST_TEST(!server.requests().back().contains("Content-Type"));
  }
}

BOOST_FIXTURE_TEST_CASE(a_401_is_asked_once_more, Asking) {
  expect("PUT", answer(recorded::unauthorized, "401 Unauthorized"));
  expect("PUT", answer(recorded::probe_present));
  BOOST_TEST(ask() == "done");
  BOOST_TEST(reader.meta().name == "db");
  BOOST_TEST(asked() == 2U);
}

BOOST_FIXTURE_TEST_CASE(a_second_401_is_the_answer, Asking) {
  expect("PUT", answer(recorded::unauthorized, "401 Unauthorized"));
  expect("PUT", answer(recorded::unauthorized, "401 Unauthorized"));
  BOOST_TEST(ask() == "401");
  BOOST_TEST(last.status.reason == "Unauthorized");
}

BOOST_FIXTURE_TEST_CASE(the_servers_word_is_told, Asking) {
  expect("PUT", answer(recorded::probe_wrong_type, "422 Unprocessable Entity"));
  BOOST_TEST(ask() == "422");
  BOOST_TEST(last.status.causes.at(0).field == "type");
  expect("PUT", answer(recorded::quota_exceeded, "403 Forbidden"));
  BOOST_TEST(ask() == "403");
  BOOST_TEST(last.status.admission.name == "secrets-quota");
  BOOST_TEST(reader.meta().name == "");
}

BOOST_FIXTURE_TEST_CASE(retry_after_is_told, Asking) {
  expect("PUT", answer(recorded::too_many_requests, "429 Too Many Requests",
                       "Content-Type: text/plain; charset=utf-8\r\nRetry-After: 3\r\n"));
  BOOST_TEST(ask() == "429");
  BOOST_TEST((last.status.retry_after == 3s));
}

BOOST_FIXTURE_TEST_CASE(a_page_of_a_proxy_is_not_the_servers_word, Asking) {
  for (const auto* status : {"403 Forbidden", "404 Not Found", "409 Conflict", "410 Gone",
                             "422 Unprocessable Entity", "301 Moved Permanently"}) {
    expect("PUT", answer(html, status, "Content-Type: text/html\r\n"));
    BOOST_TEST(ask() == "not the form " + std::string(status).substr(0, 3));
  }
  expect("PUT", answer(html, "502 Bad Gateway", "Content-Type: text/html\r\n"));
  BOOST_TEST(ask() == "502");
  expect("PUT", answer(R"({"error":"not found"})", "404 Not Found"));
  BOOST_TEST(ask() == "not the form 404");
  expect("PUT", answer(recorded::whole_secret, "404 Not Found"));
  BOOST_TEST(ask() == "not the form 404");
  expect("PUT", answer("", "404 Not Found", ""));
  BOOST_TEST(ask() == "not the form 404");
}

BOOST_FIXTURE_TEST_CASE(what_is_not_json_is_dropped_unparsed, Asking) {
  for (const auto* type : {"text/html", "text/plain", "application/yaml", "application/jsonp",
                           "application/vnd.kubernetes.protobuf", ""}) {
    expect("PUT", answer(recorded::probe_present, "200 OK",
                         "Content-Type: " + std::string(type) + "\r\n"));
    BOOST_TEST(ask() == "not the form 200");
    BOOST_TEST(reader.meta().name == "");
  }
  for (const auto* type : {"application/json; charset=utf-8", "Application/JSON ;x=y",
                           "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1"}) {
    expect("PUT", answer(recorded::probe_present, "200 OK",
                         "Content-Type: " + std::string(type) + "\r\n"));
    BOOST_TEST(ask() == "done");
  }
}

BOOST_FIXTURE_TEST_CASE(whole_objects_are_dropped, Asking) {
  for (const auto text : {recorded::whole_secret, recorded::whole_list, recorded::whole_watch,
                          recorded::table_page, recorded::probe_missing}) {
    expect("PUT", answer(text));
    BOOST_TEST(ask() == "not the form 200");
    BOOST_TEST(reader.meta().name == "");
  }
}

BOOST_FIXTURE_TEST_CASE(a_reply_is_one_document, Asking) {
  expect("PUT", answer(""));
  BOOST_TEST(ask() == "not the form");
  expect("PUT", answer("\n \n"));
  BOOST_TEST(ask() == "not the form");
  expect("PUT",
         answer(std::string(recorded::probe_present) + std::string(recorded::probe_present)));
  BOOST_TEST(ask() == "not the form");
  expect("PUT", answer(recorded::probe_present.substr(0, 100)));
  BOOST_TEST(ask() == "cut off");
  expect("PUT", answer("{\"kind\":x"));
  BOOST_TEST(ask() == "not the form 200");
}

BOOST_FIXTURE_TEST_CASE(a_reply_has_a_largest_size, Asking) {
  const std::string large = R"({"kind":"PartialObjectMetadata","metadata":{"annotations":{"a":")" +
                            std::string(3000, 'a') + R"("}}})";
  expect("PUT", answer(large));
  BOOST_TEST(ask({.body = 1000}) == "too large 200");
  expect("PUT", answer(large));
  BOOST_TEST(ask({.body = 4000}) == "done");
}

BOOST_FIXTURE_TEST_CASE(a_connection_that_breaks, Asking) {
  const std::string whole =
      http::test::reply(recorded::probe_present, "Content-Type: application/json\r\n");
  for (const std::size_t sent : {whole.size() - 1, whole.size() - 300}) {
    expect("PUT", [&whole, sent](ApiConnection& to) {
      to.send(std::string_view(whole).substr(0, sent));
      to.close();
    });
    BOOST_TEST(ask() == "cut off 200");
  }
  const std::string refusal =
      http::test::reply(recorded::forbidden, "Content-Type: application/json\r\n", "403 Forbidden");
  expect("PUT", [&refusal](ApiConnection& to) {
    to.send(std::string_view(refusal).substr(0, refusal.size() - 10));
    to.close();
  });
  BOOST_TEST(ask() == "cut off 403");
  server.stop_listening();
  for (auto& each : server.connections()) {
    if (each.open()) {
      each.reset();
    }
  }
  BOOST_TEST(ask() == "unreachable");
}

BOOST_FIXTURE_TEST_CASE(a_server_that_says_nothing, Asking) {
  expect("PUT", say_nothing);
  start({.timeout = 5s});
  BOOST_REQUIRE(comes(1));
  pass(4999ms);
  BOOST_TEST(!outcome.has_value());
  pass(2ms);
  BOOST_TEST((outcome == "timed out"));
  BOOST_TEST(!call->running());
}

BOOST_FIXTURE_TEST_CASE(a_server_that_says_half, Asking) {
  expect("PUT", [](ApiConnection& to) {
    to.send(http::test::reply(recorded::probe_present, "Content-Type: application/json\r\n")
                .substr(0, 200));
  });
  start({.timeout = 5s});
  BOOST_REQUIRE(comes(1));
  pass(6s);
  BOOST_REQUIRE(outcome.has_value());
  BOOST_TEST(outcome->starts_with("timed out"));
  expect("PUT", answer(recorded::probe_present));
  BOOST_TEST(ask() == "done");
}

BOOST_FIXTURE_TEST_CASE(cancelled_it_says_nothing, Asking) {
  expect("PUT", say_nothing);
  start();
  call->cancel();
  BOOST_TEST(!call->running());
  turn(20);
  BOOST_TEST(asked() == 0U);
  start();
  BOOST_REQUIRE(comes(1));
  call->cancel();
  pass(60s);
  BOOST_TEST(!outcome.has_value());
  expect("PUT", answer(recorded::probe_present));
  BOOST_TEST(ask() == "done");
}

BOOST_FIXTURE_TEST_CASE(it_may_be_destroyed_when_it_is_done, Asking) {
  for (const auto& given :
       {answer(recorded::probe_present), answer(recorded::forbidden, "403 Forbidden"),
        answer(html, "404 Not Found", "Content-Type: text/html\r\n")}) {
    bool done = false;
    std::optional<Call> own;
    own.emplace(*connection, reader, [&own, &done](const std::optional<Failure>&) noexcept {
      own.reset();
      done = true;
    });
    expect("PUT", given);
    reader.reset();
    own->start(update_probe({"app", "db", "Opaque", {}}));
    BOOST_REQUIRE(run_until([&done] { return done; }));
  }
}

BOOST_FIXTURE_TEST_CASE(it_may_be_started_again_when_it_is_done, Asking) {
  int done = 0;
  std::optional<Call> own;
  own.emplace(*connection, reader, [this, &own, &done](const std::optional<Failure>&) noexcept {
    if (++done < 3) {
      reader.reset();
      own->start(update_probe({"app", "db", "Opaque", {}}));
    }
  });
  for (int i = 0; i < 3; ++i) {
    expect("PUT", answer(recorded::probe_present));
  }
  own->start(update_probe({"app", "db", "Opaque", {}}));
  BOOST_REQUIRE(run_until([&done] { return done == 3; }));
}

BOOST_FIXTURE_TEST_CASE(the_connection_knows_its_names, Asking) {
  BOOST_TEST(connection->server() == server.url());
  BOOST_TEST(connection->name_space() == "app");
}

BOOST_AUTO_TEST_SUITE_END()
