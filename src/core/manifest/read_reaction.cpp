#include <csignal>

#include <algorithm>
#include <array>
#include <chrono>
#include <unordered_set>

#include "core/manifest/read_locator.hpp"
#include "core/manifest/read_parts.hpp"
#include "core/manifest/rules.hpp"

namespace blindfold::manifest {
namespace {

using namespace std::chrono_literals;

constexpr std::array<std::string_view, 11> reaction_keys{"name",     "on",      "stamp",   "signal",
                                                         "exec",     "webhook", "rollout", "none",
                                                         "debounce", "rate",    "retry"};
constexpr std::array<std::string_view, 6> action_keys{"stamp",   "signal",  "exec",
                                                      "webhook", "rollout", "none"};
constexpr std::array<std::string_view, 1> stamp_keys{"path"};
constexpr std::array<std::string_view, 4> signal_keys{"name", "pid-file", "unit", "executable"};
constexpr std::array<std::string_view, 2> exec_keys{"command", "timeout"};
constexpr std::array<std::string_view, 3> webhook_keys{"url", "timeout", "hmac-key"};
constexpr std::array<std::string_view, 1> file_keys{"file"};
constexpr std::array<std::string_view, 4> rollout_keys{"namespace", "deployment", "stateful-set",
                                                       "daemon-set"};
constexpr std::array<std::string_view, 2> debounce_keys{"min", "max"};
constexpr std::array<std::string_view, 3> retry_keys{"attempts", "first", "max"};

constexpr auto signals = std::to_array<Named<int>>({{"HUP", SIGHUP},
                                                    {"INT", SIGINT},
                                                    {"QUIT", SIGQUIT},
                                                    {"USR1", SIGUSR1},
                                                    {"USR2", SIGUSR2},
                                                    {"TERM", SIGTERM},
                                                    {"CONT", SIGCONT},
                                                    {"WINCH", SIGWINCH}});

constexpr auto workloads =
    std::to_array<Named<WorkloadKind>>({{"deployment", WorkloadKind::deployment},
                                        {"stateful-set", WorkloadKind::stateful_set},
                                        {"daemon-set", WorkloadKind::daemon_set}});

constexpr base::Duration longest_wait = 24h;
constexpr std::size_t most_arguments = 64;

std::size_t count(const Fields& fields, std::span<const std::string_view> keys) {
  return static_cast<std::size_t>(
      std::ranges::count_if(keys, [&fields](std::string_view key) { return fields.has(key); }));
}

/// An error where not exactly one of `keys` is there.
void check_one_of(Context& context, const Fields& fields, std::span<const std::string_view> keys) {
  const std::size_t named = count(fields, keys);
  if (named != 1 && fields.map().kind() == NodeKind::map) {
    context.error(fields.map(), std::string(fields.what()) + " needs one of " +
                                    listed(keys, "and") + (named > 1 ? ", and only one" : ""));
  }
}

Action read_stamp(Context& context, TreeNode node) {
  Fields fields(context, node, "`stamp`", stamp_keys);
  Stamp stamp;
  if (const auto path = fields.need("path")) {
    assign(stamp.path, read_path(context, *path));
  }
  return stamp;
}

Action read_signal(Context& context, TreeNode node) {
  Fields fields(context, node, "`signal`", signal_keys);
  Signal signal;
  if (const auto name = fields.need("name")) {
    assign(signal.number, read_choice(context, *name, signals));
  }
  if (const auto pid_file = fields.get("pid-file")) {
    signal.target = PidFile{read_path(context, *pid_file).value_or("")};
  }
  if (const auto unit = fields.get("unit")) {
    signal.target = Unit{read_text(context, *unit, rules::systemd_unit).value_or("")};
  }
  if (const auto executable = fields.get("executable")) {
    signal.target = Executable{read_path(context, *executable).value_or("")};
  }
  check_one_of(context, fields, std::span(signal_keys).subspan(1));
  return signal;
}

void read_command(Context& context, TreeNode node, std::vector<std::string>& command) {
  const std::vector<TreeNode> arguments = read_list(context, node);
  if (arguments.size() > most_arguments) {
    context.error(node, "this list has more than 64 items");
    return;
  }
  for (const TreeNode argument : arguments) {
    const Rule& rule = command.empty() ? rules::absolute_path : rules::argument;
    command.push_back(read_text(context, argument, rule).value_or(""));
  }
}

Action read_exec(Context& context, TreeNode node) {
  Fields fields(context, node, "`exec`", exec_keys);
  Exec exec;
  if (const auto command = fields.need("command")) {
    read_command(context, *command, exec.command);
  }
  if (const auto timeout = fields.get("timeout")) {
    assign(exec.timeout, read_duration(context, *timeout, 100ms, 1h));
  }
  return exec;
}

Action read_webhook(Context& context, TreeNode node) {
  Fields fields(context, node, "`webhook`", webhook_keys);
  Webhook webhook;
  if (const auto url = fields.need("url")) {
    assign(webhook.url, read_text(context, *url, rules::url));
  }
  if (const auto timeout = fields.get("timeout")) {
    assign(webhook.timeout, read_duration(context, *timeout, 100ms, 1h));
  }
  if (const auto key = fields.get("hmac-key")) {
    Fields key_fields(context, *key, "`hmac-key`", file_keys);
    if (const auto file = key_fields.need("file")) {
      assign(webhook.hmac_key_file, read_path(context, *file));
    }
  }
  return webhook;
}

Action read_rollout(Context& context, TreeNode node) {
  Fields fields(context, node, "`rollout`", rollout_keys);
  Rollout rollout;
  if (const auto name_space = fields.get("namespace")) {
    assign(rollout.name_space, read_namespace(context, *name_space));
  }
  for (const auto& workload : workloads) {
    if (const auto name = fields.get(workload.name)) {
      rollout.kind = workload.value;
      assign(rollout.name, read_text(context, *name, rules::kubernetes_name));
    }
  }
  check_one_of(context, fields, std::span(rollout_keys).subspan(1));
  return rollout;
}

Action read_action(Context& context, Fields& fields) {
  using Reader = Action (*)(Context&, TreeNode);
  constexpr std::array<Reader, 5> readers{read_stamp, read_signal, read_exec, read_webhook,
                                          read_rollout};
  check_one_of(context, fields, action_keys);
  Action action = NoAction{};
  for (std::size_t i = 0; i < readers.size(); ++i) {
    if (const auto node = fields.get(action_keys[i])) {
      action = readers[i](context, *node);
    }
  }
  const auto none = fields.find("none");
  if (none && none->kind() != NodeKind::null) {
    const Fields nothing(context, *none, "`none`", {});
  }
  return action;
}

Debounce read_debounce(Context& context, TreeNode node) {
  Fields fields(context, node, "`debounce`", debounce_keys);
  Debounce debounce;
  if (const auto min = fields.need("min")) {
    assign(debounce.min, read_duration(context, *min, 1ms, longest_wait));
  }
  debounce.max = 4 * debounce.min;
  if (const auto max = fields.get("max")) {
    assign(debounce.max, read_duration(context, *max, 1ms, longest_wait));
    if (debounce.max < debounce.min) {
      context.error(*max, "`max` is shorter than `min`");
    }
  }
  return debounce;
}

Retry read_retry(Context& context, TreeNode node) {
  Fields fields(context, node, "`retry`", retry_keys);
  Retry retry;
  if (const auto attempts = fields.get("attempts")) {
    assign(retry.attempts, read_number(context, *attempts, 0, 100));
  }
  if (const auto first = fields.get("first")) {
    assign(retry.first, read_duration(context, *first, 10ms, longest_wait));
  }
  if (const auto max = fields.get("max")) {
    assign(retry.max, read_duration(context, *max, 10ms, longest_wait));
  }
  if (retry.max < retry.first) {
    context.error(node, "`max` is shorter than `first`",
                  "`first` is 1s and `max` is 60s where they are not written");
  }
  return retry;
}

Reaction read_reaction(Context& context, TreeNode node) {
  Fields fields(context, node, "a reaction", reaction_keys);
  Reaction reaction;
  reaction.origin = context.origin(node);
  if (const auto name = fields.need("name")) {
    assign(reaction.name, read_text(context, *name, rules::id));
  }
  if (const auto on = fields.get("on")) {
    reaction.on = read_mentions(context, *on);
  }
  reaction.action = read_action(context, fields);
  if (std::holds_alternative<Rollout>(reaction.action)) {
    reaction.debounce = Debounce{.min = 2s, .max = 10s};
    reaction.rate = Rate{.count = 1, .per = 1min};
  }
  if (const auto debounce = fields.get("debounce")) {
    reaction.debounce = read_debounce(context, *debounce);
  }
  if (const auto rate = fields.get("rate")) {
    reaction.rate = read_rate(context, *rate);
  }
  if (const auto retry = fields.get("retry")) {
    reaction.retry = read_retry(context, *retry);
  }
  return reaction;
}

}  // namespace

std::vector<Reaction> read_reactions(Context& context, TreeNode node) {
  std::vector<Reaction> reactions;
  std::unordered_set<std::string> names;
  for (const TreeNode item : read_list(context, node)) {
    if (context.problems().full()) {
      break;
    }
    reactions.push_back(read_reaction(context, item));
    const std::string& name = reactions.back().name;
    if (!name.empty() && !names.insert(name).second) {
      context.error(item, "the name " + quoted(name) + " is taken by another reaction");
    }
  }
  return reactions;
}

}  // namespace blindfold::manifest
