package views

import (
	"strconv"
	"strings"
)

func lines(list []string) string { return strings.Join(list, "\n") }

func rowsOf(list []string) string { return strconv.Itoa(len(list)) }
