package main

import (
	"errors"
	"io"
	"net/http"
)

const pieceSize = 32 << 10

// towards is the way of one answer to the client: kept first, then sent.
type towards struct {
	w      http.ResponseWriter
	r      *http.Request
	kept   *kept
	fault  *fault
	orders chan order
}

func (t *towards) head(status int, headers http.Header) error {
	for name, values := range headers {
		t.w.Header()[name] = values
	}
	for _, name := range hopByHop {
		t.w.Header().Del(name)
	}
	if err := t.kept.head(status, t.w.Header()); err != nil {
		return err
	}
	t.w.WriteHeader(status)
	return http.NewResponseController(t.w).Flush()
}

func (t *towards) piece(data []byte) error {
	if len(data) == 0 {
		return nil
	}
	if err := t.kept.piece(data); err != nil {
		return err
	}
	if _, err := t.w.Write(data); err != nil {
		return err
	}
	return http.NewResponseController(t.w).Flush()
}

// read gives the server's pieces as they come, and closes the channel at the end.
func (t *towards) read(reply *http.Response, ended *error) <-chan []byte {
	pieces := make(chan []byte)
	go func() {
		defer close(pieces)
		for {
			data := make([]byte, pieceSize)
			count, err := reply.Body.Read(data)
			if count > 0 {
				select {
				case pieces <- data[:count]:
				case <-t.r.Context().Done():
					return
				}
			}
			if err != nil {
				*ended = err
				return
			}
		}
	}()
	return pieces
}

// pass sends the server's answer on, as far as the fault and the orders let it.
func (t *towards) pass(reply *http.Response) {
	headers := reply.Header.Clone()
	left := t.fault.limit()
	if left >= 0 {
		headers.Del("Content-Length")
	}
	if err := t.head(reply.StatusCode, headers); err != nil {
		t.kept.end("the client left")
		return
	}
	if left == 0 {
		t.stop()
		return
	}
	var ended error
	pieces := t.read(reply, &ended)
	for {
		select {
		case data, more := <-pieces:
			if !more {
				t.finished(ended)
				return
			}
			if left >= 0 && int64(len(data)) >= left {
				t.piece(data[:left])
				t.stop()
				return
			}
			left -= min(int64(len(data)), max(left, 0))
			if t.piece(data) != nil {
				t.kept.end("the client left")
				return
			}
		case given := <-t.orders:
			t.piece(given.Inject)
			if given.Hold {
				t.hold()
				return
			}
			if given.Finish {
				t.kept.end("ended by an order")
				return
			}
		case <-t.r.Context().Done():
			t.kept.end("the client left")
			return
		}
	}
}

// finished: the server's end, or that its connection broke, which breaks ours.
func (t *towards) finished(err error) {
	if !errors.Is(err, io.EOF) && t.r.Context().Err() == nil {
		t.kept.end("the server left")
		connectionOf(t.r).close(true)
		panic(http.ErrAbortHandler)
	}
	t.kept.end("")
}

func (t *towards) hold() {
	<-t.r.Context().Done()
	t.kept.end("the client left")
}

// stop ends the answer in the fault's way.
func (t *towards) stop() {
	switch t.fault.Action {
	case stall:
		t.hold()
		return
	case cut:
		t.kept.end("cut by a fault")
		panic(http.ErrAbortHandler)
	case hangUp, reset:
		t.kept.end("cut by a fault")
		connectionOf(t.r).close(t.fault.Action == reset)
		panic(http.ErrAbortHandler)
	}
	t.kept.end("ended by a fault")
}
