// Stands between a client and an API server, speaks HTTP/2 and TLS to both,
// keeps every byte that goes towards the client, and breaks what it is told to.
//
// It prints one JSON document a line: {"ready": …} with its addresses, then
// {"request": …}, {"head": …} and {"end": …} of each exchange, and {"done": …}
// for each command. Beneath -folder it keeps ca.crt, its own authority, and what
// went towards the client: N.head and N.body of exchange N, before it is sent.
//
// It takes one JSON command a line on standard input; see commands.go. It ends
// when that ends.
package main

import (
	"bufio"
	"crypto/tls"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"path/filepath"
)

// The API server's own limit of streams on a connection.
const mostStreams = 100

type ready struct {
	Address string `json:"address"`
	Webhook string `json:"webhook"`
}

func listen() net.Listener {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fail(err)
	}
	return listener
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "recording_proxy:", err)
	os.Exit(1)
}

func serve(server *http.Server, listener net.Listener, certificate tls.Certificate) {
	server.TLSConfig = &tls.Config{Certificates: []tls.Certificate{certificate}}
	server.ErrorLog = log.New(io.Discard, "", 0)
	go server.ServeTLS(listener, "", "")
}

func main() {
	upstream := flag.String("upstream", "", "address of the API server, host:port")
	authority := flag.String("upstream-ca", "", "file of the API server's CA")
	folder := flag.String("folder", "", "where to keep what goes towards the client")
	flag.Parse()

	certificate, pem, err := makeCertificate()
	if err != nil {
		fail(err)
	}
	if err := os.WriteFile(filepath.Join(*folder, "ca.crt"), pem, 0o644); err != nil {
		fail(err)
	}
	transport, err := upstreamTransport(*authority)
	if err != nil {
		fail(err)
	}
	out := &output{encoder: json.NewEncoder(os.Stdout)}
	hook := &webhook{out: out}
	hookListener := listen()
	serve(&http.Server{Handler: hook}, hookListener, certificate)

	gate := newGate(listen())
	p := &proxy{
		upstream: *upstream, transport: transport, recorder: &recorder{folder: *folder, out: out},
		faults: &faults{}, connections: newConnections(), exchanges: newExchanges(),
	}
	serve(&http.Server{
		Handler: p, ConnContext: p.connections.enter, ConnState: p.connections.changed,
		HTTP2: &http.HTTP2Config{MaxConcurrentStreams: mostStreams},
	}, gate, certificate)

	out.write("ready", ready{
		gate.Addr().String(), "https://" + hookListener.Addr().String() + "/"})
	commands := json.NewDecoder(bufio.NewReader(os.Stdin))
	for number := 1; ; number++ {
		var c command
		if err := commands.Decode(&c); err == io.EOF {
			return
		} else if err != nil {
			fail(err)
		}
		if err := c.run(p, gate, hook); err != nil {
			fail(err)
		}
		out.write("done", number)
	}
}
