package main

import (
	"net/http"
	"regexp"
	"sync"
)

// order changes exchanges that are under way.
type order struct {
	Target string `json:"target"` // a regular expression on PATH?QUERY
	Inject []byte `json:"inject"` // sent as a part of the body
	Hold   bool   `json:"hold"`   // nothing passes any more, and nothing ends
	Finish bool   `json:"finish"` // the body ends here, as if it were all
}

// exchanges are those that are under way.
type exchanges struct {
	mutex   sync.Mutex
	running map[chan order]string
}

func newExchanges() *exchanges { return &exchanges{running: map[chan order]string{}} }

func (e *exchanges) enter(r *http.Request) chan order {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	orders := make(chan order, 16)
	e.running[orders] = r.URL.RequestURI()
	return orders
}

func (e *exchanges) leave(orders chan order) {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	delete(e.running, orders)
}

// tell gives an order to all that it matches.
func (e *exchanges) tell(given order) error {
	pattern, err := regexp.Compile(given.Target)
	if err != nil {
		return err
	}
	e.mutex.Lock()
	defer e.mutex.Unlock()
	for orders, target := range e.running {
		if pattern.MatchString(target) {
			orders <- given
		}
	}
	return nil
}
