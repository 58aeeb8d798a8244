package main

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"time"
)

const mostOfARequest = 4 << 20

// hopByHop headers are a connection's own.
var hopByHop = []string{"Connection", "Keep-Alive", "Transfer-Encoding", "Upgrade", "Te", "Trailer"}

// proxy handles the exchanges.
type proxy struct {
	upstream    string
	transport   http.RoundTripper
	recorder    *recorder
	faults      *faults
	connections *connections
	exchanges   *exchanges
}

func (p *proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, mostOfARequest))
	if err != nil {
		return
	}
	taken := p.faults.take(r)
	orders := p.exchanges.enter(r) // before it is told of: orders may come at once then
	defer p.exchanges.leave(orders)
	k := p.recorder.begin(r, body, taken.name())

	t := &towards{w: w, r: r, kept: k, fault: taken, orders: orders}
	switch {
	case taken.is(silence):
		<-r.Context().Done()
		k.end("the client left")
		return
	case taken.is(answer):
		p.answer(t, taken)
		return
	case taken.is(delay):
		select {
		case <-time.After(time.Duration(taken.DelayMs) * time.Millisecond):
		case <-r.Context().Done():
			k.end("the client left")
			return
		}
	}
	reply, err := p.ask(r, body, taken)
	if err != nil {
		if r.Context().Err() == nil {
			connectionOf(r).close(true)
		}
		k.end("no answer from the server")
		return
	}
	defer reply.Body.Close()
	if taken.is(halfGzip) {
		p.halfGzip(t, reply)
		return
	}
	t.pass(reply)
}

// ask puts the client's request to the server.
func (p *proxy) ask(r *http.Request, body []byte, taken *fault) (*http.Response, error) {
	target := *r.URL
	target.Scheme, target.Host = "https", p.upstream
	request, err := http.NewRequestWithContext(
		r.Context(), r.Method, target.String(), bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header = r.Header.Clone()
	for _, name := range hopByHop {
		request.Header.Del(name)
	}
	if taken.is(whole) {
		request.Header.Set("Accept", "application/json")
		query := request.URL.Query()
		query.Del("includeObject")
		request.URL.RawQuery = query.Encode()
	}
	return p.transport.RoundTrip(request)
}

func (p *proxy) answer(t *towards, taken *fault) {
	headers := http.Header{}
	for name, value := range taken.Headers {
		headers.Set(name, value)
	}
	if err := t.head(taken.Status, headers); err != nil {
		return
	}
	t.piece(taken.Body)
	t.kept.end("answered by a fault")
}

// halfGzip compresses the server's answer, whatever its form, and ends in its middle.
func (p *proxy) halfGzip(t *towards, reply *http.Response) {
	plain, err := io.ReadAll(reply.Body)
	if err != nil {
		return
	}
	var packed bytes.Buffer
	writer := gzip.NewWriter(&packed)
	writer.Write(plain)
	writer.Close()
	headers := reply.Header.Clone()
	headers.Del("Content-Length")
	headers.Set("Content-Encoding", "gzip")
	if err := t.head(reply.StatusCode, headers); err != nil {
		return
	}
	t.piece(packed.Bytes()[:packed.Len()/2])
	t.kept.end("ended by a fault")
}
