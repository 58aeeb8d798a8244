#include "clients/kubernetes/token_source.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "clients/account/file.hpp"
#include "clients/kubernetes/find_account.hpp"
#include "platform/base/unique_fd.hpp"
#include "platform/helper/helper.hpp"
#include "support/loop_fixture.hpp"
#include "support/scratch_folder.hpp"

using namespace std::chrono_literals;
using blindfold::base::Error;
using blindfold::base::ErrorKind;
using blindfold::helper::fork_helper;
using blindfold::helper::Helper;
using blindfold::support::contents_of;
using blindfold::support::ManualLoopFixture;
using blindfold::support::ScratchFolder;
using namespace blindfold::kubernetes;

namespace {

struct Answer {
  std::optional<std::string> token;
  std::optional<Error> error;
  std::unique_ptr<TokenSource::Wish> wish;

  [[nodiscard]] bool there() const { return token || error; }
};

class SourceFixture : public ManualLoopFixture {
 public:
  void ask(Answer& answer) {
    answer.wish = source->want([&answer](const auto& result) noexcept {
      if (result) {
        answer.token = (*result)->with_bytes([](std::string_view all) { return std::string(all); });
      } else {
        answer.error = result.error();
      }
    });
    BOOST_TEST(!answer.there(), "never from within want()");
  }

  Answer get() {
    auto answer = std::make_unique<Answer>();
    ask(*answer);
    BOOST_REQUIRE(run_until([&] { return answer->there(); }));
    return std::move(*answer);
  }

  std::string token() {
    const Answer answer = get();
    return answer.token ? *answer.token : "none: " + answer.error->what;
  }

  void pass(std::chrono::microseconds time) {
    clock.advance(time);
    turn();
  }

  ScratchFolder scratch;
  std::optional<TokenSource> source;
};

/// A plugin that prints a token with the number of the run in it, or whatever
/// stands in the file "script".
class PluginFixture : public SourceFixture {
 public:
  ~PluginFixture() {
    source.reset();
    helper.reset();
    ::waitpid(process, nullptr, 0);
  }

  void start(const std::string& script, const std::string& install_hint = {}) {
    scratch.write("script", "echo x >> " + scratch / "runs\n" + script);
    start({"/bin/sh", scratch / "script"}, install_hint);
  }

  void start(std::vector<std::string> arguments, const std::string& install_hint = {}) {
    Account account;
    account.credential = ExecPlugin{.name = "credential plugin",
                                    .arguments = std::move(arguments),
                                    .environment = {},
                                    .api_version = "client.authentication.k8s.io/v1",
                                    .install_hint = install_hint};
    auto forked = fork_helper(programs_of(account), {.landlock = true, .kept = {}});
    BOOST_REQUIRE(forked.has_value());
    process = forked->process;
    helper.emplace(loop(), std::move(*forked));
    source.emplace(loop(), std::move(account.credential), &*helper);
  }

  /// A script that prints it; `expires` is the status' other members.
  [[nodiscard]] std::string prints(const std::string& token,
                                   const std::string& expires = {}) const {
    return "n=$(wc -l < " + scratch / "runs)\n" +
           R"(printf '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1",)" +
           R"("status":{"token":"%s"%s}}' ")" + token + "\" '" +
           (expires.empty() ? "" : R"(,"expirationTimestamp":")" + expires + '"') + "'\n";
  }

  [[nodiscard]] std::size_t runs() const { return contents_of(scratch / "runs").size() / 2; }

  std::optional<Helper> helper;
  pid_t process = -1;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(token_source_tests)

BOOST_FIXTURE_TEST_CASE(no_token_is_an_empty_one, SourceFixture) {
  source.emplace(loop(), NoToken{}, nullptr);
  BOOST_TEST(token().empty());
  source->refused();
  BOOST_TEST(token().empty());
}

BOOST_FIXTURE_TEST_CASE(a_fixed_token_stays_what_it_is, SourceFixture) {
  source.emplace(loop(), StaticToken{blindfold::account::copied("fixed").value()}, nullptr);
  BOOST_TEST(token() == "fixed");
  pass(24h);
  source->refused();
  BOOST_TEST(token() == "fixed");
}

BOOST_FIXTURE_TEST_CASE(a_token_file_is_read_again_after_a_minute, SourceFixture) {
  source.emplace(loop(), TokenFile{scratch.write("token", "first\n")}, nullptr);
  BOOST_TEST(token() == "first");
  scratch.write("token", "second");
  pass(59s);
  BOOST_TEST(token() == "first");
  pass(1s);
  BOOST_TEST(token() == "second");
}

BOOST_FIXTURE_TEST_CASE(a_token_file_is_read_again_after_a_refusal, SourceFixture) {
  source.emplace(loop(), TokenFile{scratch.write("token", "first")}, nullptr);
  BOOST_TEST(token() == "first");
  scratch.write("token", "second");
  source->refused();
  BOOST_TEST(token() == "first", "it was younger than a second");
  pass(1s);
  source->refused();
  BOOST_TEST(token() == "second");
  scratch.write("token", "third");
  source->refused();
  BOOST_TEST(token() == "second", "it was younger than a second");
}

BOOST_FIXTURE_TEST_CASE(a_token_file_without_a_token_is_an_error_with_its_path, SourceFixture) {
  source.emplace(loop(), TokenFile{scratch / "token"}, nullptr);
  const Answer missing = get();
  BOOST_CHECK(missing.error.value().kind == ErrorKind::missing);
  BOOST_TEST(missing.error->what.starts_with(scratch / "token"));
  scratch.write("token", "\n");
  BOOST_TEST(token() == "none: " + scratch / "token" + ": holds no token");
  scratch.write("token", std::string(blindfold::account::largest_token + 1, 'x'));
  BOOST_CHECK(get().error.value().kind == ErrorKind::limit);
  scratch.write("token", "now");
  BOOST_TEST(token() == "now");
}

BOOST_FIXTURE_TEST_CASE(while_a_token_file_is_away_the_old_token_goes_on, SourceFixture) {
  source.emplace(loop(), TokenFile{scratch.write("token", "old")}, nullptr);
  BOOST_TEST(token() == "old");
  std::filesystem::remove(scratch / "token");
  pass(2min);
  BOOST_TEST(token() == "old");
  source->refused();
  BOOST_CHECK(get().error.value().kind == ErrorKind::missing);
}

BOOST_FIXTURE_TEST_CASE(a_token_file_that_is_a_pipe_is_not_waited_for, SourceFixture) {
  BOOST_REQUIRE(::mkfifo((scratch / "token").c_str(), 0600) == 0);
  const blindfold::base::UniqueFd silent(::open((scratch / "token").c_str(), O_RDWR | O_CLOEXEC));
  source.emplace(loop(), TokenFile{scratch / "token"}, nullptr);
  BOOST_TEST(token() == "none: " + scratch / "token" + ": nobody writes to this pipe");
}

BOOST_FIXTURE_TEST_CASE(a_plugin_without_an_end_is_run_once_until_it_is_refused, PluginFixture) {
  start(prints("token-$n"));
  BOOST_TEST(token() == "token-1");
  pass(24h);
  BOOST_TEST(token() == "token-1");
  source->refused();
  BOOST_TEST(token() == "token-2");
  BOOST_TEST(runs() == 2U);
}

BOOST_FIXTURE_TEST_CASE(several_wishes_share_one_run, PluginFixture) {
  start(prints("token-$n"));
  std::vector<Answer> answers(5);
  for (Answer& answer : answers) {
    ask(answer);
  }
  BOOST_REQUIRE(run_until([&] { return std::ranges::all_of(answers, &Answer::there); }));
  for (const Answer& answer : answers) {
    BOOST_TEST(answer.token.value() == "token-1");
  }
  BOOST_TEST(runs() == 1U);
}

BOOST_FIXTURE_TEST_CASE(a_token_is_refreshed_a_minute_before_its_end, PluginFixture) {
  start(prints("token-$n", "2026-11-23T13:00:00Z"));  // in an hour
  BOOST_TEST(token() == "token-1");
  pass(59min - 1s);
  BOOST_TEST(token() == "token-1");
  pass(1s);
  BOOST_TEST(token() == "token-2");
}

BOOST_FIXTURE_TEST_CASE(a_short_token_is_refreshed_a_tenth_before_its_end, PluginFixture) {
  start(prints("token-$n", "2026-11-23T12:01:40Z"));  // in 100 s
  BOOST_TEST(token() == "token-1");
  pass(89s);
  BOOST_TEST(token() == "token-1");
  pass(1s);
  BOOST_TEST(token() == "token-2");
}

BOOST_FIXTURE_TEST_CASE(a_token_that_has_ended_already_is_no_storm, PluginFixture) {
  start(prints("token-$n", "2026-11-23T11:00:00Z"));
  for (int i = 0; i < 5; ++i) {
    BOOST_TEST(token() == "token-1");
    pass(1s);
  }
  pass(5s);
  BOOST_TEST(token() == "token-2");
}

BOOST_FIXTURE_TEST_CASE(a_plugin_that_fails_is_not_run_in_a_storm, PluginFixture) {
  start("echo canary; exit 1");
  const Answer first = get();
  BOOST_CHECK(first.error.value().kind == ErrorKind::protocol);
  BOOST_TEST(first.error->what == "\"credential plugin\" (/bin/sh) ended with status 1");
  for (int i = 0; i < 10; ++i) {
    BOOST_TEST(get().error.has_value());
  }
  BOOST_TEST(runs() == 1U);
  pass(1s);
  BOOST_TEST(get().error.has_value());
  BOOST_TEST(runs() == 2U);
  scratch.write("script", "echo x >> " + scratch / "runs\n" + prints("token-$n"));
  pass(2s);
  BOOST_TEST(token() == "token-3");
}

BOOST_FIXTURE_TEST_CASE(the_longest_wait_is_30_seconds, PluginFixture) {
  start("exit 1");
  for (std::size_t i = 1; i < 12; ++i) {
    BOOST_TEST(get().error.has_value());
    BOOST_TEST(runs() == i);
    pass(30s);
  }
}

BOOST_FIXTURE_TEST_CASE(while_a_plugin_fails_the_old_token_is_used_to_its_end, PluginFixture) {
  start(prints("token-$n", "2026-11-23T13:00:00Z"));
  BOOST_TEST(token() == "token-1");
  scratch.write("script", "echo x >> " + scratch / "runs\nexit 1");
  pass(59min + 30s);
  BOOST_TEST(token() == "token-1");
  BOOST_TEST(runs() == 2U);
  pass(30s);
  BOOST_TEST(get().error.has_value());
}

BOOST_FIXTURE_TEST_CASE(a_plugin_that_is_not_there_is_said_with_its_hint, PluginFixture) {
  start(std::vector<std::string>{"no-such-plugin"}, "brew install it");
  const Answer answer = get();
  BOOST_CHECK(answer.error.value().kind == ErrorKind::missing);
  BOOST_TEST(answer.error->hint == "brew install it");
}

BOOST_FIXTURE_TEST_CASE(what_a_plugin_prints_instead_is_in_no_message, PluginFixture) {
  start("echo '{\"token\":\"canary\"}'");
  const Answer answer = get();
  BOOST_TEST(answer.error.value().what.find("canary") == std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(without_a_helper_a_plugin_is_an_error, SourceFixture) {
  source.emplace(loop(), ExecPlugin{}, nullptr);
  BOOST_CHECK(get().error.value().kind == ErrorKind::internal);
}

BOOST_FIXTURE_TEST_CASE(a_wish_that_is_taken_back_is_told_nothing, PluginFixture) {
  start(prints("token-$n"));
  Answer dropped;
  ask(dropped);
  dropped.wish.reset();
  Answer kept;
  ask(kept);
  turn();
  Answer late;
  ask(late);
  turn();
  late.wish.reset();
  BOOST_REQUIRE(run_until([&] { return kept.there(); }));
  turn(3);
  BOOST_TEST(!dropped.there());
  BOOST_TEST(!late.there());
}

BOOST_FIXTURE_TEST_CASE(the_source_may_be_destroyed_from_within_an_answer, PluginFixture) {
  start(prints("token-$n"));
  bool told = false;
  Answer other;
  const auto wish = source->want([&](const auto&) noexcept {
    source.reset();
    told = true;
  });
  ask(other);
  BOOST_REQUIRE(run_until([&] { return told; }));
  turn(3);
  BOOST_TEST(!other.there());
}

BOOST_FIXTURE_TEST_CASE(a_wish_may_be_destroyed_and_made_from_within_an_answer, PluginFixture) {
  start(prints("token-$n"));
  std::unique_ptr<TokenSource::Wish> wish;
  Answer again;
  wish = source->want([&](const auto&) noexcept {
    wish.reset();
    source->refused();
    ask(again);
  });
  BOOST_REQUIRE(run_until([&] { return again.there(); }));
  BOOST_TEST(again.token.value() == "token-1");
}

BOOST_FIXTURE_TEST_CASE(the_source_may_go_while_a_plugin_runs, PluginFixture) {
  start("exec sleep 600");
  Answer answer;
  ask(answer);
  turn(3);
  source.reset();
  turn(3);
  BOOST_TEST(!answer.there());
}

BOOST_AUTO_TEST_SUITE_END()
