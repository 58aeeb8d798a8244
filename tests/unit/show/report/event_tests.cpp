#include "show/report/event.hpp"

#include <boost/test/unit_test.hpp>

#include "support/standings.hpp"

using namespace blindfold;

BOOST_AUTO_TEST_SUITE(event_tests)

BOOST_AUTO_TEST_CASE(is_the_document_of_the_design) {
  const model::RotationEvent event{.sequence = 41,
                                   .kind = model::EventKind::rotated,
                                   .id = "database",
                                   .provided_by = model::Provider::customer,
                                   .store = model::StoreKind::kubernetes,
                                   .at = support::at() + std::chrono::microseconds(123456)};
  BOOST_TEST(report::to_json(event, "acme-prod") ==
             R"({"schema":"blindfold.event/1","sequence":41,"kind":"rotated","id":"database",)"
             R"("provided_by":"customer","store":"kubernetes","deployment":"acme-prod",)"
             R"("at":"2026-11-23T12:00:00.123456Z"})");
}

BOOST_AUTO_TEST_CASE(escapes_the_deployment) {
  model::RotationEvent event;
  event.at = support::at();
  BOOST_TEST(report::to_json(event, "a\"b\n\xff")
                 .contains("\"deployment\":\"a\\\"b\\n\xef\xbf\xbd\",\"at\""));
}

BOOST_AUTO_TEST_SUITE_END()
