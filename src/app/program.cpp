#include "app/program.hpp"

#include <malloc.h>
#include <unistd.h>

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "app/check.hpp"
#include "app/confine.hpp"
#include "app/daemon.hpp"
#include "app/load.hpp"
#include "app/once.hpp"
#include "app/output.hpp"
#include "app/print_advice.hpp"
#include "app/refuse.hpp"
#include "app/support.hpp"
#include "app/terminal_size.hpp"
#include "app/version.hpp"
#include "platform/base/clock.hpp"
#include "platform/log/log.hpp"
#include "show/report/junit.hpp"
#include "show/report/status.hpp"
#include "show/report/text.hpp"

namespace blindfold::app {
namespace {

std::string format(const report::Status& status, ReportFormat format) {
  switch (format) {
    case ReportFormat::json:
      return report::to_json(status);
    case ReportFormat::junit:
      return report::to_junit(status);
    case ReportFormat::text:
      break;
  }
  return report::to_text(status, {.color = wants_color(STDOUT_FILENO),
                                  .width = terminal_size(STDOUT_FILENO).columns});
}

log::Options log_options(const Options& options, const manifest::LogSettings& settings) {
  const bool json = settings.format == manifest::LogFormat::json;
  return {.format = options.log_format.value_or(json ? log::Format::json : log::Format::text),
          .level = options.log_level.value_or(settings.level.value_or(log::Level::info))};
}

class Program final {
 public:
  explicit Program(const Options& options) : options_(options) {}

  int operator()(const CheckCommand& command) { return check(command); }

  int operator()(const OnceCommand& command) {
    if (const int status = prepare(refuse_to_look); status != 0) {
      return status;
    }
    Once once(clock_, loaded_->deployment, *confinement_,
              {.time = command.wait.value_or(command.timeout),
               .until_present = command.wait.has_value()});
    const auto standings = once.run();
    const report::Status status{std::string(version), loaded_->deployment.name, once.ended_at(),
                                standings};
    return print(format(status, command.format)) ? exit_status(report::summarize(standings))
                                                 : bad_usage;
  }

  int operator()(const CommandsCommand& command) {
    if (const int status = command.offline ? prepare_to_print() : prepare(refuse_to_look);
        status != 0) {
      return status;
    }
    std::optional<Once> once;
    if (!command.offline) {
      once.emplace(clock_, loaded_->deployment, *confinement_,
                   Once::Limits{.time = OnceCommand().timeout});
    }
    return print_commands(command, loaded_->deployment, once ? once->run() : std::vector<const model::Standing*>());
  }

  int operator()(const DoctorCommand& /*command*/) { return bad_usage; }

  int operator()(const PermissionsCommand& command) {
    const int status = prepare_to_print();
    return status != 0 ? status : print_permissions(command, loaded_->deployment);
  }

  int operator()(const RunCommand& /*command*/) {
    if (const int status = prepare(refuse_to_run); status != 0) {
      return status;
    }
    log::Log log(clock_, log_options(options_, loaded_->deployment.agent.log));
    if (!confinement_->holds()) {
      log.write(log::Level::warning, "sandbox", confinement_->obstacle());
    }
    malloc_trim(0);
    Daemon(clock_, log, loaded_->deployment, *confinement_).run();
    return 0;
  }

 private:
  int prepare_to_print() {
    auto loaded = load(options_.config);
    if (!loaded) {
      return refuse(loaded.error());
    }
    loaded_ = std::move(*loaded);
    return 0;
  }

  // Loads, refuses what cannot be done, and gives up the right to read.
  int prepare(std::string (*unsupported)(const manifest::Deployment&)) {
    if (const int status = prepare_to_print(); status != 0) {
      return status;
    }
    if (const std::string text = unsupported(loaded_->deployment); !text.empty()) {
      return refuse(text);
    }
    auto confinement = sandbox::confine(plan_of(*loaded_));
    if (!confinement) {
      return refuse(confinement.error());
    }
    confinement_ = std::move(*confinement);
    return 0;
  }

  const Options& options_;
  base::SystemClock clock_;
  std::optional<Loaded> loaded_;
  std::optional<sandbox::Confinement> confinement_;
};

}  // namespace

int run_program(const Options& options) {
  return std::visit(Program(options), options.command);
}

}  // namespace blindfold::app
