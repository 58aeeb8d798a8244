/* Takes the time from exec to a line with MARK on a command's descriptor FD.
 *
 * usage: startup COUNT FD MARK COMMAND [ARGUMENT ...]
 *
 * Prints nanoseconds, one line a start; ends each command with SIGTERM. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char** environ;

static long long now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (long long)now.tv_sec * 1000000000LL + now.tv_nsec;
}

static int await(int fd, const char* mark) {
  static char text[1 << 20];
  size_t length = 0;
  while (length < sizeof text - 1) {
    const ssize_t more = read(fd, text + length, sizeof text - 1 - length);
    if (more <= 0) {
      return 0;
    }
    length += (size_t)more;
    text[length] = '\0';
    if (strstr(text, mark) != NULL) {
      return 1;
    }
  }
  return 0;
}

static void drain(int fd) {
  char rest[65536];
  while (read(fd, rest, sizeof rest) > 0) {
  }
}

int main(int argc, char** argv) {
  if (argc < 5) {
    fputs("usage: startup COUNT FD MARK COMMAND [ARGUMENT ...]\n", stderr);
    return 2;
  }
  for (int i = 0; i < atoi(argv[1]); ++i) {
    int ends[2];
    pid_t child;
    posix_spawn_file_actions_t actions;
    if (pipe2(ends, O_CLOEXEC) != 0) {
      return 1;
    }
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], atoi(argv[2]));
    const long long before = now_ns();
    if (posix_spawn(&child, argv[4], &actions, NULL, argv + 4, environ) != 0) {
      perror(argv[4]);
      return 1;
    }
    close(ends[1]);
    const int ready = await(ends[0], argv[3]);
    const long long after = now_ns();
    kill(child, SIGTERM);
    drain(ends[0]);
    waitpid(child, NULL, 0);
    close(ends[0]);
    posix_spawn_file_actions_destroy(&actions);
    if (!ready) {
      fprintf(stderr, "%s was never ready\n", argv[4]);
      return 1;
    }
    printf("%lld\n", after - before);
  }
  return 0;
}
