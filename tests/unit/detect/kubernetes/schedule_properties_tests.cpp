#include <rapidcheck.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <vector>

#include "detect/kubernetes/ask_schedule.hpp"

namespace {

using namespace std::chrono_literals;
using namespace blindfold;
using detect::AskSchedule;
using detect::Pace;
using detect::RateLimit;
using std::chrono::milliseconds;

// Plays whoever asks: takes what is due, at most eight at once, answers in any
// order with anything, and hints. The laws are checked at each step without
// knowing how the schedule decides.
class World final {
 public:
  World(Pace pace, std::size_t questions, std::uint64_t seed)
      : pace_(pace), random_(seed), rate_(pace, 1), schedule_(pace, rate_, base::Random(seed)) {
    for (std::size_t each = 0; each < questions; ++each) {
      static_cast<void>(schedule_.add(now_));
      questions_.push_back({.urgent_at = now_});
    }
  }

  void step() {
    const double what = random_.fraction();
    if (what < 0.02) {
      hint();
    } else if (what < 0.5 && !asking_.empty()) {
      answer();
    } else {
      go_on();
      take();
    }
  }

  /// Everything is answered in time from now on: all of them come up.
  void check_that_none_is_lost() {
    while (!asking_.empty()) {
      answer();
    }
    std::vector<bool> seen(questions_.size());
    const auto enough =
        (pace_.steady * 2) + questions_.size() * 2 * (pace_.per / pace_.count + 1ms);
    for (const base::SteadyTime end = now_ + enough; now_ < end;) {
      go_on();
      take();
      while (!asking_.empty()) {
        seen[asking_.back()] = true;
        schedule_.answered(asking_.back(), true, now_);
        questions_[asking_.back()].asking = false;
        asking_.pop_back();
      }
    }
    RC_ASSERT(std::ranges::find(seen, false) == seen.end());
  }

  /// Of those at the pace.
  void check_rate() const {
    // A turn may be taken a moment late, and the next on time.
    const std::chrono::nanoseconds shortest = pace_.per - rate_.interval();
    for (std::size_t each = pace_.count; each < paced_.size(); ++each) {
      RC_ASSERT(paced_[each] - paced_[each - pace_.count] >= shortest);
    }
  }

 private:
  static constexpr std::size_t most_asking = 8;

  struct Question {
    base::SteadyTime urgent_at;
    bool asking = false;
    bool there = false;
    bool hinted = false;  ///< urgent since, or its follow-ups may come
    base::SteadyTime answered_at{};
    bool ever_answered = false;
  };

  void hint() {
    schedule_.hint(now_);
    for (Question& question : questions_) {
      question.hinted = question.hinted || !question.there;
    }
  }

  void answer() {
    const auto place =
        static_cast<std::size_t>(random_.fraction() * static_cast<double>(asking_.size()));
    const std::size_t number = asking_[place];
    asking_.erase(asking_.begin() + static_cast<std::ptrdiff_t>(place));
    Question& question = questions_[number];
    question.asking = false;
    const double what = random_.fraction();
    if (what < 0.1) {
      schedule_.failed(number, now_);
      question.hinted = question.hinted && !question.there;
    } else if (what < 0.15) {
      schedule_.put_back(number, now_);
    } else {
      question.there = what < 0.6;
      schedule_.answered(number, question.there, now_);
      question.answered_at = now_;
      question.ever_answered = true;
    }
    if (question.there) {
      question.hinted = false;
    }
  }

  void go_on() {
    const auto next = schedule_.next(now_);
    // Nothing at all is due only while all are being asked.
    RC_ASSERT(next.has_value() == (asking_.size() < questions_.size()));
    if (next && asking_.size() < most_asking) {
      now_ = std::max(now_, *next);
      // What next() promised is there, or something else was booked meanwhile.
      if (random_.fraction() < 0.5) {
        const auto question = schedule_.take(now_);
        if (question) {
          taken(*question);
        } else {
          RC_ASSERT(*schedule_.next(now_) > now_);
        }
      }
    } else {
      now_ += milliseconds(static_cast<int>(random_.fraction() * 100));
    }
  }

  void take() {
    while (asking_.size() < most_asking) {
      const auto question = schedule_.take(now_);
      if (!question) {
        // It is not due for ever: whoever waits for it does wait.
        const auto next = schedule_.next(now_);
        const bool waits = !next || *next > now_;
        RC_ASSERT(waits);
        return;
      }
      taken(*question);
    }
  }

  void taken(std::size_t number) {
    Question& question = questions_[number];
    RC_ASSERT(!question.asking);
    question.asking = true;
    asking_.push_back(number);
    if (question.ever_answered && !question.hinted) {
      paced_.push_back(now_);
    }
  }

  Pace pace_;
  base::Random random_;
  base::SteadyTime now_{12h};
  RateLimit rate_;
  AskSchedule schedule_;
  std::vector<Question> questions_;
  std::vector<std::size_t> asking_;
  std::vector<base::SteadyTime> paced_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(schedule_properties_tests)

BOOST_AUTO_TEST_CASE(none_is_lost_none_asked_twice_and_the_rate_holds) {
  BOOST_TEST(rc::check([] {
    const auto quick = milliseconds(*rc::gen::inRange(100, 10'000));
    const Pace pace{.quick = quick,
                    .steady = quick * *rc::gen::inRange(1, 20),
                    .count = *rc::gen::inRange<std::uint32_t>(1, 10),
                    .per = milliseconds(*rc::gen::inRange(100, 3000))};
    World world(pace, *rc::gen::inRange<std::size_t>(1, 40), *rc::gen::arbitrary<std::uint64_t>());
    for (int each = 0; each < 1000; ++each) {
      world.step();
    }
    world.check_rate();
    world.check_that_none_is_lost();
  }));
}

BOOST_AUTO_TEST_SUITE_END()
