#include "platform/xml/wiping_memory.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <list>
#include <string>
#include <string_view>

#include "platform/base/unique_fd.hpp"
#include "platform/xml/parser.hpp"

using namespace blindfold;
using namespace blindfold::xml;

namespace {

/// The text that is looked for stands nowhere: each of its characters is made
/// where it is needed.
constexpr std::size_t marker_size = 48;
char marker(std::size_t index) {
  return static_cast<char>('a' + (index * 7 + index / 5) % 26);
}

bool stands_at(const char* bytes) {
  for (std::size_t index = 0; index < marker_size; ++index) {
    if (bytes[index] != marker(index)) {
      return false;
    }
  }
  return true;
}

bool stands_between(const base::UniqueFd& memory, std::uintptr_t begin, std::uintptr_t end) {
  static std::array<char, 65536> window;
  bool found = false;
  for (std::uintptr_t at = begin; at < end && !found; at += window.size() - marker_size) {
    const ssize_t size =
        ::pread(memory.get(), window.data(), window.size(), static_cast<off_t>(at));
    for (std::size_t index = 0; size > 0 && index + marker_size <= static_cast<std::size_t>(size);
         ++index) {
      found = found || stands_at(window.data() + index);
    }
  }
  window.fill('\0');
  return found;
}

/// Whether the marker stands anywhere in this process's writable memory. A
/// sanitizer's shadow is as large as the address space, and left out.
bool stands_in_memory() {
  constexpr std::uintptr_t largest = std::uintptr_t{1} << 26U;
  const base::UniqueFd memory(::open("/proc/self/mem", O_RDONLY | O_CLOEXEC));
  BOOST_REQUIRE(static_cast<bool>(memory));
  std::ifstream maps("/proc/self/maps");
  bool found = false;
  for (std::string line; std::getline(maps, line);) {
    std::uintptr_t begin = 0;
    std::uintptr_t end = 0;
    std::array<char, 5> rights{};
    if (std::sscanf(line.c_str(), "%lx-%lx %4s", &begin, &end, rights.data()) == 3 &&
        std::string_view(rights.data()).starts_with("rw") && end - begin <= largest) {
      found = stands_between(memory, begin, end) || found;
    }
  }
  return found;
}

/// Takes the text and keeps none of it.
class Forgetful final : public Reader {
 public:
  bool begin_element(std::string_view /*name*/) noexcept override { return true; }
  bool end_element() noexcept override { return true; }
  bool text(std::string_view piece) noexcept override {
    seen += piece.size();
    return true;
  }
  std::size_t seen = 0;
};

/// A document with the marker in it, piece by piece.
void feed(Parser& parser, std::size_t size) {
  std::array<char, marker_size> piece{};
  BOOST_TEST(parser.feed("<a>").has_value());
  for (std::size_t index = 0; index < marker_size; index += size) {
    for (std::size_t each = 0; each < size; ++each) {
      piece[each] = marker(index + each);
    }
    BOOST_TEST(parser.feed({piece.data(), size}).has_value());
  }
  piece.fill('\0');
  BOOST_TEST(parser.feed("</a>").has_value());
  BOOST_TEST(parser.finish().has_value());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(wiping_memory_tests)

BOOST_AUTO_TEST_CASE(memory_keeps_its_content_as_it_grows_and_shrinks) {
  void* memory = allocate(4);
  BOOST_REQUIRE(memory != nullptr);
  BOOST_TEST(reinterpret_cast<std::uintptr_t>(memory) % alignof(std::max_align_t) == 0U);
  std::memcpy(memory, "abcd", 4);
  memory = reallocate(memory, 4096);
  BOOST_REQUIRE(memory != nullptr);
  BOOST_TEST(std::memcmp(memory, "abcd", 4) == 0);
  memory = reallocate(memory, 2);
  BOOST_REQUIRE(memory != nullptr);
  BOOST_TEST(std::memcmp(memory, "ab", 2) == 0);
  release(memory);
  release(nullptr);
  memory = reallocate(nullptr, 8);
  BOOST_TEST(memory != nullptr);
  release(memory);
}

BOOST_AUTO_TEST_CASE(more_than_there_is_gives_nothing) {
  BOOST_TEST(allocate(SIZE_MAX - 1) == nullptr);
}

// Many of them: what is freed is soon used again by whoever looks for it.
BOOST_AUTO_TEST_CASE(parsers_leave_nothing_of_what_they_read) {
  for (const std::size_t size : {std::size_t{6}, marker_size}) {
    Forgetful reader;
    {
      std::list<Parser> parsers;
      for (int made = 0; made < 64; ++made) {
        feed(parsers.emplace_back(reader), size);
      }
      BOOST_TEST(stands_in_memory());
    }
    BOOST_TEST(reader.seen == 64 * marker_size);
    BOOST_TEST(!stands_in_memory());
  }
}

BOOST_AUTO_TEST_SUITE_END()
