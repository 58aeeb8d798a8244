#include <array>
#include <chrono>

#include "core/manifest/read_parts.hpp"
#include "core/manifest/rules.hpp"

namespace blindfold::manifest {
namespace {

using namespace std::chrono_literals;

constexpr std::array<std::string_view, 5> agent_keys{"log", "listen", "probes", "poll", "report"};
constexpr std::array<std::string_view, 2> log_keys{"format", "level"};
constexpr std::array<std::string_view, 2> address_keys{"address", "port"};
constexpr std::array<std::string_view, 4> poll_keys{"kubernetes", "aws-secrets-manager",
                                                    "aws-parameter-store", "files"};
constexpr std::array<std::string_view, 3> store_poll_keys{"quick", "steady", "rate"};
constexpr std::array<std::string_view, 1> files_poll_keys{"steady"};
constexpr std::array<std::string_view, 4> report_keys{"mode", "url", "token", "path"};
constexpr std::array<std::string_view, 1> file_keys{"file"};

constexpr auto log_formats = std::to_array<Named<LogFormat>>(
    {{"text", LogFormat::text}, {"json", LogFormat::json}, {"journal", LogFormat::journal}});
constexpr auto log_levels = std::to_array<Named<log::Level>>({{"trace", log::Level::trace},
                                                              {"debug", log::Level::debug},
                                                              {"info", log::Level::info},
                                                              {"warning", log::Level::warning},
                                                              {"error", log::Level::error},
                                                              {"off", log::Level::off}});
constexpr auto report_modes = std::to_array<Named<ReportMode>>(
    {{"send", ReportMode::send}, {"hold", ReportMode::hold}, {"file", ReportMode::file}});

constexpr base::Duration longest_poll = 24h;

/// The shortest that is accepted.
struct Floors {
  base::Duration quick;
  base::Duration steady;
};
constexpr Floors aws_floors{10s, 60s};
constexpr Floors other_floors{1s, 1s};

LogSettings read_log(Context& context, TreeNode node) {
  Fields fields(context, node, "`log`", log_keys);
  LogSettings settings;
  if (const auto format = fields.get("format")) {
    settings.format = read_choice(context, *format, log_formats);
  }
  if (const auto level = fields.get("level")) {
    settings.level = read_choice(context, *level, log_levels);
  }
  return settings;
}

ListenAddress read_address(Context& context, TreeNode node, std::string_view what) {
  Fields fields(context, node, what, address_keys);
  ListenAddress listen;
  if (const auto address = fields.need("address")) {
    assign(listen.address, read_text(context, *address, rules::ip_address));
  }
  if (const auto port = fields.need("port")) {
    listen.port = static_cast<std::uint16_t>(read_number(context, *port, 1, 65'535).value_or(0));
  }
  return listen;
}

void read_store_poll(Context& context, TreeNode node, Floors floors, StorePoll& poll) {
  Fields fields(context, node, "a store's polling", store_poll_keys);
  if (const auto quick = fields.get("quick")) {
    assign(poll.quick, read_duration(context, *quick, floors.quick, longest_poll));
  }
  if (const auto steady = fields.get("steady")) {
    assign(poll.steady, read_duration(context, *steady, floors.steady, longest_poll));
  }
  if (poll.quick > poll.steady) {
    context.error(node, "`quick` is longer than `steady`",
                  "they are " + base::format_duration(poll.quick) + " and " +
                      base::format_duration(poll.steady));
  }
  if (const auto rate = fields.get("rate")) {
    assign(poll.rate, read_rate(context, *rate));
  }
}

PollSettings read_poll(Context& context, TreeNode node) {
  Fields fields(context, node, "`poll`", poll_keys);
  PollSettings poll;
  if (const auto kubernetes = fields.get("kubernetes")) {
    read_store_poll(context, *kubernetes, other_floors, poll.kubernetes);
  }
  if (const auto secrets_manager = fields.get("aws-secrets-manager")) {
    read_store_poll(context, *secrets_manager, aws_floors, poll.aws_secrets_manager);
  }
  if (const auto parameter_store = fields.get("aws-parameter-store")) {
    read_store_poll(context, *parameter_store, aws_floors, poll.aws_parameter_store);
  }
  if (const auto files = fields.get("files")) {
    Fields files_fields(context, *files, "the polling of files", files_poll_keys);
    if (const auto steady = files_fields.get("steady")) {
      assign(poll.files_steady, read_duration(context, *steady, 1s, longest_poll));
    }
  }
  return poll;
}

/// A report goes to a URL or to a file: what belongs to the other is refused.
void check_report(Context& context, Fields& fields, ReportMode mode) {
  const bool to_file = mode == ReportMode::file;
  if (!fields.has(to_file ? "path" : "url")) {
    context.error(fields.map(), to_file ? "`mode: file` needs `path`"
                                        : "`mode: send` and `mode: hold` need `url`");
  }
  for (const std::string_view key : {"url", "token", "path"}) {
    const auto value = fields.find(key);
    if (value && to_file != (key == "path")) {
      context.error(*value,
                    quoted(key) + (to_file ? " goes with `mode: send` and `mode: hold` alone"
                                           : " goes with `mode: file` alone"));
    }
  }
}

ReportSettings read_report(Context& context, TreeNode node) {
  Fields fields(context, node, "`report`", report_keys);
  ReportSettings report;
  if (const auto mode = fields.need("mode")) {
    if (const auto read = read_choice(context, *mode, report_modes)) {
      report.mode = *read;
      check_report(context, fields, *read);
    }
  }
  if (const auto url = fields.get("url")) {
    assign(report.url, read_text(context, *url, rules::url));
  }
  if (const auto token = fields.get("token")) {
    Fields token_fields(context, *token, "`token`", file_keys);
    if (const auto file = token_fields.need("file")) {
      assign(report.token_file, read_path(context, *file));
    }
  }
  if (const auto path = fields.get("path")) {
    assign(report.path, read_path(context, *path));
  }
  return report;
}

}  // namespace

AgentSettings read_agent_settings(Context& context, TreeNode node) {
  Fields fields(context, node, "`agent`", agent_keys);
  AgentSettings settings;
  if (const auto log = fields.get("log")) {
    settings.log = read_log(context, *log);
  }
  if (const auto listen = fields.get("listen")) {
    settings.listen = read_address(context, *listen, "`listen`");
  }
  if (const auto probes = fields.get("probes")) {
    settings.probes = read_address(context, *probes, "`probes`");
    if (settings.probes == settings.listen && settings.probes->port != 0) {
      context.error(*probes, "`probes` and `listen` are the same address and port",
                    "give one of them another port");
    }
  }
  if (const auto poll = fields.get("poll")) {
    settings.poll = read_poll(context, *poll);
  }
  if (const auto report = fields.get("report")) {
    settings.report = read_report(context, *report);
  }
  return settings;
}

}  // namespace blindfold::manifest
