package main

import (
	"net/http"
	"regexp"
	"sync"
)

// What a fault does with the exchanges that it takes.
const (
	answer   = "answer"    // answers itself: status, headers, body
	silence  = "silence"   // accepts the request and says nothing
	delay    = "delay"     // waits before it asks the server
	whole    = "whole"     // the server is asked for whole objects, whatever Accept says
	stall    = "stall"     // after so many bytes of the body, nothing more
	finish   = "finish"    // after so many bytes, the end, as if it were all
	cut      = "cut"       // after so many bytes, the stream is reset
	hangUp   = "hang-up"   // after so many bytes, the connection is closed
	reset    = "reset"     // after so many bytes, the connection is reset
	halfGzip = "half-gzip" // the first half of the body's compressed form
)

// fault takes the exchanges that it matches, the first `times` of them, or all.
type fault struct {
	Name    string            `json:"name"`
	Method  string            `json:"method"`
	Target  string            `json:"target"` // a regular expression on PATH?QUERY
	Times   int               `json:"times"`
	Action  string            `json:"action"`
	Status  int               `json:"status"`
	Headers map[string]string `json:"headers"`
	Body    []byte            `json:"body"`
	After   int64             `json:"after"`
	DelayMs int64             `json:"delay_ms"`

	pattern *regexp.Regexp
	taken   int
}

func (f *fault) is(action string) bool { return f != nil && f.Action == action }

// limit is how much of the body passes; negative where all does.
func (f *fault) limit() int64 {
	if f != nil {
		switch f.Action {
		case stall, finish, cut, hangUp, reset:
			return f.After
		}
	}
	return -1
}

func (f *fault) name() string {
	if f == nil {
		return ""
	}
	return f.Name
}

// faults are those that stand; of several that match, the first.
type faults struct {
	mutex sync.Mutex
	list  []*fault
}

func (f *faults) add(added *fault) error {
	pattern, err := regexp.Compile(added.Target)
	if err != nil {
		return err
	}
	added.pattern = pattern
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.list = append(f.list, added)
	return nil
}

// remove takes away those of that name; all, where it is empty.
func (f *faults) remove(name string) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	var left []*fault
	for _, each := range f.list {
		if name != "" && each.Name != name {
			left = append(left, each)
		}
	}
	f.list = left
}

func (f *faults) take(r *http.Request) *fault {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	for _, each := range f.list {
		if each.Method != "" && each.Method != r.Method || each.Times > 0 && each.taken >= each.Times {
			continue
		}
		if each.pattern.MatchString(r.URL.RequestURI()) {
			each.taken++
			return each
		}
	}
	return nil
}
