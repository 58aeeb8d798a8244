#include "support/child.hpp"

#include <grp.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <stdexcept>
#include <system_error>

namespace blindfold::support {
namespace {

constexpr unsigned int nobody = 65534;

void must(bool done, const char* what) {
  if (!done) {
    throw std::system_error(errno, std::generic_category(), what);
  }
}

std::string read_all(int fd) {
  std::string text;
  std::array<char, 4096> piece;
  ssize_t length = 0;
  while ((length = ::read(fd, piece.data(), piece.size())) > 0) {
    text.append(piece.data(), static_cast<std::size_t>(length));
  }
  return text;
}

[[noreturn]] void be_child(int fd, const std::function<void(Complaints&)>& body) {
  Complaints complaints;
  try {
    body(complaints);
  } catch (const std::exception& error) {
    complaints.expect(false, error.what());
  }
  const std::string& text = complaints.text();
  const bool told = ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  ::_exit(told ? 0 : 1);
}

}  // namespace

std::string in_child(const std::function<void(Complaints&)>& body) {
  std::array<int, 2> ends{};
  must(::pipe(ends.data()) == 0, "pipe");
  const pid_t pid = ::fork();
  must(pid >= 0, "fork");
  if (pid == 0) {
    ::close(ends[0]);
    be_child(ends[1], body);
  }
  ::close(ends[1]);
  std::string text = read_all(ends[0]);
  ::close(ends[0]);
  int status = 0;
  must(::waitpid(pid, &status, 0) == pid, "waitpid");
  if (status != 0) {
    text += "\nthe child ended with status " + std::to_string(status);
  }
  return text;
}

std::string in_child_as_nobody(const std::function<void(Complaints&)>& body) {
  return in_child([&body](Complaints& complaints) {
    must(::setgroups(0, nullptr) == 0 && ::setresgid(nobody, nobody, nobody) == 0 &&
             ::setresuid(nobody, nobody, nobody) == 0,
         "become nobody");
    body(complaints);
  });
}

Partner::Partner(const std::function<void()>& task) {
  std::array<int, 2> ends{};
  must(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) == 0, "socketpair");
  pid_ = ::fork();
  must(pid_ >= 0, "fork");
  if (pid_ == 0) {
    ::close(ends[0]);
    char asked = 0;
    while (::read(ends[1], &asked, 1) == 1) {
      try {
        task();
      } catch (const std::exception&) {
        ::_exit(1);
      }
      if (::write(ends[1], &asked, 1) != 1) {
        break;
      }
    }
    ::_exit(0);
  }
  ::close(ends[1]);
  socket_ = ends[0];
}

Partner::~Partner() {
  ::close(socket_);
  ::waitpid(pid_, nullptr, 0);
}

void Partner::run() {
  char asked = 1;
  if (::write(socket_, &asked, 1) != 1 || ::read(socket_, &asked, 1) != 1) {
    throw std::runtime_error("the partner failed");
  }
}

void refuse_call(long number, int error_number) {
  std::array<sock_filter, 4> code{{
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(number), 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | static_cast<std::uint32_t>(error_number)),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  }};
  const sock_fprog program{static_cast<unsigned short>(code.size()), code.data()};
  must(::prctl(PR_SET_NO_NEW_PRIVS, 1UL, 0UL, 0UL, 0UL) == 0, "no new privileges");
  must(::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0, "seccomp");
}

void own_mounts() {
  must(::unshare(CLONE_NEWNS) == 0, "unshare");
  must(::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0, "make mounts private");
}

}  // namespace blindfold::support
