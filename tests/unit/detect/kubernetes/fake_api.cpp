#include "fake_api.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "fake_replies.hpp"

namespace blindfold::detect {
namespace {

using namespace std::chrono_literals;
using namespace fake;

constexpr std::string_view below = "/api/v1/namespaces/";

/// The value of the first member `name` that is a string.
std::string member(std::string_view body, std::string_view name) {
  const std::string before = quoted(name) + ":\"";
  const std::size_t at = body.find(before);
  if (at == std::string_view::npos) {
    return {};
  }
  body.remove_prefix(at + before.size());
  return std::string(body.substr(0, body.find('"')));
}

std::string parameter(std::string_view query, std::string_view name) {
  const std::string before = std::string(name) + "=";
  const std::size_t at = query.find(before);
  if (at == std::string_view::npos) {
    return {};
  }
  query.remove_prefix(at + before.size());
  return std::string(query.substr(0, query.find('&')));
}

std::string cells_of(const std::string& name, const FakeApi::Secret& secret) {
  return "[" + quoted(name) + "," + quoted(secret.type) + "," + std::to_string(secret.keys) +
         R"(,"1m"])";
}

}  // namespace

FakeApi::FakeApi(loop::Loop& loop, const base::Clock& clock)
    : clock_(clock), server_(loop, [this](Connection& connection) { serve(connection); }) {
}

void FakeApi::put(const std::string& name, Secret secret, const std::string& name_space) {
  secret.version = ++version_;
  const bool added = secrets_.insert_or_assign({name_space, name}, secret).second;
  tell({version_, "secrets", name_space, name, added ? "ADDED" : "MODIFIED",
        cells_of(name, secret)});
}

void FakeApi::remove(const std::string& name, const std::string& name_space) {
  const auto found = secrets_.find({name_space, name});
  tell({++version_, "secrets", name_space, name, "DELETED", cells_of(name, found->second)});
  secrets_.erase(found);
}

void FakeApi::move_quota() {
  tell({++version_, "resourcequotas", "app", "blindfold", quota_ == 0 ? "ADDED" : "MODIFIED",
        R"(["blindfold","count/secrets: 1/1k","","1m"])"});
  quota_ = version_;
}

void FakeApi::remove_quota() {
  tell({++version_, "resourcequotas", "app", "blindfold", "DELETED",
        R"(["blindfold","count/secrets: 1/1k","","1m"])"});
  quota_ = 0;
}

void FakeApi::tell_event(const std::string& message, const std::string& age) {
  tell({++version_, "events", "app", "event", "ADDED",
        "[" + quoted(age) + R"(,"Warning","Failed","pod/web",)" + quoted(message) + "]"});
}

void FakeApi::tell(Event event) {
  events_.push_back(std::move(event));
  for (const Watch& watch : watches_) {
    if (concerns(watch, events_.back())) {
      send(watch, events_.back());
    }
  }
}

bool FakeApi::concerns(const Watch& watch, const Event& event) {
  return watch.connection->open() && watch.resource == event.resource &&
         watch.name_space == event.name_space && (watch.name.empty() || watch.name == event.name);
}

void FakeApi::send(const Watch& watch, const Event& event) {
  watch.connection->send(
      chunk(R"({"type":)" + quoted(event.type) +
            R"(,"object":{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":)" +
            R"({"resourceVersion":")" + std::to_string(event.version) + R"("},)" +
            R"("columnDefinitions":)" + columns(event.resource) + R"(,"rows":[{"cells":)" +
            event.cells + R"(,"object":null}]}})" + "\n"));
}

void FakeApi::tick() {
  const base::SteadyTime now = clock_.now().steady;
  for (Watch& watch : watches_) {
    if (!watch.connection->open()) {
      continue;
    }
    if (now >= watch.ends) {
      watch.connection->send("0\r\n\r\n");
      watch.connection = nullptr;
    } else if (watch.bookmarks && now >= watch.bookmark) {
      watch.bookmark = now + 60s;
      send(watch, {version_, watch.resource, {}, {}, "BOOKMARK", R"(["","",0,"","",""])"});
    }
  }
  std::erase_if(watches_, [](const Watch& watch) { return watch.connection == nullptr; });
}

void FakeApi::end_watches(bool cleanly) {
  for (const Watch& watch : std::exchange(watches_, {})) {
    if (watch.connection->open()) {
      cleanly ? watch.connection->send("0\r\n\r\n") : watch.connection->reset();
    }
  }
}

std::size_t FakeApi::count(std::string_view method, std::string_view part) const {
  return static_cast<std::size_t>(std::ranges::count_if(asked, [method, part](const Asked& each) {
    return each.method == method && each.target.contains(part);
  }));
}

std::size_t FakeApi::questions() const {
  return static_cast<std::size_t>(std::ranges::count_if(
      asked, [](const Asked& each) { return each.target.contains("/secrets"); }));
}

std::size_t FakeApi::open_watches() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(watches_, [](const Watch& watch) { return watch.connection->open(); }));
}

FakeApi::Request FakeApi::read(const std::string& text) {
  Request request;
  const std::size_t first = text.find(' ');
  const std::size_t second = text.find(' ', first + 1);
  request.method = text.substr(0, first);
  request.path = text.substr(first + 1, second - first - 1);
  request.body = text.substr(text.find("\r\n\r\n") + 4);
  if (const std::size_t mark = request.path.find('?'); mark != std::string::npos) {
    request.query = request.path.substr(mark + 1);
    request.path.resize(mark);
  }
  if (request.path.starts_with(below)) {
    request.path.erase(0, below.size());
    const std::size_t slash = request.path.find('/');
    request.name_space = request.path.substr(0, slash);
    request.resource = request.path.substr(slash + 1);
    if (const std::size_t end = request.resource.find('/'); end != std::string::npos) {
      request.name = request.resource.substr(end + 1);
      request.resource.resize(end);
    }
    if (const std::string selected = parameter(request.query, "fieldSelector"); !selected.empty()) {
      request.name = selected.substr(selected.find("%3D") + 3);
    }
  }
  return request;
}

void FakeApi::serve(Connection& connection) {
  std::string text;
  while (connection.open() && connection.take_request(text)) {
    const Request request = read(text);
    asked.push_back({request.method, request.path + "?" + request.query, clock_.now().steady});
    if (mood == Mood::resets) {
      connection.reset();
    } else if (mood == Mood::well && trouble && request.path.contains(trouble_with)) {
      connection.send(*trouble);
    } else if (mood == Mood::well) {
      answer(connection, request);
    }
  }
}

void FakeApi::answer(Connection& to, const Request& request) {
  if (request.path.ends_with("selfsubjectrulesreviews")) {
    to.send(rules_review(request));
  } else if (request.path.ends_with("selfsubjectaccessreviews")) {
    to.send(access_review(request));
  } else if (request.method == "PUT") {
    to.send(update(request));
  } else if (request.method == "POST") {
    to.send(create(request));
  } else if (request.query.contains("watch=1")) {
    watch(to, request);
  } else if (request.resource == "configmaps") {
    to.send(config_map(request));
  } else {
    to.send(list(request));
  }
}

std::string FakeApi::rules_review(const Request& request) const {
  const std::string name_space = member(request.body, "namespace");
  const auto found = rights.find(name_space);
  std::string rules;
  for (const kubernetes::Rule& rule :
       found == rights.end() ? std::vector<kubernetes::Rule>() : found->second.rules().rules) {
    rules += (rules.empty() ? "" : ",") + (R"({"verbs":)" + list_of(rule.verbs)) +
             R"(,"apiGroups":)" + list_of(rule.groups) + R"(,"resources":)" +
             list_of(rule.resources) +
             (rule.names.empty() ? "" : R"(,"resourceNames":)" + list_of(rule.names)) + "}";
  }
  return object(R"({"kind":"SelfSubjectRulesReview","apiVersion":"authorization.k8s.io/v1",)"
                R"("metadata":{},"spec":{},"status":{"resourceRules":[)" +
                    rules + R"(],"nonResourceRules":[],"incomplete":)" +
                    (hidden.contains(name_space) ? "true" : "false") + "}}",
                "201 Created");
}

std::string FakeApi::access_review(const Request& request) const {
  const auto found = hidden.find(member(request.body, "namespace"));
  std::string resource = member(request.body, "resource");
  if (const std::string sub = member(request.body, "subresource"); !sub.empty()) {
    resource += "/" + sub;
  }
  const bool allowed = found != hidden.end() &&
                       Rights(found->second)
                           .allow({member(request.body, "verb"), member(request.body, "group"),
                                   resource, member(request.body, "name")});
  return object(R"({"kind":"SelfSubjectAccessReview","apiVersion":"authorization.k8s.io/v1",)"
                R"("metadata":{},"spec":{},"status":{"allowed":)" +
                    std::string(allowed ? "true" : "false") + "}}",
                "201 Created");
}

bool FakeApi::allowed(const Request& request, const char* verb) const {
  const Right right{verb, "", request.resource, request.name};
  const auto found = rights.find(request.name_space);
  const auto more = hidden.find(request.name_space);
  return (found != rights.end() && found->second.allow(right)) ||
         (more != hidden.end() && Rights(more->second).allow(right));
}

std::string FakeApi::update(const Request& request) const {
  if (!allowed(request, "update")) {
    return status_reply(403, "Forbidden", "forbidden", details("secrets", request.name));
  }
  const auto found = secrets_.find({request.name_space, request.name});
  if (found == secrets_.end()) {
    return status_reply(404, "NotFound", "not found", details("secrets", request.name));
  }
  const Secret& secret = found->second;
  std::string causes;
  if (member(request.body, "type") != secret.type) {
    causes = cause("type", "Invalid value: field is immutable");
  }
  if (secret.immutable) {
    causes += (causes.empty() ? "" : ",") +
              cause("data", "Forbidden: field is immutable when `immutable` is set");
  }
  if (!causes.empty()) {
    return status_reply(422, "Invalid", "invalid", details("Secret", request.name, causes));
  }
  return object(meta(request.name, secret.version, secret.deleting));
}

std::string FakeApi::create(const Request& request) const {
  if (!allowed(request, "create")) {
    return status_reply(403, "Forbidden", "forbidden", details("secrets", ""));
  }
  if (!name_spaces.contains(request.name_space)) {
    return status_reply(404, "NotFound", "not found", details("namespaces", request.name_space));
  }
  const std::string name = member(request.body, "name");
  if (policy && request.body.contains(R"("data")")) {
    return status_reply(422, "Invalid",
                        "secrets is forbidden: ValidatingAdmissionPolicy 'blindfold-ask-only' with "
                        "binding 'blindfold-ask-only' denied request: this account sends no values",
                        details("secrets", name));
  }
  if (quota_full) {
    return status_reply(403, "Forbidden",
                        "secrets is forbidden: exceeded quota: blindfold, requested: "
                        "count/secrets=1, used: count/secrets=5, limited: count/secrets=5",
                        details("secrets", name));
  }
  if (secrets_.contains({request.name_space, name})) {
    return status_reply(409, "AlreadyExists", "already exists", details("secrets", name));
  }
  return object(meta(name, 0, false), "201 Created");
}

std::string FakeApi::list(const Request& request) const {
  if (!allowed(request, "list")) {
    return status_reply(403, "Forbidden", "forbidden", details(request.resource, request.name));
  }
  std::string rows;
  for (const auto& [key, secret] : secrets_) {
    if (request.resource == "secrets" && key.first == request.name_space &&
        (request.name.empty() || request.name == key.second)) {
      rows += (rows.empty() ? "" : ",") + (R"({"cells":)" + cells_of(key.second, secret)) +
              R"(,"object":null})";
    }
  }
  for (const Event& event : events_) {
    if (request.resource == "events" && event.resource == "events") {
      rows += (rows.empty() ? "" : ",") + (R"({"cells":)" + event.cells) + R"(,"object":null})";
    }
  }
  return object(R"({"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":")" +
                std::to_string(version_) + R"("},"columnDefinitions":)" +
                columns(request.resource) + R"(,"rows":[)" + rows + "]}");
}

std::string FakeApi::config_map(const Request& request) const {
  if (!allowed(request, "get")) {
    return status_reply(403, "Forbidden", "forbidden", details("configmaps", request.name));
  }
  const auto found = config_maps.find(request.name);
  if (found == config_maps.end()) {
    return status_reply(404, "NotFound", "not found", details("configmaps", request.name));
  }
  std::string data;
  for (const auto& [key, value] : found->second) {
    data += (data.empty() ? "" : ",") + quoted(key) + ":" + quoted(value);
  }
  return object(R"({"kind":"ConfigMap","apiVersion":"v1","metadata":{},"data":{)" + data + "}}");
}

void FakeApi::watch(Connection& to, const Request& request) {
  if (!allowed(request, "watch")) {
    to.send(status_reply(403, "Forbidden", "forbidden", details(request.resource, request.name)));
    return;
  }
  const base::SteadyTime now = clock_.now().steady;
  const auto lifetime = std::chrono::seconds(
      std::strtol(parameter(request.query, "timeoutSeconds").c_str(), nullptr, 10));
  const Watch watch{&to,
                    request.resource,
                    request.name_space,
                    request.name,
                    request.query.contains("allowWatchBookmarks=true"),
                    now + lifetime,
                    now + 60s};
  to.send(
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
  const std::uint64_t since =
      std::strtoull(parameter(request.query, "resourceVersion").c_str(), nullptr, 10);
  if (since == 0) {
    for (const auto& [key, secret] : secrets_) {
      const Event there{secret.version, "secrets", key.first,
                        key.second,     "ADDED",   cells_of(key.second, secret)};
      if (concerns(watch, there)) {
        send(watch, there);
      }
    }
    if (request.resource == "resourcequotas" && quota_ > 0) {
      send(watch, {quota_, "resourcequotas", "app", "blindfold", "ADDED",
                   R"(["blindfold","count/secrets: 1/1k","","1m"])"});
    }
  } else {
    for (const Event& event : events_) {
      if (event.version > since && concerns(watch, event)) {
        send(watch, event);
      }
    }
  }
  watches_.push_back(watch);
}

}  // namespace blindfold::detect
