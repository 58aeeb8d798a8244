/* The least that can tell of a swap of `..data`: inotify, epoll, one write.
 *
 * usage: bare_loop FOLDER [create]
 *
 * With `create` its mask has IN_CREATE too, as the agent's has: kubelet's mkdir
 * then wakes the process before the rename. Each line is "rotated NS", with
 * CLOCK_MONOTONIC as it was before the write. */
#define _GNU_SOURCE
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/inotify.h>
#include <time.h>
#include <unistd.h>

static void tell(void) {
  char line[64];
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  const int length = snprintf(line, sizeof line, "rotated %lld\n",
                              (long long)now.tv_sec * 1000000000LL + now.tv_nsec);
  if (write(STDOUT_FILENO, line, (size_t)length) != length) {
    _exit(1);
  }
}

static void read_events(int inotify) {
  char buffer[16384] __attribute__((aligned(__alignof__(struct inotify_event))));
  const ssize_t length = read(inotify, buffer, sizeof buffer);
  for (ssize_t at = 0; at < length;) {
    const struct inotify_event* event = (const struct inotify_event*)(buffer + at);
    if ((event->mask & IN_MOVED_TO) != 0 && strcmp(event->name, "..data") == 0) {
      tell();
    }
    at += (ssize_t)(sizeof *event + event->len);
  }
}

int main(int argc, char** argv) {
  const int inotify = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  const int epoll = epoll_create1(EPOLL_CLOEXEC);
  const uint32_t mask = IN_MOVED_TO | (argc > 2 ? IN_CREATE : 0U);
  struct epoll_event interest = {.events = EPOLLIN, .data = {.fd = inotify}};
  if (argc < 2 || inotify_add_watch(inotify, argv[1], mask) < 0 ||
      epoll_ctl(epoll, EPOLL_CTL_ADD, inotify, &interest) != 0) {
    perror("bare_loop");
    return 1;
  }
  if (write(STDOUT_FILENO, "ready\n", 6) != 6) {
    return 1;
  }
  for (;;) {
    struct epoll_event ready;
    if (epoll_wait(epoll, &ready, 1, -1) == 1) {
      read_events(inotify);
    }
  }
}
