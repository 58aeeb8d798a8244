#include "clients/kubernetes/trust.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <utility>

#include "platform/base/unique_fd.hpp"

namespace blindfold::kubernetes {
namespace {

constexpr auto read_every = std::chrono::minutes(1);
constexpr auto read_again_after = std::chrono::seconds(1);
constexpr off_t largest_file = 1024L * 1024;

}  // namespace

std::optional<std::string> read_certificates(const std::string& path) noexcept {
  const base::UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  struct stat status{};
  if (!file || ::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode) ||
      status.st_size > largest_file) {
    return std::nullopt;
  }
  std::string text(static_cast<std::size_t>(status.st_size), '\0');
  std::size_t filled = 0;
  while (filled < text.size()) {
    const ssize_t got = ::read(file.get(), text.data() + filled, text.size() - filled);
    if (got <= 0) {
      return std::nullopt;
    }
    filled += static_cast<std::size_t>(got);
  }
  return text;
}

Trust::Trust(loop::Loop& loop, std::string path, std::string pem, http::Client& calls,
             http::Client& streams) noexcept
    : loop_(loop),
      path_(std::move(path)),
      pem_(std::move(pem)),
      calls_(calls),
      streams_(streams),
      read_(loop.now().steady) {
}

void Trust::refresh() noexcept {
  const auto now = loop_.now().steady;
  if (path_.empty() || now - read_ < (doubted_ ? base::SteadyTime::duration(read_again_after)
                                               : base::SteadyTime::duration(read_every))) {
    return;
  }
  read_ = now;
  doubted_ = false;
  auto pem = read_certificates(path_);
  // A client that is given none trusts the system's.
  if (!pem || *pem == pem_ || !pem->contains("-----BEGIN CERTIFICATE-----")) {
    return;
  }
  if (calls_.trust(*pem).has_value() && streams_.trust(*pem).has_value()) {
    pem_ = *std::move(pem);
  }
}

}  // namespace blindfold::kubernetes
