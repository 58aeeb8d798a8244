#include "doctor/kubernetes/lane.hpp"

#include <utility>

namespace blindfold::doctor {

Lane::Lane(kubernetes::Connection& connection, Done done)
    : done_(std::move(done)),
      reading_(connection, nothing_reader_,
               [this](const auto& failure) noexcept { done_(failure); }),
      asking_(connection, meta_reader_, [this](const auto& failure) noexcept { done_(failure); }) {
}

void Lane::start(std::size_t place, kubernetes::ApiRequest request) noexcept {
  place_ = place;
  if (request.form == kubernetes::Form::table) {
    nothing_reader_.reset();
    reading_.start(std::move(request));
  } else {
    meta_reader_.reset();
    asking_.start(std::move(request));
  }
}

}  // namespace blindfold::doctor
