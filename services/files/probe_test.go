package files
import ("testing";"fmt";"strings";"time";"github.com/goccy/go-yaml/lexer";"github.com/goccy/go-yaml/parser")
func timed(name string, f func()) { t:=time.Now(); f(); fmt.Println(name, time.Since(t)) }
func TestProbe(t *testing.T) {
 for n, s := range map[string]string{
  "brackets": strings.Repeat("[", 20000), "braces": strings.Repeat("{a: ", 20000), "dashes": strings.Repeat("- ", 20000), "q": strings.Repeat("? ", 20000),
  "quotes": strings.Repeat("\"", 20000), "open": "\""+strings.Repeat("a\n", 20000),  "lit": "a: |\n"+strings.Repeat("  a\n", 20000),
  "colon": strings.Repeat("a: ", 20000), "hash": strings.Repeat("# a\n", 20000), "plain": "a: "+strings.Repeat("b\n  ", 20000), "nl": strings.Repeat("\n", 20000), "tag": strings.Repeat("!a ", 20000),
  "anch": strings.Repeat("&a ", 20000), "crlf": strings.Repeat("a: b\r\n", 20000), "keys": strings.Repeat("a: b\n", 20000), "list": strings.Repeat("- b\n", 20000), "flow": "["+strings.Repeat("a,", 20000)+"]", "spaces": strings.Repeat(" ", 20000)+"a", "long": "a: "+strings.Repeat("x", 20000),
  "indent": func() string { var b strings.Builder; for i:=0;i<500;i++ { b.WriteString(strings.Repeat(" ",i)+"a:\n") }; return b.String() }(),
 } {
  timed("lex "+n, func(){ lexer.Tokenize(s) })
  for k := 1; k <= 2; k++ { s2 := strings.Repeat(s, k); if strings.HasPrefix(n,"flow")||n=="indent"||n=="open"||n=="lit"||n=="plain" { s2 = s }
  timed(fmt.Sprint("parse ",n,k), func(){ defer func(){ if r:=recover(); r!=nil { fmt.Println("PANIC", n, r) } }(); _, err := parser.ParseBytes([]byte(s2), 0, parser.AllowDuplicateMapKey()); if err != nil { e:=err.Error(); if len(e)>100 {e=e[:100]}; fmt.Println(n, "ERR", e) } }) }
 }
}
