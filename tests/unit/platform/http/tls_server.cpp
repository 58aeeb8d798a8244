#include "unit/platform/http/tls_server.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <boost/test/unit_test.hpp>
#include <csignal>
#include <filesystem>

namespace blindfold::http::test {
namespace {

std::string json_of(const TlsServerOptions& options) {
  return R"({"certificate":")" + options.identity->certificate_file + R"(","key":")" +
         options.identity->key_file + R"(","client_ca":")" +
         (options.client_authority != nullptr ? options.client_authority->certificate_file : "") +
         R"(","protocols":[)" + (options.http2 ? R"("h2",)" : "") + R"("http/1.1"],"streams":)" +
         std::to_string(options.streams) + R"(,"tls":")" + options.tls + R"("})";
}

}  // namespace

TlsServer::TlsServer(const TlsServerOptions& options) {
  std::array<int, 2> in{};
  std::array<int, 2> out{};
  BOOST_REQUIRE(::pipe2(in.data(), O_CLOEXEC) == 0);
  BOOST_REQUIRE(::pipe2(out.data(), O_CLOEXEC) == 0);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
  std::string python = "/usr/bin/python3";
  std::string script = std::filesystem::read_symlink("/proc/self/exe")
                           .replace_filename("platform/http/tls_server.py");
  std::string json = json_of(options);
  std::string quiet = "-Wignore";
  const std::array<char*, 5> arguments{python.data(), quiet.data(), script.data(), json.data(),
                                       nullptr};
  const int error =
      ::posix_spawn(&process_, python.c_str(), &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  ::close(in[0]);
  ::close(out[1]);
  input_ = base::UniqueFd(in[1]);
  const base::UniqueFd output(out[0]);
  BOOST_REQUIRE(error == 0);
  for (char byte = 0; ::read(output.get(), &byte, 1) == 1 && byte != '\n';) {
    port_ += byte;
  }
  BOOST_REQUIRE_MESSAGE(!port_.empty(), "tls_server.py does not start: is python3-h2 installed?");
}

TlsServer::~TlsServer() {
  kill();
}

void TlsServer::kill() {
  if (process_ > 0) {
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
    process_ = -1;
    input_.close();
  }
}

}  // namespace blindfold::http::test
