/* The least that can ask AWS: libcurl's own signatures, kept connections, answers unread.
 *
 * usage: aws_sweep URL AUTHORITY REGION REQUESTS [in-order]
 *
 * Each line of REQUESTS is "SERVICE\tTARGET\tBODY". Those of secretsmanager go over two
 * connections (one with `in-order`, as pages do), those of ssm over one, both at the same time,
 * as the agent has it. The key comes from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. Prints how many requests it made. */
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_REQUESTS = 10000, MOST_LENGTH = 16384, LANES = 3 };

struct request {
  char* service;
  char* target;
  char* body;
};

/* What asks one request after the other. */
struct lane {
  const char* service;
  CURL* easy;
  struct curl_slist* headers;
};

static struct request requests[MOST_REQUESTS];
static size_t count;
static char scope[2][128];
static char key[512];

static void fail(const char* what) {
  fprintf(stderr, "aws_sweep: %s\n", what);
  exit(1);
}

static size_t drop(char* data, size_t size, size_t number, void* unused) {
  (void)data;
  (void)unused;
  return size * number;
}

static char* field(char** rest, char end) {
  char* const start = *rest;
  char* const stop = strchr(start, end);
  if (stop == NULL) {
    fail("a line of the requests is not of its form");
  }
  *stop = '\0';
  *rest = stop + 1;
  return start;
}

static void read_requests(const char* path) {
  static char line[MOST_LENGTH];
  FILE* const file = fopen(path, "r");
  if (file == NULL) {
    fail("the requests cannot be read");
  }
  while (fgets(line, sizeof line, file) != NULL && count < MOST_REQUESTS) {
    char* rest = strdup(line);
    struct request* const made = &requests[count++];
    made->service = field(&rest, '\t');
    made->target = field(&rest, '\t');
    made->body = field(&rest, '\n');
  }
  fclose(file);
}

static void prepare(struct lane* lane, const char* url, const char* authority) {
  lane->easy = curl_easy_init();
  curl_easy_setopt(lane->easy, CURLOPT_URL, url);
  curl_easy_setopt(lane->easy, CURLOPT_CAINFO, authority);
  curl_easy_setopt(lane->easy, CURLOPT_CAPATH, NULL); /* Debian's holds 144 authorities */
  curl_easy_setopt(lane->easy, CURLOPT_USERPWD, key);
  curl_easy_setopt(lane->easy, CURLOPT_AWS_SIGV4, scope[strcmp(lane->service, "ssm") == 0]);
  curl_easy_setopt(lane->easy, CURLOPT_WRITEFUNCTION, drop);
  curl_easy_setopt(lane->easy, CURLOPT_PRIVATE, lane);
}

/* Its next request, or none: false. */
static int start(CURLM* multi, struct lane* lane, size_t* next) {
  char target[256];
  while (*next < count && strcmp(requests[*next].service, lane->service) != 0) {
    ++*next;
  }
  if (*next == count) {
    return 0;
  }
  const struct request* const request = &requests[(*next)++];
  snprintf(target, sizeof target, "X-Amz-Target: %s", request->target);
  curl_slist_free_all(lane->headers);
  lane->headers = curl_slist_append(NULL, "Content-Type: application/x-amz-json-1.1");
  lane->headers = curl_slist_append(lane->headers, target);
  curl_easy_setopt(lane->easy, CURLOPT_HTTPHEADER, lane->headers);
  curl_easy_setopt(lane->easy, CURLOPT_POSTFIELDS, request->body);
  curl_multi_add_handle(multi, lane->easy);
  return 1;
}

static void check(const CURLMsg* message) {
  long status = 0;
  curl_easy_getinfo(message->easy_handle, CURLINFO_RESPONSE_CODE, &status);
  if (message->data.result != CURLE_OK || status != 200) {
    fprintf(stderr, "status %ld: ", status);
    fail(curl_easy_strerror(message->data.result));
  }
}

static size_t run(CURLM* multi, struct lane* lanes, size_t first) {
  size_t next[2] = {0, 0};
  size_t done = 0;
  int running = 0;
  int left = 0;
  for (size_t each = first; each < LANES; ++each) {
    running += start(multi, &lanes[each], &next[strcmp(lanes[each].service, "ssm") == 0]);
  }
  while (running > 0) {
    const CURLMsg* message;
    struct lane* lane;
    curl_multi_perform(multi, &left);
    while ((message = curl_multi_info_read(multi, &left)) != NULL) {
      check(message);
      curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char**)&lane);
      curl_multi_remove_handle(multi, lane->easy);
      ++done;
      running += start(multi, lane, &next[strcmp(lane->service, "ssm") == 0]) - 1;
    }
    if (running > 0) { /* at once where one was started */
      curl_multi_poll(multi, NULL, 0, 1000, NULL);
    }
  }
  return done;
}

int main(int argc, char** argv) {
  const char* const id = getenv("AWS_ACCESS_KEY_ID");
  const char* const secret = getenv("AWS_SECRET_ACCESS_KEY");
  struct lane lanes[LANES] = {{.service = "secretsmanager"}, {.service = "secretsmanager"},
                              {.service = "ssm"}};
  if (argc < 5 || argc > 6 || id == NULL || secret == NULL) {
    fail("usage: aws_sweep URL AUTHORITY REGION REQUESTS [in-order], with a key in the environment");
  }
  snprintf(key, sizeof key, "%s:%s", id, secret);
  snprintf(scope[0], sizeof scope[0], "aws:amz:%s:secretsmanager", argv[3]);
  snprintf(scope[1], sizeof scope[1], "aws:amz:%s:ssm", argv[3]);
  read_requests(argv[4]);
  curl_global_init(CURL_GLOBAL_DEFAULT);
  CURLM* const multi = curl_multi_init();
  for (size_t each = 0; each < LANES; ++each) {
    prepare(&lanes[each], argv[1], argv[2]);
  }
  printf("%zu\n", run(multi, lanes, argc == 6));
  for (size_t each = 0; each < LANES; ++each) {
    curl_slist_free_all(lanes[each].headers);
    curl_easy_cleanup(lanes[each].easy);
  }
  curl_multi_cleanup(multi);
  return 0;
}
