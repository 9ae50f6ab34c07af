// Package named has results with names.
package named

import "errors"

func counted() (first, total int, _ error) { return 1, 2, nil }

func closed(end func() error) (err error) {
	defer func() { err = errors.Join(err, end()) }()
	return nil
}

func shared(do func()) (n int, err error) { // want `a named error is for what defer does to it alone`
	do()
	n, _, err = counted()
	return n, err
}
