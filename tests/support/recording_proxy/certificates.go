package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"os"
	"time"
)

func template(name string, serial int64) *x509.Certificate {
	return &x509.Certificate{
		SerialNumber: big.NewInt(serial), Subject: pkix.Name{CommonName: name},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
		BasicConstraintsValid: true,
	}
}

// makeCertificate makes an authority for this run alone and a server's
// certificate of it; the second result is the authority's, as PEM.
func makeCertificate() (tls.Certificate, []byte, error) {
	none := tls.Certificate{}
	authorityKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return none, nil, err
	}
	authority := template("the recording proxy's authority", 1)
	authority.IsCA = true
	authority.KeyUsage = x509.KeyUsageCertSign
	authorityBytes, err := x509.CreateCertificate(
		rand.Reader, authority, authority, &authorityKey.PublicKey, authorityKey)
	if err != nil {
		return none, nil, err
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return none, nil, err
	}
	server := template("the recording proxy", 2)
	server.KeyUsage = x509.KeyUsageDigitalSignature
	server.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	server.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 1)}
	server.DNSNames = []string{"localhost", "api.cluster.test"}
	serverBytes, err := x509.CreateCertificate(
		rand.Reader, server, authority, &key.PublicKey, authorityKey)
	if err != nil {
		return none, nil, err
	}
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: authorityBytes})
	return tls.Certificate{Certificate: [][]byte{serverBytes}, PrivateKey: key}, text, nil
}

// upstreamTransport passes bodies on as they are: what the server compressed
// stays compressed.
func upstreamTransport(authority string) (*http.Transport, error) {
	text, err := os.ReadFile(authority)
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(text) {
		return nil, fmt.Errorf("%s: no certificate", authority)
	}
	return &http.Transport{
		TLSClientConfig: &tls.Config{RootCAs: pool}, ForceAttemptHTTP2: true,
		DisableCompression: true, Proxy: nil,
	}, nil
}
