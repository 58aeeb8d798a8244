// Writes Secrets and takes the time until each watcher tells of it.
//
//	write_latency -address HOST:PORT -ca FILE -token FILE -target PATH
//	    -method PATCH -count 1000 -pause 3ms NAME=FD=MARK ...
//
// Each watcher tells of a write by a line with MARK on its pipe, FD. In the
// target and in the body, which comes on standard input, %d becomes the number
// of the write. It waits until all have told of one before it writes the next.
// It prints "NAME SENT ANSWERED": nanoseconds from the write's being sent, and
// from its answer's arrival (negative where the watcher was first).
package main

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const (
	longest   = 60 * time.Second
	mergeType = "application/merge-patch+json"
)

type watcher struct {
	name string
	seen chan time.Time
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "write_latency:", err)
		os.Exit(1)
	}
}

// read is a thread that does nothing else: it wakes as late as any program's
// own loop would, and no later.
func (w *watcher) read(fd int, mark []byte) {
	runtime.LockOSThread()
	var pending []byte
	piece := make([]byte, 65536)
	for {
		count, err := syscall.Read(fd, piece)
		now := time.Now()
		if err == syscall.EINTR {
			continue
		}
		if err != nil || count <= 0 {
			close(w.seen)
			return
		}
		pending = append(pending, piece[:count]...)
		for {
			line, rest, more := bytes.Cut(pending, []byte("\n"))
			if !more {
				break
			}
			if bytes.Contains(line, mark) {
				w.seen <- now
			}
			pending = rest
		}
	}
}

func start(spec string) *watcher {
	parts := strings.SplitN(spec, "=", 3)
	fd, err := strconv.Atoi(parts[1])
	fail(err)
	fail(syscall.SetNonblock(fd, false))
	w := &watcher{parts[0], make(chan time.Time, 1024)}
	go w.read(fd, []byte(parts[2]))
	return w
}

func client(authority string) *http.Client {
	text, err := os.ReadFile(authority)
	fail(err)
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(text)
	return &http.Client{Transport: &http.Transport{
		TLSClientConfig: &tls.Config{RootCAs: pool}, ForceAttemptHTTP2: true}}
}

func main() {
	address := flag.String("address", "", "the API server's")
	authority := flag.String("ca", "", "file with its CA")
	tokenFile := flag.String("token", "", "file with the token of who writes")
	target := flag.String("target", "", "path to write to")
	method := flag.String("method", "PATCH", "")
	count := flag.Int("count", 1000, "")
	first := flag.Int("first", 0, "number of the first write")
	pause := flag.Duration("pause", 3*time.Millisecond, "between two writes")
	flag.Parse()

	body, err := io.ReadAll(os.Stdin)
	fail(err)
	token, err := os.ReadFile(*tokenFile)
	fail(err)
	var watchers []*watcher
	for _, spec := range flag.Args() {
		watchers = append(watchers, start(spec))
	}
	writing := client(*authority)
	for number := *first; number < *first+*count; number++ {
		time.Sleep(*pause)
		with := func(text string) string { return strings.ReplaceAll(text, "%d", strconv.Itoa(number)) }
		request, err := http.NewRequestWithContext(context.Background(), *method,
			"https://"+*address+with(*target), strings.NewReader(with(string(body))))
		fail(err)
		request.Header.Set("Authorization", "Bearer "+string(token))
		request.Header.Set("Content-Type", "application/json")
		if *method == "PATCH" {
			request.Header.Set("Content-Type", mergeType)
		}
		sent := time.Now()
		reply, err := writing.Do(request)
		answered := time.Now()
		fail(err)
		io.Copy(io.Discard, reply.Body)
		reply.Body.Close()
		if reply.StatusCode > 201 {
			fail(fmt.Errorf("write %d: status %d", number, reply.StatusCode))
		}
		for _, each := range watchers {
			select {
			case seen, open := <-each.seen:
				if !open {
					fail(fmt.Errorf("%s ended", each.name))
				}
				fmt.Println(each.name, seen.Sub(sent).Nanoseconds(), seen.Sub(answered).Nanoseconds())
			case <-time.After(longest):
				fail(fmt.Errorf("%s told nothing of write %d", each.name, number))
			}
		}
	}
}
