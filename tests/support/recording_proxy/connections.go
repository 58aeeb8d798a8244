package main

import (
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"sync"
)

// gate is a listener that can be told to refuse, or to leave those who connect
// without an answer.
type gate struct {
	mutex   sync.Mutex
	changed *sync.Cond
	address string
	inner   net.Listener // nil while it refuses
	hangs   bool
}

func newGate(inner net.Listener) *gate {
	g := &gate{address: inner.Addr().String(), inner: inner}
	g.changed = sync.NewCond(&g.mutex)
	return g
}

func (g *gate) wait() net.Listener {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	for g.inner == nil || g.hangs {
		g.changed.Wait()
	}
	return g.inner
}

// Accept gives no error when the listener is closed by refuse.
func (g *gate) Accept() (net.Conn, error) {
	for {
		inner := g.wait()
		connection, err := inner.Accept()
		if err != nil {
			continue
		}
		if g.isHanging() {
			g.wait() // it came before the order to hang was seen
		}
		return connection, nil
	}
}

func (g *gate) isHanging() bool {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	return g.hangs
}

func (g *gate) Close() error { return nil }

func (g *gate) Addr() net.Addr {
	address, _ := net.ResolveTCPAddr("tcp", g.address)
	return address
}

func (g *gate) refuse() error {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	if g.inner == nil {
		return nil
	}
	inner := g.inner
	g.inner = nil
	return inner.Close()
}

func (g *gate) hang() {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	g.hangs = true
}

func (g *gate) open() error {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	g.hangs = false
	if g.inner == nil {
		inner, err := net.Listen("tcp", g.address)
		if err != nil {
			return err
		}
		g.inner = inner
	}
	g.changed.Broadcast()
	return nil
}

type connectionKey struct{}

// connection is one of the client's, with its number.
type connection struct {
	number int
	tcp    *net.TCPConn
}

// close ends it with RST, or with FIN: what was sent before still arrives then.
func (c *connection) close(reset bool) {
	if !reset {
		c.tcp.CloseWrite()
		return
	}
	c.tcp.SetLinger(0)
	c.tcp.Close()
}

// connections are those that are open.
type connections struct {
	mutex sync.Mutex
	count int
	open  map[net.Conn]*connection
}

func newConnections() *connections { return &connections{open: map[net.Conn]*connection{}} }

func (c *connections) enter(ctx context.Context, tlsConnection net.Conn) context.Context {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.count++
	tcp := tlsConnection.(*tls.Conn).NetConn().(*net.TCPConn)
	entered := &connection{c.count, tcp}
	c.open[tlsConnection] = entered
	return context.WithValue(ctx, connectionKey{}, entered)
}

func (c *connections) changed(tlsConnection net.Conn, state http.ConnState) {
	if state == http.StateClosed || state == http.StateHijacked {
		c.mutex.Lock()
		defer c.mutex.Unlock()
		delete(c.open, tlsConnection)
	}
}

func (c *connections) closeAll(reset bool) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	for _, each := range c.open {
		each.close(reset)
	}
}

func connectionOf(r *http.Request) *connection {
	return r.Context().Value(connectionKey{}).(*connection)
}
