// Writes a mounted Secret volume with kubelet's own atomic writer.
//
// It takes one JSON command a line on standard input and answers each on
// standard output:
//
//	{"write": {"password": "<base64>"}}   sets keys and writes the volume
//	{"remove": ["password"]}              removes keys and writes the volume
//	{"rotate": {"key": "password", "value": "<base64>", "count": 5000, "interval_us": 0}}
//	                                      writes the value with "#1", "#2", ... after it
//
// An answer is one line for each write: {"target": "..2026_...", "before_ns":
// 1, "after_ns": 2}, the target of ..data and CLOCK_MONOTONIC around the write;
// or {"error": "..."}.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sys/unix"
	"k8s.io/kubernetes/pkg/volume/util"
)

type rotation struct {
	Key        string `json:"key"`
	Value      []byte `json:"value"`
	Count      int    `json:"count"`
	IntervalUs int64  `json:"interval_us"`
}

type command struct {
	Write  map[string][]byte `json:"write"`
	Remove []string          `json:"remove"`
	Rotate *rotation         `json:"rotate"`
}

type answer struct {
	Target   string `json:"target"`
	BeforeNs int64  `json:"before_ns"`
	AfterNs  int64  `json:"after_ns"`
}

type volume struct {
	folder  string
	mode    int32
	writer  *util.AtomicWriter
	payload map[string]util.FileProjection
	answers *json.Encoder
	number  int
}

func monotonicNs() int64 {
	var now unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_MONOTONIC, &now); err != nil {
		panic(err)
	}
	return now.Nano()
}

func (v *volume) set(key string, value []byte) {
	v.payload[key] = util.FileProjection{Data: value, Mode: v.mode}
}

func (v *volume) publish() error {
	before := monotonicNs()
	if err := v.writer.Write(v.payload, nil); err != nil {
		return err
	}
	after := monotonicNs()
	target, err := os.Readlink(filepath.Join(v.folder, "..data"))
	if err != nil {
		return err
	}
	return v.answers.Encode(answer{target, before, after})
}

func (v *volume) rotate(r rotation) error {
	for range r.Count {
		started := time.Now()
		v.number++
		v.set(r.Key, fmt.Appendf(nil, "%s#%d", r.Value, v.number))
		if err := v.publish(); err != nil {
			return err
		}
		time.Sleep(time.Duration(r.IntervalUs)*time.Microsecond - time.Since(started))
	}
	return nil
}

func (v *volume) run(c command) error {
	if c.Rotate != nil {
		return v.rotate(*c.Rotate)
	}
	for key, value := range c.Write {
		v.set(key, value)
	}
	for _, key := range c.Remove {
		delete(v.payload, key)
	}
	return v.publish()
}

func main() {
	folder := flag.String("folder", "", "the volume's folder; it must exist")
	mode := flag.Int("default-mode", 0o644, "defaultMode of the volume")
	flag.Parse()

	writer, err := util.NewAtomicWriter(*folder, "kubelet_writer")
	if err != nil {
		fmt.Fprintln(os.Stderr, "kubelet_writer:", err)
		os.Exit(1)
	}
	out := bufio.NewWriter(os.Stdout)
	v := volume{*folder, int32(*mode), writer, map[string]util.FileProjection{}, json.NewEncoder(out), 0}

	commands := json.NewDecoder(os.Stdin)
	for {
		var c command
		if err := commands.Decode(&c); err != nil {
			return
		}
		if err := v.run(c); err != nil {
			v.answers.Encode(map[string]string{"error": err.Error()})
		}
		out.Flush()
	}
}
