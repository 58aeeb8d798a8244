#include "app/program.hpp"

#include <malloc.h>
#include <unistd.h>

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "app/access.hpp"
#include "app/aws_detection.hpp"
#include "app/check.hpp"
#include "app/confine.hpp"
#include "app/daemon.hpp"
#include "app/init.hpp"
#include "app/load.hpp"
#include "app/once.hpp"
#include "app/output.hpp"
#include "app/print_advice.hpp"
#include "app/refuse.hpp"
#include "app/run_doctor.hpp"
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
  return report::to_text(
      status, {.color = wants_color(STDOUT_FILENO), .width = terminal_size(STDOUT_FILENO).columns});
}

log::Options log_options_of(const Options& options, const manifest::LogSettings& settings) {
  const bool json = settings.format == manifest::LogFormat::json;
  return {.format = options.log_format.value_or(json ? log::Format::json : log::Format::text),
          .level = options.log_level.value_or(settings.level.value_or(log::Level::info))};
}

class Program final {
 public:
  explicit Program(const Options& options) : options_(options) {}

  int operator()(const CheckCommand& command) { return check(command); }

  int operator()(const InitCommand& /*command*/) { return init(); }

  int operator()(const OnceCommand& command) {
    if (const int status = prepare(); status != 0) {
      return status;
    }
    announce();
    Once once(clock_, loaded_->deployment, *confinement_,
              {.time = command.wait.value_or(command.timeout),
               .until_present = command.wait.has_value()});
    if (const auto connected = once.connect(std::move(access_)); !connected) {
      return refuse(connected.error());
    }
    const auto standings = once.run();
    const report::Status status{std::string(version), loaded_->deployment.name, once.ended_at(),
                                standings};
    return print(format(status, command.format)) ? exit_status(report::summarize(standings))
                                                 : bad_usage;
  }

  int operator()(const CommandsCommand& command) {
    if (const int status = command.offline ? prepare_to_print() : prepare(); status != 0) {
      return status;
    }
    const auto names = cluster_names();
    if (!names) {
      return refuse(names.error());
    }
    std::optional<Once> once;
    if (!command.offline) {
      announce();
      once.emplace(clock_, loaded_->deployment, *confinement_,
                   Once::Limits{.time = OnceCommand().timeout});
      if (const auto connected = once->connect(std::move(access_)); !connected) {
        return refuse(connected.error());
      }
    }
    return print_commands(command, loaded_->deployment, *names,
                          once ? once->run() : std::vector<const model::Standing*>());
  }

  int operator()(const DoctorCommand& command) {
    if (const int status = prepare_to_print(); status != 0) {
      return status;
    }
    if (command.commands) {
      const auto names = cluster_names();
      return names ? print_proof(*loaded_, *names) : refuse(names.error());
    }
    const int status = reach();
    return status != 0 ? status : run_doctor(*loaded_, std::move(access_));
  }

  int operator()(const PermissionsCommand& command) {
    if (const int status = prepare_to_print(); status != 0) {
      return status;
    }
    const auto names = cluster_names();
    return names ? print_permissions(command, loaded_->deployment, *names) : refuse(names.error());
  }

  int operator()(const RunCommand& /*command*/) {
    LiveTable::Terminal terminal = LiveTable::open_terminal();
    if (const int status = prepare(refuse_to_run); status != 0) {
      return status;
    }
    log::Options log_options = log_options_of(options_, loaded_->deployment.agent.log);
    if (terminal.fd && ::isatty(STDERR_FILENO) != 0) {
      log_options.level = log::Level::off;  // the table says it, where lines would disturb it
    }
    log::Log log(clock_, log_options);
    if (!confinement_->holds()) {
      log.write(log::Level::warning, "sandbox", confinement_->obstacle());
    }
    malloc_trim(0);
    Daemon daemon(clock_, log, loaded_->deployment, *confinement_, std::move(terminal));
    if (const auto connected = daemon.connect(std::move(access_)); !connected) {
      return refuse(connected.error());
    }
    daemon.run();
    return 0;
  }

 private:
  using Unsupported = std::string(const manifest::Deployment&);

  // Loads, and refuses what cannot be done.
  int prepare_to_print(Unsupported* unsupported = nullptr) {
    auto loaded = load(options_.config);
    if (!loaded) {
      return refuse(loaded.error());
    }
    loaded_ = std::move(*loaded);
    const std::string text =
        unsupported != nullptr ? unsupported(loaded_->deployment) : std::string();
    return text.empty() ? 0 : refuse(text);
  }

  // The same, and gives up the right to read.
  int prepare(Unsupported* unsupported = nullptr) {
    if (const int status = prepare_to_print(unsupported); status != 0) {
      return status;
    }
    if (const int status = reach(); status != 0) {
      return status;
    }
    auto confinement = sandbox::confine(plan_of(*loaded_, access_));
    if (!confinement) {
      return refuse(confinement.error());
    }
    confinement_ = std::move(*confinement);
    return 0;
  }

  // What is done that somebody else will see.
  void announce() const noexcept {
    if (tries_iam(loaded_->deployment)) {
      complain(std::string(trial_announcement) + "\n");
    }
  }

  // Finds out how the stores' services are reached.
  int reach() {
    auto access = find_access(loaded_->deployment, choice());
    if (!access) {
      return refuse(access.error());
    }
    access_ = std::move(*access);
    return 0;
  }

  [[nodiscard]] AccessChoice choice() const { return {options_.context, options_.name_space}; }

  // What commands for a cluster or for AWS name: the account's own, where it was
  // found.
  [[nodiscard]] base::Result<ClusterNames> cluster_names() const {
    auto region = access_.aws ? base::Result<std::string>(access_.aws->region)
                              : find_region(loaded_->deployment);
    if (!region) {
      return std::unexpected(std::move(region.error()));
    }
    const bool found = access_.kubernetes.has_value();
    return ClusterNames{
        .name_space = found ? access_.kubernetes->name_space : options_.name_space.value_or(""),
        .context = options_.context.value_or(""),
        .region = std::move(*region)};
  }

  const Options& options_;
  base::SystemClock clock_;
  std::optional<Loaded> loaded_;
  Access access_;
  std::optional<sandbox::Confinement> confinement_;
};

}  // namespace

int run_program(const Options& options) {
  return std::visit(Program(options), options.command);
}

}  // namespace blindfold::app
