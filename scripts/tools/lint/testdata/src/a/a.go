// Package a has places that look at an error at once, and places that do not.
package a

import "errors"

func two() (int, error) { return 1, nil }

func one() error { return nil }

func use(int) {}

func good() error {
	n, err := two()
	if err != nil {
		return err
	}
	use(n)
	if n, err = two(); err == nil {
		use(n)
	}
	err = one()
	var wanted interface{ Timeout() bool }
	if errors.As(err, &wanted) {
		return nil
	}
	for range 2 {
		err = errors.Join(err, one())
		use(n)
	}
	_, _ = two()
	use(n)
	words := errors.New("words")
	use(n)
	if n > 7 {
		return words
	}
	if n > 1 {
		err = one()
	}
	return err
}

func late() error {
	n, err := two()
	use(n) // want `look at err first: the call in line 44 may have failed`
	if err != nil {
		return err
	}
	m, cause := two()
	n, err = two() // want `look at cause first`
	for range n {  // want `look at err first`
		use(m)
	}
	return errors.Join(err, cause)
}

func written() error {
	err := one()
	err = one() // want `look at err first`
	return err
}

func inside(do func(func() error) error) (int, error) {
	var n int
	err := do(func() error {
		m, err := two()
		n = m // want `look at err first`
		return err
	})
	return n, err
}

func between(n int) error {
	switch err := one(); n {
	case 1:
		err = one()
		use(n) // want `look at err first`
		return err
	default:
		return err
	}
}

func afterDeclaration() ([]int, error) {
	n, err := two()
	var all []int
	all = append(all, n) // want `look at err first`
	return all, err
}
