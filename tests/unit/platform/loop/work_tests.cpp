#include "platform/loop/work.hpp"

#include <unistd.h>

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <deque>
#include <memory>
#include <optional>
#include <semaphore>
#include <thread>

#include "support/loop_fixture.hpp"

using namespace std::chrono_literals;
using blindfold::loop::Work;
using blindfold::support::LoopFixture;

BOOST_AUTO_TEST_SUITE(work_tests)

BOOST_FIXTURE_TEST_CASE(runs_off_the_loop_and_answers_on_it, LoopFixture) {
  std::thread::id worked;
  std::thread::id answered;
  bool done = false;
  Work work(loop(), [&]() noexcept {
    BOOST_TEST(!work.running());
    answered = std::this_thread::get_id();
    done = true;
  });
  BOOST_TEST(!work.running());
  work.start([&]() noexcept { worked = std::this_thread::get_id(); });
  BOOST_TEST(work.running());
  BOOST_TEST(run_until([&] { return done; }));
  BOOST_TEST((worked != std::this_thread::get_id()));
  BOOST_TEST((worked != std::thread::id()));
  BOOST_TEST((answered == std::this_thread::get_id()));
}

BOOST_FIXTURE_TEST_CASE(run_waits_for_it_and_the_loop_goes_on_meanwhile, LoopFixture) {
  std::binary_semaphore release(0);
  bool done = false;
  Work work(loop(), [&]() noexcept { done = true; });
  work.start([&]() noexcept { release.acquire(); });
  turn(10);
  BOOST_TEST(!done);
  release.release();
  loop().run();
  BOOST_TEST(done);
}

BOOST_FIXTURE_TEST_CASE(can_be_started_again_from_within, LoopFixture) {
  std::atomic<int> tasks = 0;
  int answers = 0;
  Work work(loop(), [&]() noexcept {
    if (++answers < 20) {
      work.start([&]() noexcept { ++tasks; });
    }
  });
  work.start([&]() noexcept { ++tasks; });
  loop().run();
  BOOST_TEST(tasks == 20);
  BOOST_TEST(answers == 20);
}

BOOST_FIXTURE_TEST_CASE(the_task_is_gone_when_its_answer_comes, LoopFixture) {
  const auto held = std::make_shared<int>(7);
  long owners = 0;
  Work work(loop(), [&]() noexcept { owners = held.use_count(); });
  work.start([held]() noexcept {});
  loop().run();
  BOOST_TEST(owners == 1);
}

BOOST_FIXTURE_TEST_CASE(itself_can_be_destroyed_from_within, LoopFixture) {
  const auto held = std::make_shared<int>(7);
  int got = 0;
  std::optional<Work> work;
  work.emplace(loop(), [&, held]() noexcept {
    work.reset();
    got = *held;
  });
  work->start([]() noexcept {});
  loop().run();
  BOOST_TEST(got == 7);
  BOOST_TEST(held.use_count() == 1);
}

BOOST_AUTO_TEST_CASE(destroyed_while_it_runs_the_answer_is_dropped_and_the_loop_waits) {
  struct Shared {
    std::binary_semaphore begun{0};
    std::binary_semaphore release{0};
    std::atomic<bool> ended = false;
  };
  const auto shared = std::make_shared<Shared>();
  int answers = 0;
  std::thread releases;
  {
    LoopFixture fixture;
    {
      Work work(fixture.loop(), [&]() noexcept { ++answers; });
      work.start([shared]() noexcept {
        shared->begun.release();
        shared->release.acquire();
        shared->ended = true;
      });
      shared->begun.acquire();
    }
    fixture.turn(5);
    BOOST_TEST(!shared->ended);
    // From another thread, as the loop's destructor waits here.
    releases = std::thread([shared] { shared->release.release(); });
  }
  BOOST_TEST(shared->ended);
  BOOST_TEST(shared.use_count() <= 2);  // the task is gone; the thread may be ending
  releases.join();
  BOOST_TEST(answers == 0);
}

BOOST_FIXTURE_TEST_CASE(destroyed_before_it_begins_it_never_does, LoopFixture) {
  // The pool has four threads, or UV_THREADPOOL_SIZE: occupy all there may be.
  constexpr int threads = 64;
  const auto release = std::make_shared<std::counting_semaphore<threads>>(0);
  std::deque<Work> occupy;
  for (int i = 0; i < threads; ++i) {
    occupy.emplace_back(loop(), []() noexcept {});
    occupy.back().start([release]() noexcept { release->acquire(); });
  }
  const auto begun = std::make_shared<std::atomic<bool>>(false);
  std::optional<Work> waiting;
  waiting.emplace(loop(), []() noexcept {});
  waiting->start([begun]() noexcept { *begun = true; });
  waiting.reset();
  release->release(threads);
  loop().run();
  BOOST_TEST(!*begun);
  BOOST_TEST(begun.use_count() == 1);
}

BOOST_AUTO_TEST_SUITE_END()
