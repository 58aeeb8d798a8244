#include <malloc.h>

#include <csignal>
#include <variant>

#include "app/options.hpp"
#include "app/output.hpp"
#include "app/program.hpp"

int main(int argc, char** argv) {
  // One thread does the work: further arenas would only cost memory.
  mallopt(M_ARENA_MAX, 1);
  // A reader that went away is an error of write(2) like any other.
  std::signal(SIGPIPE, SIG_IGN);
  const auto parsed = blindfold::app::parse_options(argc, argv);
  if (const auto* const exit = std::get_if<blindfold::app::EarlyExit>(&parsed)) {
    blindfold::app::complain(exit->error);
    return blindfold::app::print(exit->output) ? exit->status : 2;
  }
  return blindfold::app::run_program(std::get<blindfold::app::Options>(parsed));
}
