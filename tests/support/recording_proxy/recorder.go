package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"
)

// output writes documents, one a line.
type output struct {
	mutex   sync.Mutex
	encoder *json.Encoder
}

func (o *output) write(name string, document any) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	o.encoder.Encode(map[string]any{name: document})
}

// recorder tells of exchanges and keeps what goes towards the client. It keeps
// no credential: the Authorization header is left out.
type recorder struct {
	folder string
	out    *output
	count  atomic.Int64
}

type requestRecord struct {
	Id         int64       `json:"id"`
	Connection int         `json:"connection"`
	Protocol   string      `json:"protocol"`
	Method     string      `json:"method"`
	Path       string      `json:"path"`
	Query      string      `json:"query"`
	Headers    http.Header `json:"headers"`
	Body       []byte      `json:"body"`
	Fault      string      `json:"fault"`
	At         int64       `json:"at"` // ns since 1970
}

type headRecord struct {
	Id     int64 `json:"id"`
	Status int   `json:"status"`
	At     int64 `json:"at"`
}

type endRecord struct {
	Id    int64  `json:"id"`
	Bytes int64  `json:"bytes"`
	Why   string `json:"why"`
	At    int64  `json:"at"`
}

func now() int64 { return time.Now().UnixNano() }

// begin records a request; the exchange's id is the result.
func (r *recorder) begin(request *http.Request, body []byte, fault string) *kept {
	id := r.count.Add(1)
	headers := request.Header.Clone()
	headers.Del("Authorization")
	r.out.write("request", requestRecord{
		id, connectionOf(request).number, request.Proto, request.Method, request.URL.Path,
		request.URL.RawQuery, headers, body, fault, now()})
	return &kept{recorder: r, id: id}
}

// kept is what one exchange sends towards the client.
type kept struct {
	recorder *recorder
	id       int64
	body     *os.File
	bytes    int64
}

func (k *kept) path(name string) string {
	return filepath.Join(k.recorder.folder, fmt.Sprintf("%d.%s", k.id, name))
}

func (k *kept) head(status int, headers http.Header) error {
	file, err := os.Create(k.path("head"))
	if err != nil {
		return err
	}
	defer file.Close()
	fmt.Fprintf(file, "HTTP %d\r\n", status)
	headers.Write(file)
	if k.body, err = os.Create(k.path("body")); err != nil {
		return err
	}
	k.recorder.out.write("head", headRecord{k.id, status, now()})
	return nil
}

func (k *kept) piece(data []byte) error {
	k.bytes += int64(len(data))
	_, err := k.body.Write(data)
	return err
}

func (k *kept) end(why string) {
	if k.body != nil {
		k.body.Close()
	}
	k.recorder.out.write("end", endRecord{k.id, k.bytes, why, now()})
}
