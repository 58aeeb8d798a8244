#include "platform/http/reply.hpp"

#include <utility>

namespace blindfold::http {
namespace {

std::string text(std::string_view before, std::string_view server, std::string_view after) {
  return std::string(before) + std::string(server) + std::string(after);
}

}  // namespace

Reply::Reply(loop::Loop& loop, Receiver& receiver, std::string_view server, std::size_t max_body)
    : loop_(loop),
      receiver_(&receiver),
      server_(server),
      body_left_(max_body),
      max_body_(max_body) {
}

bool Reply::head_line(std::string_view line) noexcept {
  if (receiver_ == nullptr) {
    return false;
  }
  switch (head_.read(line)) {
    case HeadReader::Step::more:
      return true;
    case HeadReader::Step::complete:
      return receiver_->on_head(head_.head(loop_.now().system)) || unwanted();
    case HeadReader::Step::too_large:
      return refuse(base::ErrorKind::limit,
                    text("the head of a reply from ", server_, " is larger than ") +
                        std::to_string(HeadReader::largest) + " bytes");
    case HeadReader::Step::malformed:
      break;
  }
  return refuse(base::ErrorKind::protocol, text("what ", server_, " answered is not HTTP"));
}

bool Reply::body(std::string_view bytes) noexcept {
  if (receiver_ == nullptr) {
    return false;
  }
  if (bytes.size() > body_left_) {
    return refuse(base::ErrorKind::limit, text("a reply from ", server_, " is larger than ") +
                                              std::to_string(max_body_) + " bytes");
  }
  body_left_ -= bytes.size();
  return receiver_->on_data(bytes) || unwanted();
}

bool Reply::unwanted() noexcept {
  return refuse(base::ErrorKind::protocol,
                text("a reply from ", server_, " is not of the form that was asked for"));
}

bool Reply::refuse(base::ErrorKind kind, std::string what) noexcept {
  if (receiver_ != nullptr) {
    refusal_ = base::Error{kind, std::move(what), {}};
  }
  return false;
}

}  // namespace blindfold::http
