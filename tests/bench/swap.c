/* Swaps volumes as kubelet does and takes the time until each watcher tells of it.
 *
 * usage: swap COUNT PAUSE_US NAME=FOLDER=FD=MARK=CLOCK ...
 *
 * Each subject has a volume of its own and a pipe, FD, on which it tells of each
 * swap by a line that contains MARK. They take turns, one swap each; which is
 * first moves on. CLOCK is "line" (the time at which the line was read) or
 * "stamp" (the CLOCK_MONOTONIC that ends the line). Prints "NAME NS" for each. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { max_subjects = 16, max_path = 4096 };

struct subject {
  const char* name;
  const char* folder;
  int fd;
  const char* mark;
  int stamped;
  int version;
  char pending[65536];
  size_t length;
};

static struct subject subjects[max_subjects];

static long long now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (long long)now.tv_sec * 1000000000LL + now.tv_nsec;
}

static void fail(const char* what) {
  perror(what);
  exit(1);
}

static void write_version(const struct subject* subject) {
  char path[max_path];
  snprintf(path, sizeof path, "%s/..v%d", subject->folder, subject->version);
  if (mkdir(path, 0755) != 0) {
    fail(path);
  }
  snprintf(path, sizeof path, "%s/..v%d/password", subject->folder, subject->version);
  const int file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
  if (file < 0 || dprintf(file, "value %d", subject->version) < 0 || close(file) != 0) {
    fail(path);
  }
}

static void remove_version(const struct subject* subject, int version) {
  char path[max_path];
  snprintf(path, sizeof path, "%s/..v%d/password", subject->folder, version);
  unlink(path);
  snprintf(path, sizeof path, "%s/..v%d", subject->folder, version);
  rmdir(path);
}

/* The moment just before the rename. */
static long long swap(struct subject* subject) {
  char draft[max_path];
  char data[max_path];
  char target[64];
  subject->version++;
  write_version(subject);
  snprintf(target, sizeof target, "..v%d", subject->version);
  snprintf(draft, sizeof draft, "%s/..data_tmp", subject->folder);
  snprintf(data, sizeof data, "%s/..data", subject->folder);
  if (symlink(target, draft) != 0) {
    fail(draft);
  }
  const long long before = now_ns();
  if (rename(draft, data) != 0) {
    fail(data);
  }
  return before;
}

/* Reads up to the end of a line with the mark; the moment at which it was there. */
static long long await(struct subject* subject) {
  for (;;) {
    char* end;
    while ((end = memchr(subject->pending, '\n', subject->length)) != NULL) {
      *end = '\0';
      const int found = strstr(subject->pending, subject->mark) != NULL;
      const char* last = strrchr(subject->pending, ' ');
      const long long stamp = found && subject->stamped && last ? atoll(last + 1) : 0;
      const size_t taken = (size_t)(end - subject->pending) + 1;
      memmove(subject->pending, end + 1, subject->length - taken);
      subject->length -= taken;
      if (found) {
        return subject->stamped ? stamp : now_ns();
      }
    }
    const ssize_t length = read(subject->fd, subject->pending + subject->length,
                                sizeof subject->pending - subject->length);
    if (length <= 0) {
      fail(subject->name);
    }
    subject->length += (size_t)length;
  }
}

static void parse(struct subject* subject, char* text) {
  subject->name = strsep(&text, "=");
  subject->folder = strsep(&text, "=");
  subject->fd = atoi(strsep(&text, "="));
  subject->mark = strsep(&text, "=");
  subject->stamped = text != NULL && strcmp(text, "stamp") == 0;
}

int main(int argc, char** argv) {
  const int count = argc > 3 ? atoi(argv[1]) : 0;
  const int many = argc - 3;
  if (count <= 0 || many > max_subjects) {
    fputs("usage: swap COUNT PAUSE_US NAME=FOLDER=FD=MARK=CLOCK ...\n", stderr);
    return 2;
  }
  for (int i = 0; i < many; ++i) {
    parse(&subjects[i], argv[i + 3]);
  }
  for (int turn = 0; turn < count; ++turn) {
    for (int i = 0; i < many; ++i) {
      struct subject* subject = &subjects[(turn + i) % many];
      usleep((useconds_t)atoi(argv[2]));
      const long long before = swap(subject);
      const long long told = await(subject);
      remove_version(subject, subject->version - 1);
      printf("%s %lld\n", subject->name, told - before);
    }
  }
  return 0;
}
