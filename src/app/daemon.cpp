#include "app/daemon.hpp"

#include <csignal>
#include <string>
#include <utility>

#include "app/aws_detection.hpp"
#include "app/notice_words.hpp"
#include "app/version.hpp"
#include "show/report/words.hpp"

namespace blindfold::app {

Daemon::Daemon(const base::Clock& clock, log::Log& log, const manifest::Deployment& deployment,
               const sandbox::Confinement& confinement, LiveTable::Terminal terminal)
    : log_(log),
      deployment_(deployment),
      loop_(clock),
      terminate_(loop_, [this]() noexcept { stop(); }),
      interrupt_(loop_, [this]() noexcept { stop(); }),
      bus_(loop_),
      event_log_(loop_, bus_, log, deployment),
      detection_(loop_, *this, deployment, confinement,
                 [this](const detect::Notice& notice) noexcept { on_notice(notice); }) {
  if (terminal.fd) {
    table_.emplace(loop_, bus_, detection_.inventory(), deployment.name, std::move(terminal));
  }
}

void Daemon::run() {
  // Without handlers the signals end the process by themselves.
  static_cast<void>(terminate_.start(SIGTERM));
  static_cast<void>(interrupt_.start(SIGINT));
  if (tries_iam(deployment_)) {
    log_.write(log::Level::warning, "aws", trial_announcement);
  }
  detection_.start();
  log_.write(log::Level::info, "app",
             "ready: watching " + std::to_string(deployment_.requirements.size()) +
                 " requirements of deployment " + report::quoted(deployment_.name));
  loop_.run();
  log_.write(log::Level::info, "app", "stopped");
}

void Daemon::on_event(const model::RotationEvent& event) noexcept {
  bus_.publish(event);
}

void Daemon::on_standing(const model::Standing& standing) noexcept {
  event_log_.on_standing(standing);
  if (table_) {
    table_->changed();
  }
}

void Daemon::on_notice(const detect::Notice& notice) noexcept {
  const bool fine = notice.way != detect::Way::none && notice.surplus.empty();
  log_.write(fine ? log::Level::info : log::Level::warning, "kubernetes", describe(notice));
}

// A second signal, while the first one's end takes its time, ends the process.
void Daemon::stop() noexcept {
  terminate_.stop();
  interrupt_.stop();
  loop_.stop();
}

}  // namespace blindfold::app
