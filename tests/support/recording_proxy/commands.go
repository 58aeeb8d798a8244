package main

import "fmt"

// command is one line of standard input; each field that is there is done.
type command struct {
	Fault       *fault       `json:"fault"`       // from now on; see faults.go
	Mend        *string      `json:"mend"`        // takes the faults of a name away; "": all
	Order       *order       `json:"order"`       // to exchanges that are under way
	Connections string       `json:"connections"` // "close" or "reset" all that are open
	Listener    string       `json:"listener"`    // "refuse", "hang" or "open"
	Webhook     *webhookMode `json:"webhook"`
}

func (c *command) run(p *proxy, g *gate, hook *webhook) error {
	if c.Fault != nil {
		if err := p.faults.add(c.Fault); err != nil {
			return err
		}
	}
	if c.Mend != nil {
		p.faults.remove(*c.Mend)
	}
	if c.Order != nil {
		if err := p.exchanges.tell(*c.Order); err != nil {
			return err
		}
	}
	if c.Connections != "" {
		p.connections.closeAll(c.Connections == "reset")
	}
	if c.Webhook != nil {
		hook.set(*c.Webhook)
	}
	switch c.Listener {
	case "":
	case "refuse":
		return g.refuse()
	case "hang":
		g.hang()
	case "open":
		return g.open()
	default:
		return fmt.Errorf("no listener does %q", c.Listener)
	}
	return nil
}
