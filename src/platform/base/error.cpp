#include "platform/base/error.hpp"

#include <cerrno>
#include <system_error>

namespace blindfold::base {
namespace {

ErrorKind kind_of(int error_number) {
  switch (error_number) {
    case EACCES:
    case EPERM:
    case EROFS:
      return ErrorKind::denied;
    case ENOENT:
    case ENOTDIR:
    case ESTALE:
      return ErrorKind::missing;
    case ETIMEDOUT:
    case EHOSTUNREACH:
    case ENETUNREACH:
    case ECONNREFUSED:
      return ErrorKind::unreachable;
    case EMFILE:
    case ENFILE:
    case ENOSPC:
    case ENOMEM:
      return ErrorKind::limit;
    default:
      return ErrorKind::internal;
  }
}

}  // namespace

Error system_error(int error_number, std::string_view what) {
  return Error{kind_of(error_number),
               std::string(what) + ": " + std::generic_category().message(error_number),
               {}};
}

}  // namespace blindfold::base
