#include "detect/kubernetes/answers.hpp"

#include <boost/test/unit_test.hpp>
#include <variant>

#include "account.hpp"

namespace {

using namespace blindfold;
using namespace blindfold::detect;
using kubernetes::Admission;
using kubernetes::Failure;
using kubernetes::Fault;
using model::ApiTrouble;
using model::Details;
using model::Presence;

const std::string server = "https://cluster.example:6443";

Answer updated(const std::optional<Failure>& failure, const kubernetes::ObjectMeta& meta = {},
               const model::KubernetesLocator& locator = db()) {
  return answer_to_update_probe(locator, failure, meta, server);
}

Answer created(const std::optional<Failure>& failure) {
  return answer_to_create_probe(db(), failure, server);
}

const model::SecretMissing db_missing{"app", "db", {}, {}};

// It is no answer, and what is told of it.
void check_no_answer(const Answer& answer, ApiTrouble trouble, std::uint32_t status,
                     bool everybodys) {
  BOOST_TEST((answer.observation.presence == Presence::unreachable));
  BOOST_TEST((answer.observation.details == Details{model::ApiFailed{trouble, server, status}}));
  BOOST_TEST(answer.unreachable == everybodys);
  BOOST_TEST(!answer.observation.version.known());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(answers_tests)

BOOST_AUTO_TEST_CASE(the_update_probes_own_object_is_present_with_its_version) {
  const Answer answer = updated(std::nullopt, {"db", "uid", "4711", false});
  BOOST_TEST((answer.observation.presence == Presence::present));
  BOOST_TEST(answer.observation.version.token == "4711");
  BOOST_TEST(answer.observation.details.empty());
  BOOST_TEST(!answer.immutable);
  BOOST_TEST(!answer.unreachable);
}

BOOST_AUTO_TEST_CASE(named_keys_are_told_not_to_have_been_checked) {
  const auto locator = db({"password"});
  const Answer answer = updated(std::nullopt, {"db", "uid", "4711", false}, locator);
  BOOST_TEST((answer.observation.presence == Presence::present));
  BOOST_TEST((answer.observation.details == Details{model::KeysNotChecked{}}));
}

BOOST_AUTO_TEST_CASE(what_is_being_deleted_is_no_checkmark) {
  const Answer answer = updated(std::nullopt, {"db", "uid", "4711", true});
  BOOST_TEST((answer.observation.presence == Presence::pending_deletion));
  BOOST_TEST((answer.observation.details == Details{model::BeingDeleted{}}));
  BOOST_TEST(!answer.observation.version.known());
}

BOOST_AUTO_TEST_CASE(another_objects_metadata_is_no_answer) {
  check_no_answer(updated(std::nullopt, {"other", "uid", "4711", false}), ApiTrouble::not_the_form,
                  0, false);
  check_no_answer(updated(std::nullopt, {"db", "uid", "", false}), ApiTrouble::not_the_form, 0,
                  false);
}

BOOST_AUTO_TEST_CASE(a_404_that_names_the_secret_is_missing) {
  const Answer answer = updated(said(404, "NotFound"));
  BOOST_TEST((answer.observation.presence == Presence::missing));
  BOOST_TEST((answer.observation.details == Details{db_missing}));
}

BOOST_AUTO_TEST_CASE(a_404_that_names_the_namespace_says_so) {
  for (const Answer& answer : {updated(said(404, "NotFound", "namespaces", "app")),
                               created(said(404, "NotFound", "namespaces", "app"))}) {
    BOOST_TEST((answer.observation.presence == Presence::missing));
    BOOST_TEST((answer.observation.details == Details{model::NamespaceMissing{"app"}}));
  }
}

// A server that is not where the kubeconfig says answers 404 to everything.
BOOST_AUTO_TEST_CASE(a_404_of_anything_else_is_no_answer) {
  check_no_answer(updated(said(404, "NotFound", "", "")), ApiTrouble::unexpected, 404, false);
  check_no_answer(updated(said(404, "NotFound", "secrets", "other")), ApiTrouble::unexpected, 404,
                  false);
  check_no_answer(created(said(404, "NotFound", "", "")), ApiTrouble::unexpected, 404, false);
}

BOOST_AUTO_TEST_CASE(another_type_is_the_wrong_one) {
  const Answer answer = updated(invalid({"type"}), {}, db({}, "kubernetes.io/tls"));
  BOOST_TEST((answer.observation.presence == Presence::wrong_type));
  BOOST_TEST((answer.observation.details == Details{model::SecretType{"", "kubernetes.io/tls"}}));
  BOOST_TEST(!answer.immutable);
}

BOOST_AUTO_TEST_CASE(an_immutable_one_is_present_and_known_to_be) {
  Failure told_in_words = invalid({});
  told_in_words.status.immutable = true;
  for (const Answer& answer : {updated(invalid({"data"})), updated(invalid({"immutable"})),
                               updated(invalid({"immutable", "data"})), updated(told_in_words)}) {
    BOOST_TEST((answer.observation.presence == Presence::present));
    BOOST_TEST((answer.observation.details == Details{model::RotationUnseen{}}));
    BOOST_TEST(!answer.observation.version.known());
    BOOST_TEST(answer.immutable);
  }
}

// Else it would be asked on, and judged, as one that cannot be guessed.
BOOST_AUTO_TEST_CASE(an_immutable_one_of_another_type_is_known_to_be_immutable) {
  const Answer answer = updated(invalid({"type", "immutable", "data"}));
  BOOST_TEST((answer.observation.presence == Presence::wrong_type));
  BOOST_TEST(answer.immutable);
}

BOOST_AUTO_TEST_CASE(one_whose_type_wants_other_keys_is_present) {
  for (const char* const field : {"data[tls.crt]", "data[.dockerconfigjson]"}) {
    const Answer answer = updated(invalid({field}));
    BOOST_TEST((answer.observation.presence == Presence::present));
    BOOST_TEST((answer.observation.details == Details{model::RotationUnseen{}}));
    BOOST_TEST(!answer.immutable);
  }
}

BOOST_AUTO_TEST_CASE(another_word_of_the_validation_is_a_refusal) {
  const Answer answer = updated(invalid({"metadata.labels"}));
  BOOST_TEST((answer.observation.presence == Presence::denied));
  BOOST_TEST((answer.observation.details ==
              Details{model::AdmissionRefused{model::AdmissionRefused::By::validation,
                                              "metadata.labels"}}));
}

BOOST_AUTO_TEST_CASE(a_403_names_the_permission_that_is_missing) {
  const Answer update = updated(said(403, "Forbidden"));
  BOOST_TEST((update.observation.presence == Presence::denied));
  BOOST_TEST((update.observation.details ==
              Details{model::PermissionMissing{"update", "secrets", "app", "db"}}));
  const Answer create = created(said(403, "Forbidden", "secrets", ""));
  BOOST_TEST((create.observation.presence == Presence::denied));
  BOOST_TEST((create.observation.details ==
              Details{model::PermissionMissing{"create", "secrets", "app", ""}}));
}

// Who refuses the question refuses it whether the Secret exists or not.
BOOST_AUTO_TEST_CASE(a_refusal_at_admission_is_never_missing_nor_present) {
  using By = model::AdmissionRefused::By;
  const std::vector<std::pair<Failure, model::AdmissionRefused>> cases{
      {refused_by(Admission::By::policy, "labels-wanted", 422), {By::policy, "labels-wanted"}},
      {refused_by(Admission::By::policy, "labels-wanted", 403), {By::policy, "labels-wanted"}},
      {refused_by(Admission::By::webhook, "vault.example", 400), {By::webhook, "vault.example"}},
      {refused_by(Admission::By::webhook, "vault.example", 500), {By::webhook, "vault.example"}},
      {refused_by(Admission::By::webhook, "vault.example", 404), {By::webhook, "vault.example"}},
      {refused_by(Admission::By::quota, "small", 403), {By::quota, "small"}},
  };
  for (const auto& [failure, detail] : cases) {
    for (const Answer& answer : {updated(failure), created(failure)}) {
      BOOST_TEST((answer.observation.presence == Presence::denied));
      BOOST_TEST((answer.observation.details == Details{detail}));
      BOOST_TEST(!answer.unreachable);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_namespace_that_is_being_deleted_is_no_missing_permission) {
  Failure failure = said(403, "Forbidden");
  failure.status.causes.push_back({"NamespaceTerminating", "metadata.namespace"});
  const Answer answer = created(failure);
  BOOST_TEST((answer.observation.presence == Presence::denied));
  BOOST_TEST(std::holds_alternative<model::AdmissionRefused>(answer.observation.details.front()));
}

BOOST_AUTO_TEST_CASE(the_create_probe_tells_there_or_not) {
  const Answer absent = created(std::nullopt);
  BOOST_TEST((absent.observation.presence == Presence::missing));
  BOOST_TEST((absent.observation.details == Details{db_missing}));
  const Answer there = created(said(409, "AlreadyExists"));
  BOOST_TEST((there.observation.presence == Presence::present));
  BOOST_TEST((there.observation.details == Details{model::RotationUnseen{}}));
  BOOST_TEST(!there.observation.version.known());
}

BOOST_AUTO_TEST_CASE(a_409_that_is_about_something_else_is_no_answer) {
  check_no_answer(created(said(409, "Conflict")), ApiTrouble::unexpected, 409, false);
  check_no_answer(created(said(409, "AlreadyExists", "secrets", "other")), ApiTrouble::unexpected,
                  409, false);
  check_no_answer(updated(said(409, "Conflict")), ApiTrouble::unexpected, 409, false);
}

BOOST_AUTO_TEST_CASE(each_fault_is_no_answer_and_says_why) {
  const std::vector<std::tuple<Fault, ApiTrouble, bool>> cases{
      {Fault::unreachable, ApiTrouble::unreachable, true},
      {Fault::not_trusted, ApiTrouble::not_trusted, true},
      {Fault::timed_out, ApiTrouble::timed_out, true},
      {Fault::cut_off, ApiTrouble::cut_off, true},
      {Fault::credential, ApiTrouble::credential, true},
      {Fault::not_the_form, ApiTrouble::not_the_form, false},
      {Fault::too_large, ApiTrouble::too_large, false},
      {Fault::internal, ApiTrouble::unexpected, false},
  };
  for (const auto& [fault, trouble, everybodys] : cases) {
    check_no_answer(updated(without_a_word(fault)), trouble, 0, everybodys);
    check_no_answer(created(without_a_word(fault)), trouble, 0, everybodys);
  }
}

// A fault after a head: whatever its status was, it is not the server's word.
BOOST_AUTO_TEST_CASE(the_status_before_a_fault_says_nothing) {
  Failure html{Fault::not_the_form, {}};
  html.status.code = 404;
  check_no_answer(updated(html), ApiTrouble::not_the_form, 404, false);
  Failure cut{Fault::cut_off, {}};
  cut.status.code = 409;
  check_no_answer(created(cut), ApiTrouble::cut_off, 409, true);
}

// One secret that cannot be decrypted is answered 500: it says nothing of others.
BOOST_AUTO_TEST_CASE(which_status_is_everybodys) {
  const std::vector<std::tuple<int, ApiTrouble, bool>> cases{
      {401, ApiTrouble::unauthorized, true},  {429, ApiTrouble::throttled, true},
      {500, ApiTrouble::server_error, false}, {502, ApiTrouble::server_error, true},
      {503, ApiTrouble::server_error, true},  {504, ApiTrouble::server_error, true},
      {400, ApiTrouble::unexpected, false},   {405, ApiTrouble::unexpected, false},
      {406, ApiTrouble::unexpected, false},   {302, ApiTrouble::unexpected, false},
  };
  for (const auto& [code, trouble, everybodys] : cases) {
    const auto status = static_cast<std::uint32_t>(code);
    check_no_answer(updated(said(code, "")), trouble, status, everybodys);
    check_no_answer(created(said(code, "")), trouble, status, everybodys);
  }
}

BOOST_AUTO_TEST_CASE(a_row_tells_type_and_number_of_keys) {
  const auto locator = db({"username", "password"});
  const auto row = [&locator](std::string type, std::uint32_t keys) {
    return observe_row(locator, {"db", std::move(type), keys}, "12");
  };
  const auto there = row("Opaque", 2);
  BOOST_TEST((there.presence == Presence::present));
  BOOST_TEST(there.version.token == "12");
  BOOST_TEST((there.details == Details{model::KeysNotChecked{}}));
  BOOST_TEST((row("Opaque", 3).presence == Presence::present));
  const auto few = row("Opaque", 1);
  BOOST_TEST((few.presence == Presence::incomplete));
  BOOST_TEST((few.details == Details{model::KeysTooFew{1, 2}}));
  BOOST_TEST(!few.version.known());
  const auto none = row("Opaque", 0);
  BOOST_TEST((none.presence == Presence::empty));
  BOOST_TEST((none.details == Details{model::SecretEmpty{}}));
  const auto other = row("kubernetes.io/tls", 0);
  BOOST_TEST((other.presence == Presence::wrong_type));
  BOOST_TEST((other.details == Details{model::SecretType{"kubernetes.io/tls", "Opaque"}}));
}

BOOST_AUTO_TEST_CASE(without_named_keys_any_entry_will_do_and_none_is_empty) {
  BOOST_TEST((observe_row(db(), {"db", "Opaque", 1}, "12").presence == Presence::present));
  BOOST_TEST(observe_row(db(), {"db", "Opaque", 1}, "12").details.empty());
  BOOST_TEST((observe_row(db(), {"db", "Opaque", 0}, "12").presence == Presence::empty));
}

BOOST_AUTO_TEST_CASE(a_listed_row_may_have_no_version) {
  const auto observation = observe_row(db(), {"db", "Opaque", 1}, "");
  BOOST_TEST((observation.presence == Presence::present));
  BOOST_TEST(!observation.version.known());
}

BOOST_AUTO_TEST_CASE(what_the_table_does_not_have_is_missing) {
  BOOST_TEST((observe_absence(db()).presence == Presence::missing));
  BOOST_TEST((observe_absence(db()).details == Details{db_missing}));
}

// Sight is for whoever knows the rights to say.
BOOST_AUTO_TEST_CASE(no_answer_says_a_sight) {
  for (const Answer& answer : {updated(std::nullopt, {"db", "uid", "1", false}),
                               updated(said(404, "NotFound")), updated(said(403, "Forbidden")),
                               created(std::nullopt), created(without_a_word(Fault::timed_out))}) {
    BOOST_TEST((answer.observation.sight == model::Sight{}));
  }
}

BOOST_AUTO_TEST_SUITE_END()
