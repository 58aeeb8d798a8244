#include "platform/secret/secret_buffer.hpp"

#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/test/unit_test.hpp>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <ostream>
#include <ranges>
#include <string>
#include <type_traits>

#include "support/child.hpp"

using blindfold::base::ErrorKind;
using blindfold::secret::SecretBuffer;
using blindfold::support::Complaints;
using blindfold::support::in_child;

namespace {

template <class T>
concept Streamable = requires(std::ostream& out, const T& value) { out << value; };
template <class T>
concept Comparable = requires(const T& a, const T& b) { a == b; };
template <class T>
concept Ordered = requires(const T& a, const T& b) { a < b; };

static_assert(!std::is_copy_constructible_v<SecretBuffer>);
static_assert(!std::is_copy_assignable_v<SecretBuffer>);
static_assert(std::is_nothrow_move_constructible_v<SecretBuffer>);
static_assert(std::is_nothrow_move_assignable_v<SecretBuffer>);
static_assert(!Streamable<SecretBuffer> && !Comparable<SecretBuffer> && !Ordered<SecretBuffer>);
static_assert(!fmt::is_formattable<SecretBuffer>::value);
static_assert(!std::ranges::range<SecretBuffer>);
static_assert(!std::is_convertible_v<SecretBuffer, std::string_view>);
static_assert(!std::is_convertible_v<SecretBuffer, std::string>);
static_assert(!std::is_convertible_v<SecretBuffer, bool>);

/// Not the bytes themselves where they differ: what fails here would print them.
bool holds(const SecretBuffer& buffer, std::string_view expected) {
  return buffer.with_bytes([&](std::string_view bytes) { return bytes == expected; });
}

SecretBuffer of(std::string_view bytes, std::size_t capacity) {
  auto buffer = SecretBuffer::with_capacity(capacity);
  BOOST_REQUIRE(buffer.has_value());
  BOOST_REQUIRE(buffer->append(bytes).has_value());
  return std::move(*buffer);
}

bool room_is_zero(SecretBuffer& buffer) {
  bool zero = true;
  buffer.fill([&](std::span<char> room) {
    zero = std::ranges::all_of(room, [](char byte) { return byte == 0; });
    return std::size_t{0};
  });
  return zero;
}

/// AddressSanitizer's mlock does nothing and says that it did.
bool mlock_locks() {
  static char page[4096];
  const bool locked = ::mlock(page, sizeof page) == 0;
  std::ifstream status("/proc/self/status");
  std::string line;
  while (std::getline(status, line) && !line.starts_with("VmLck:")) {
  }
  ::munlock(page, sizeof page);
  return locked && !line.contains(" 0 kB");
}

/// Flags of the mapping that `address` is in (proc(5), smaps): "lo" is locked,
/// "dd" left out of core dumps.
std::string flags_of_mapping(const void* address) {
  const auto wanted = reinterpret_cast<std::uintptr_t>(address);
  std::ifstream maps("/proc/self/smaps");
  bool inside = false;
  for (std::string line; std::getline(maps, line);) {
    std::uintptr_t begin = 0;
    std::uintptr_t end = 0;
    if (std::sscanf(line.c_str(), "%lx-%lx ", &begin, &end) == 2) {
      inside = begin <= wanted && wanted < end;
    } else if (inside && line.starts_with("VmFlags:")) {
      return line;
    }
  }
  return {};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(secret_buffer_tests)

BOOST_AUTO_TEST_CASE(an_empty_one_holds_nothing_and_owns_nothing) {
  SecretBuffer none;
  BOOST_TEST(none.empty());
  BOOST_TEST(none.capacity() == 0U);
  BOOST_TEST(holds(none, ""));
  none.truncate(0);
  none.clear();
  BOOST_TEST(none.append("").has_value());
  BOOST_TEST((none.append("x").error().kind == ErrorKind::limit));

  auto nothing = SecretBuffer::with_capacity(0);
  BOOST_REQUIRE(nothing.has_value());
  BOOST_TEST(nothing->empty());
  none.fill([](std::span<char> room) {
    BOOST_TEST(room.empty());
    return std::size_t{0};
  });
}

BOOST_AUTO_TEST_CASE(bytes_are_added_up_to_the_capacity_and_no_further) {
  SecretBuffer buffer = of("abc", 6);
  BOOST_TEST(buffer.size() == 3U);
  BOOST_TEST(buffer.capacity() == 6U);
  const auto refused = buffer.append("defg");
  BOOST_REQUIRE(!refused.has_value());
  BOOST_TEST((refused.error().kind == ErrorKind::limit));
  BOOST_TEST(holds(buffer, "abc"));
  BOOST_TEST(buffer.append(std::string_view("d\0e", 3)).has_value());
  BOOST_TEST(holds(buffer, std::string_view("abcd\0e", 6)));
  BOOST_TEST(!buffer.append("x").has_value());
}

BOOST_AUTO_TEST_CASE(it_can_be_added_to_itself) {
  SecretBuffer buffer = of("abc", 6);
  buffer.with_bytes([&](std::string_view bytes) { BOOST_TEST(buffer.append(bytes).has_value()); });
  BOOST_TEST(holds(buffer, "abcabc"));
}

BOOST_AUTO_TEST_CASE(an_error_says_neither_bytes_nor_length) {
  SecretBuffer buffer = of("hunter2", 7);
  const auto error = buffer.append("swordfish").error();
  for (const std::string& text : {error.what, error.hint}) {
    BOOST_TEST(!text.contains("swordfish"));
    BOOST_TEST(!text.contains("hunter2"));
    BOOST_TEST(std::ranges::none_of(text, [](char c) { return c >= '0' && c <= '9'; }));
  }
}

BOOST_AUTO_TEST_CASE(what_is_dropped_is_wiped) {
  SecretBuffer buffer = of("0123456789", 16);
  buffer.truncate(4);
  BOOST_TEST(holds(buffer, "0123"));
  BOOST_TEST(room_is_zero(buffer));
  buffer.truncate(9);
  BOOST_TEST(holds(buffer, "0123"));
  buffer.truncate(0);
  BOOST_TEST(buffer.empty());
  BOOST_TEST(room_is_zero(buffer));
  BOOST_TEST(buffer.capacity() == 16U);
}

BOOST_AUTO_TEST_CASE(what_was_filled_and_not_counted_is_wiped_with_the_rest) {
  SecretBuffer buffer = of("ab", 16);
  buffer.fill([](std::span<char> room) {
    std::ranges::fill(room, 's');
    return std::size_t{3};
  });
  BOOST_TEST(holds(buffer, "absss"));
  BOOST_TEST(!room_is_zero(buffer));
  buffer.truncate(5);
  BOOST_TEST(holds(buffer, "absss"));
  BOOST_TEST(room_is_zero(buffer));
}

BOOST_AUTO_TEST_CASE(filling_reads_straight_into_it) {
  std::array<int, 2> ends{};
  BOOST_REQUIRE(::pipe(ends.data()) == 0);
  BOOST_REQUIRE(::write(ends[1], "cdef", 4) == 4);
  SecretBuffer buffer = of("ab", 5);
  buffer.fill([&](std::span<char> room) {
    BOOST_TEST(room.size() == 3U);
    return static_cast<std::size_t>(::read(ends[0], room.data(), room.size()));
  });
  BOOST_TEST(holds(buffer, "abcde"));
  ::close(ends[0]);
  ::close(ends[1]);
}

BOOST_AUTO_TEST_CASE(moving_hands_the_same_memory_on) {
  SecretBuffer first = of("abc", 8);
  const auto address = [](std::string_view bytes) { return bytes.data(); };
  const char* const there = first.with_bytes(address);

  SecretBuffer second = std::move(first);
  BOOST_TEST(first.empty());
  BOOST_TEST(first.capacity() == 0U);
  BOOST_TEST(second.with_bytes(address) == there);

  SecretBuffer third = of("replaced", 8);
  third = std::move(second);
  BOOST_TEST(second.empty());
  BOOST_TEST(second.capacity() == 0U);
  BOOST_TEST(holds(third, "abc"));
  BOOST_TEST(third.capacity() == 8U);

  SecretBuffer& same = third;
  third = std::move(same);
  BOOST_TEST(holds(third, "abc"));
  first = of("again", 5);
  BOOST_TEST(holds(first, "again"));
}

BOOST_AUTO_TEST_CASE(its_memory_is_locked_and_left_out_of_dumps) {
  const SecretBuffer buffer = of("abc", 8);
  const std::string flags =
      flags_of_mapping(buffer.with_bytes([](std::string_view bytes) { return bytes.data(); }));
  BOOST_TEST((flags.contains(" lo") || !mlock_locks()), flags);
  BOOST_TEST(flags.contains(" dd"), flags);
}

BOOST_AUTO_TEST_CASE(its_memory_is_gone_once_it_is_cleared) {
  SecretBuffer buffer = of("abc", 8);
  const char* const there = buffer.with_bytes([](std::string_view bytes) { return bytes.data(); });
  BOOST_TEST(flags_of_mapping(there) != "");
  buffer.clear();
  BOOST_TEST(buffer.empty());
  BOOST_TEST(buffer.capacity() == 0U);
  BOOST_TEST(!buffer.append("x").has_value());
  BOOST_TEST(!flags_of_mapping(there).contains(" lo"));
  buffer.clear();
}

BOOST_AUTO_TEST_CASE(beyond_the_limit_of_locked_memory_it_works_unlocked) {
  BOOST_TEST(in_child([](Complaints& complaints) {
               const rlimit none{0, 0};
               ::setrlimit(RLIMIT_MEMLOCK, &none);
               auto buffer = SecretBuffer::with_capacity(8);
               complaints.expect(buffer.has_value(), "a buffer");
               complaints.expect(buffer && buffer->append("abc").has_value(), "it is used");
             }) == "");
}

BOOST_AUTO_TEST_CASE(more_than_there_is_is_an_error) {
  const auto refused = SecretBuffer::with_capacity(SIZE_MAX / 2);
  BOOST_REQUIRE(!refused.has_value());
  BOOST_TEST((refused.error().kind == ErrorKind::internal));
}

BOOST_AUTO_TEST_CASE(writing_past_its_end_is_caught_by_the_guard) {
  BOOST_TEST(in_child([](Complaints&) {
               std::signal(SIGSEGV, SIG_DFL);
               SecretBuffer buffer = of("", 16);
               buffer.fill([](std::span<char> room) {
                 volatile char* const past = room.data() + room.size();
                 *past = 'x';
                 return std::size_t{0};
               });
             }) != "");
}

BOOST_AUTO_TEST_SUITE_END()
