package accounts

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"juesuan/internal/document"
)

// node is one value of a yaml or json file: numbers keep their digits, every
// value its line. The two languages are read into and written from it.
type node struct {
	kind nodeKind
	text string // of a scalar, numbers as written
	keys []key
	vals []*node // of a mapping, beside keys; of a list
	line int
}

type key struct {
	name string
	line int
}

type nodeKind int

const (
	null nodeKind = iota
	text
	number
	mapping
	sequence
)

func newMap() *node                 { return &node{kind: mapping} }
func newText(s string) *node        { return &node{kind: text, text: s} }
func newNumber(digits string) *node { return &node{kind: number, text: digits} }

// add puts a key at the end of a mapping; a nil value is left out.
func (n *node) add(name string, v *node) {
	if v == nil {
		return
	}
	n.keys = append(n.keys, key{name: name})
	n.vals = append(n.vals, v)
}

// texts makes a list of texts, nil when nothing is said of them: a list that
// is empty says that there are none.
func texts(list []string) *node {
	if list == nil {
		return nil
	}
	n := &node{kind: sequence}
	for _, s := range list {
		n.vals = append(n.vals, newText(s))
	}
	return n
}

// maxNesting bounds hostile files; a file of accounts nests six deep.
const maxNesting = 40

// parseTree reads a json file (one that begins with a brace) or a yaml file.
func parseTree(name string, data []byte) (*node, error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if bytes.HasPrefix(bytes.TrimSpace(data), []byte("{")) {
		return parseJSON(name, data)
	}
	return parseYAML(name, data)
}

func problem(name string, line int, format string, args ...any) error {
	e := &document.ReadError{File: name, Problem: fmt.Sprintf(format, args...)}
	if line > 0 {
		e.Place = fmt.Sprintf("第%d行", line)
	}
	return e
}

func parseJSON(name string, data []byte) (*node, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	r := &jsonReader{name: name, data: data, d: d, line: 1}
	n, err := r.value(0)
	if err != nil {
		return nil, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, problem(name, r.at(), "结尾有多余的内容")
	}
	return n, nil
}

type jsonReader struct {
	name string
	data []byte
	d    *json.Decoder
	off  int // up to here lines are counted
	line int
}

// at is the line of the token that was read last.
func (r *jsonReader) at() int {
	off := min(int(r.d.InputOffset()), len(r.data))
	r.line += bytes.Count(r.data[r.off:max(off, r.off)], []byte("\n"))
	r.off = max(off, r.off)
	return r.line
}

func (r *jsonReader) token() (json.Token, int, error) {
	t, err := r.d.Token()
	line := r.at()
	if err != nil {
		return nil, line, problem(r.name, line, "JSON 写法不对，检查这一行附近的逗号、引号和括号")
	}
	return t, line, nil
}

func (r *jsonReader) value(depth int) (*node, error) {
	t, line, err := r.token()
	if err != nil {
		return nil, err
	}
	if depth > maxNesting {
		return nil, problem(r.name, line, "层次太深")
	}
	switch v := t.(type) {
	case json.Delim:
		n := &node{kind: mapping, line: line}
		if v == '[' {
			n.kind = sequence
		}
		for r.d.More() {
			if n.kind == mapping {
				k, line, err := r.token()
				if err != nil {
					return nil, err
				}
				n.keys = append(n.keys, key{fmt.Sprint(k), line})
			}
			x, err := r.value(depth + 1)
			if err != nil {
				return nil, err
			}
			n.vals = append(n.vals, x)
		}
		if _, _, err := r.token(); err != nil { // the closing bracket
			return nil, err
		}
		return n, nil
	case json.Number:
		return &node{kind: number, text: v.String(), line: line}, nil
	case string:
		return &node{kind: text, text: v, line: line}, nil
	case bool:
		return &node{kind: text, text: fmt.Sprint(v), line: line}, nil
	}
	return &node{kind: null, line: line}, nil
}

func parseYAML(name string, data []byte) (*node, error) {
	f, err := parser.ParseBytes(data, 0)
	if err != nil {
		line := 0
		var at interface{ GetToken() *token.Token }
		if errors.As(err, &at) && at.GetToken() != nil {
			line = at.GetToken().Position.Line
		}
		if strings.Contains(err.Error(), "already defined") {
			return nil, problem(name, line, "这一行的名称在前面已经写过，重复了")
		}
		return nil, problem(name, line, "YAML 写法不对，检查这一行附近的缩进、冒号和引号")
	}
	var n *node
	for _, d := range f.Docs {
		if d.Body == nil || d.Body.Type() == ast.CommentGroupType {
			continue
		}
		if n != nil {
			return nil, problem(name, d.Body.GetToken().Position.Line, "只能有一个单位，另一个单位请另存一个文件")
		}
		if n, err = fromYAML(name, d.Body, 0); err != nil {
			return nil, err
		}
	}
	if n == nil {
		return nil, problem(name, 0, "文件是空的")
	}
	return n, nil
}

func fromYAML(name string, v ast.Node, depth int) (*node, error) {
	line := v.GetToken().Position.Line
	if depth > maxNesting {
		return nil, problem(name, line, "层次太深")
	}
	n := &node{line: line}
	switch v := v.(type) {
	case *ast.MappingNode:
		n.kind = mapping
		for _, p := range v.Values {
			if err := n.pair(name, p, depth); err != nil {
				return nil, err
			}
		}
	case *ast.MappingValueNode:
		n.kind = mapping
		if err := n.pair(name, v, depth); err != nil {
			return nil, err
		}
	case *ast.SequenceNode:
		n.kind = sequence
		for _, e := range v.Values {
			x, err := fromYAML(name, e, depth+1)
			if err != nil {
				return nil, err
			}
			n.vals = append(n.vals, x)
		}
	case *ast.IntegerNode, *ast.FloatNode:
		n.kind, n.text = number, v.GetToken().Value
	case *ast.StringNode:
		n.kind, n.text = text, v.Value
	case *ast.LiteralNode:
		n.kind, n.text = text, strings.TrimRight(v.Value.Value, "\n")
	case *ast.NullNode:
	case *ast.BoolNode:
		n.kind, n.text = text, v.GetToken().Value
	default:
		return nil, problem(name, line, "不支持这种写法：%s", v.GetToken().Value)
	}
	return n, nil
}

func (n *node) pair(name string, p *ast.MappingValueNode, depth int) error {
	k, ok := p.Key.(ast.Node)
	if !ok {
		return problem(name, n.line, "键的写法不对")
	}
	at := k.GetToken()
	v, err := fromYAML(name, p.Value, depth+1)
	if err != nil {
		return err
	}
	s := at.Value
	if str, ok := k.(*ast.StringNode); ok {
		s = str.Value
	}
	n.keys = append(n.keys, key{s, at.Position.Line})
	n.vals = append(n.vals, v)
	return nil
}

// yaml writes the node; the same node always gives the same bytes.
func (n *node) yaml() []byte {
	if len(n.vals) == 0 {
		return []byte("{}\n")
	}
	var b strings.Builder
	n.writeYAML(&b, "")
	return []byte(b.String())
}

func (n *node) writeYAML(b *strings.Builder, indent string) {
	for i, v := range n.vals {
		b.WriteString(indent)
		if n.kind == mapping {
			b.WriteString(yamlText(n.keys[i].name) + ":")
		} else {
			b.WriteString("-")
		}
		switch {
		case v.kind == number:
			b.WriteString(" " + v.text + "\n")
		case v.kind == text:
			b.WriteString(" " + yamlText(v.text) + "\n")
		case len(v.vals) == 0:
			b.WriteString(map[bool]string{true: " {}\n", false: " []\n"}[v.kind == mapping])
		case v.flat():
			b.WriteString(" {")
			for j, w := range v.vals {
				if j > 0 {
					b.WriteString(", ")
				}
				b.WriteString(yamlText(v.keys[j].name) + ": " + w.text)
			}
			b.WriteString("}\n")
		case n.kind == sequence:
			// The first key stands behind the dash.
			var inner strings.Builder
			v.writeYAML(&inner, indent+"  ")
			b.WriteString(" " + strings.TrimPrefix(inner.String(), indent+"  "))
		default:
			b.WriteString("\n")
			v.writeYAML(b, indent+"  ")
		}
	}
}

// flat reports a mapping of amounts: it is written on one line.
func (n *node) flat() bool {
	for _, v := range n.vals {
		if v.kind != number {
			return false
		}
	}
	return n.kind == mapping
}

// plain are texts that yaml reads back as they are without quotation marks.
var plain = regexp.MustCompile(`^\p{Han}[\p{Han}A-Za-z0-9（）《》“”，、。；—%.()]*$`)

func yamlText(s string) string {
	if plain.MatchString(s) {
		return s
	}
	return quoted(s)
}

// quoted is a json string without html escapes; yaml reads it, too.
func quoted(s string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // a string always encodes
	return strings.TrimSuffix(b.String(), "\n")
}

// json writes the node with two blanks a level; the same node always gives the same bytes.
func (n *node) json() []byte {
	var b strings.Builder
	n.writeJSON(&b, "")
	b.WriteString("\n")
	return []byte(b.String())
}

func (n *node) writeJSON(b *strings.Builder, indent string) {
	switch n.kind {
	case number:
		b.WriteString(n.text)
		return
	case text:
		b.WriteString(quoted(n.text))
		return
	case null:
		b.WriteString("null")
		return
	}
	open, end := "{", "}"
	if n.kind == sequence {
		open, end = "[", "]"
	}
	b.WriteString(open)
	flat := n.flat()
	for i, v := range n.vals {
		switch {
		case i > 0 && flat:
			b.WriteString(", ")
		case i > 0:
			b.WriteString(",")
		}
		if !flat {
			b.WriteString("\n" + indent + "  ")
		}
		if n.kind == mapping {
			b.WriteString(quoted(n.keys[i].name) + ": ")
		}
		v.writeJSON(b, indent+"  ")
	}
	if len(n.vals) > 0 && !flat {
		b.WriteString("\n" + indent)
	}
	b.WriteString(end)
}
