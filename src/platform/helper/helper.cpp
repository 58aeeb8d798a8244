#include "platform/helper/helper.hpp"

#include <sys/wait.h>

#include <utility>

#include "platform/helper/helper_run.hpp"
#include "platform/helper/packet.hpp"
#include "platform/loop/poll.hpp"

namespace blindfold::helper {
namespace {

base::Error is_gone() {
  return {base::ErrorKind::internal, "the helper process, which runs programs, has ended",
          "start the agent again"};
}

}  // namespace

class Helper::Implementation final {
 public:
  Implementation(loop::Loop& loop, Forked forked)
      : loop_(loop),
        process_(forked.process),
        socket_(std::move(forked.socket)),
        poll_(loop, [this](loop::Readiness) noexcept { take_report(); }) {
    if (!socket_ || !poll_.start(socket_.get(), loop::Readiness::readable)) {
      socket_.close();
    }
  }

  ~Implementation() {
    for (const auto& [id, run] : runs_) {
      run->forget();
    }
    poll_.stop();
  }
  Implementation(const Implementation&) = delete;
  Implementation& operator=(const Implementation&) = delete;
  Implementation(Implementation&&) = delete;
  Implementation& operator=(Implementation&&) = delete;

  std::unique_ptr<Run> run(const std::string& name, Done done) {
    const std::uint64_t id = ++last_id_;
    auto run = std::make_unique<HelperRun>(loop_, runs_, id, std::move(done));
    if (!socket_) {
      run->fail(is_gone());
    } else if (auto sent = send_packet(socket_.get(), encode(Request{id, name}), Wait::no); !sent) {
      run->fail(std::move(sent.error()));
    }
    return run;
  }

 private:
  /// One each time: whoever is told may destroy this.
  void take_report() noexcept {
    Received received = receive_packet(socket_.get());
    if (received.kind == Received::Kind::closed) {
      lose_helper();
      return;
    }
    const auto report = decode_report(received.bytes);
    const auto run = report ? runs_.find(report->id) : runs_.end();
    if (run == runs_.end()) {
      return;
    }
    switch (report->kind) {
      case Report::Kind::started:
        run->second->started(std::move(received.passed));
        break;
      case Report::Kind::done:
        run->second->ended({});
        break;
      case Report::Kind::failed:
        run->second->ended(std::unexpected(report->error));
        break;
    }
  }

  void lose_helper() noexcept {
    poll_.stop();
    socket_.close();
    ::waitpid(process_, nullptr, WNOHANG);
    for (const auto& [id, run] : runs_) {
      run->fail(is_gone());
    }
  }

  loop::Loop& loop_;
  pid_t process_;
  base::UniqueFd socket_;
  loop::Poll poll_;
  Runs runs_;
  std::uint64_t last_id_ = 0;
};

Helper::Helper(loop::Loop& loop, Forked forked)
    : implementation_(std::make_unique<Implementation>(loop, std::move(forked))) {
}

Helper::~Helper() = default;

std::unique_ptr<Helper::Run> Helper::run(const std::string& name, Done done) {
  return implementation_->run(name, std::move(done));
}

}  // namespace blindfold::helper
