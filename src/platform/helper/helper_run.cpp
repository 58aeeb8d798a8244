#include "platform/helper/helper_run.hpp"

#include <unistd.h>

#include <cerrno>
#include <span>
#include <utility>

namespace blindfold::helper {
namespace {

base::Error too_long() {
  return {base::ErrorKind::limit,
          "the program wrote more than " + std::to_string(largest_output >> 10U) +
              " KiB to standard output",
          {}};
}

base::Error cannot_read(int error_number) {
  return base::system_error(error_number, "cannot read what a program wrote");
}

}  // namespace

HelperRun::HelperRun(loop::Loop& loop, Runs& runs, std::uint64_t id, Helper::Done done)
    : runs_(&runs),
      id_(id),
      done_(std::move(done)),
      output_poll_(loop, [this](loop::Readiness) noexcept { take_output(); }),
      failure_(loop, [this]() noexcept { finish(std::unexpected(std::move(*error_))); }) {
  runs.emplace(id, this);
}

HelperRun::~HelperRun() {
  if (runs_ != nullptr) {
    runs_->erase(id_);
  }
  output_poll_.stop();
}

void HelperRun::forget() noexcept {
  runs_ = nullptr;
  done_ = nullptr;
  output_poll_.stop();
  output_fd_.close();
  failure_.cancel();
  output_.clear();
}

void HelperRun::started(base::UniqueFd output) noexcept {
  // A byte beyond the limit tells that it was reached.
  auto buffer = secret::SecretBuffer::with_capacity(largest_output + 1);
  if (!output || !buffer) {
    fail(output ? std::move(buffer.error())
                : base::Error{
                      base::ErrorKind::limit, "no descriptor is left for a program's output", {}});
    return;
  }
  output_ = std::move(*buffer);
  output_fd_ = std::move(output);
  if (auto waiting = output_poll_.start(output_fd_.get(), loop::Readiness::readable); !waiting) {
    fail(std::move(waiting.error()));
  }
}

HelperRun::Output HelperRun::read_output() noexcept {
  for (;;) {
    ssize_t length = 0;
    output_.fill([this, &length](std::span<char> room) noexcept {
      length = ::read(output_fd_.get(), room.data(), room.size());
      return static_cast<std::size_t>(length > 0 ? length : 0);
    });
    if (output_.size() > largest_output) {
      return Output::too_long;
    }
    if (length == 0) {
      return Output::ended;
    }
    if (length < 0 && errno != EINTR) {
      return errno == EAGAIN ? Output::open : Output::failed;
    }
  }
}

void HelperRun::take_output() noexcept {
  switch (read_output()) {
    case Output::open:
      break;
    case Output::ended:
      output_poll_.stop();
      break;
    case Output::too_long:
      finish(std::unexpected(too_long()));
      break;
    case Output::failed:
      finish(std::unexpected(cannot_read(errno)));
      break;
  }
}

base::Result<secret::SecretBuffer> HelperRun::whole_output() noexcept {
  if (!output_fd_) {
    return std::unexpected(
        base::Error{base::ErrorKind::internal, "the helper process passed no output on", {}});
  }
  switch (read_output()) {
    case Output::open:
    case Output::ended:
      break;
    case Output::too_long:
      return std::unexpected(too_long());
    case Output::failed:
      return std::unexpected(cannot_read(errno));
  }
  return std::move(output_);
}

void HelperRun::ended(base::Result<> result) noexcept {
  if (!result) {
    finish(std::unexpected(std::move(result.error())));
  } else if (!error_) {  // else it has failed already, and says so on the next turn
    finish(whole_output());
  }
}

void HelperRun::fail(base::Error error) noexcept {
  error_ = std::move(error);
  output_poll_.stop();
  failure_.schedule();
}

void HelperRun::finish(base::Result<secret::SecretBuffer> result) noexcept {
  Helper::Done done = std::move(done_);
  if (runs_ != nullptr) {
    std::exchange(runs_, nullptr)->erase(id_);
  }
  forget();
  done(std::move(result));
}

}  // namespace blindfold::helper
