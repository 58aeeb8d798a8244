#pragma once

#include "app/load.hpp"
#include "app/options.hpp"

namespace blindfold::app {

/// `agent doctor`: tries, in a process that gives up what the running agent
/// gives up, to open each file of the deployment, which must fail; or prints
/// the same proof for the customer's own tools. Returns the exit status: 1
/// where a value can be read, or where it could not be tried.
[[nodiscard]] int run_doctor(const DoctorCommand& command, const Loaded& loaded);

}  // namespace blindfold::app
