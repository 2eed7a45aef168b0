// Package html reads saved web pages, Excel's and Word's “save as web page”
// among them.
package html

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	netcharset "golang.org/x/net/html/charset"

	"juesuan/internal/document"
	"juesuan/internal/format/charset"
	"juesuan/internal/format/flow"
)

// Read makes a Document of a web page. Navigation and page furniture are left
// out (see furniture.go), tables that only lay out the page are unwrapped.
// Place.Para counts paragraphs and tables from 1. Errors are
// *document.ReadError, or wrap the context's error.
func Read(ctx context.Context, name string, data []byte, lim document.Limits) (doc *document.Document, err error) {
	if err := lim.Fits(name, int64(len(data))); err != nil {
		return nil, err
	}
	if ctx.Err() != nil {
		return nil, fmt.Errorf("read %s: %w", name, ctx.Err())
	}
	s, err := decode(data)
	if err != nil {
		return nil, &document.ReadError{File: name, Problem: "网页的文字编码无法识别",
			Remedy: "请用浏览器打开后另存为 UTF-8 编码的网页再试", Err: err}
	}
	root, err := html.Parse(strings.NewReader(s))
	if err != nil {
		return nil, &document.ReadError{File: name, Problem: "网页内容异常（元素嵌套太深），无法读取",
			Remedy: "请用浏览器打开后复制到 Word 文件再试", Err: err}
	}
	w := &walker{ctx: ctx, lim: lim, stats: map[*html.Node]stat{}, items: map[*html.Node]int{}}
	w.measure(root)
	w.total = w.stats[root].text
	w.node(root)
	w.flush()
	if w.err != nil {
		if ctx.Err() != nil {
			return nil, fmt.Errorf("read %s: %w", name, ctx.Err())
		}
		return nil, &document.ReadError{File: name, Problem: w.err.Error(), Remedy: "请拆分文件后重试"}
	}
	if len(w.blocks) == 0 {
		return nil, &document.ReadError{File: name, Problem: "网页里没有文字",
			Remedy: "网页内容可能由脚本载入，请用浏览器打开后复制到 Word 文件再试"}
	}
	for i := range w.blocks {
		number(&w.blocks[i], i+1)
	}
	return &document.Document{Name: name, Files: []document.File{{Name: name, Format: "html"}},
		Blocks: w.blocks, Warnings: w.warnings}, nil
}

// decode finds the encoding: what is valid UTF-8 is UTF-8, whatever the page
// declares; else the declaration counts, and GB18030 is the best guess.
func decode(data []byte) (string, error) {
	if !utf8.Valid(data) {
		if e, name, _ := netcharset.DetermineEncoding(data, ""); e != nil {
			switch name {
			case "gbk", "gb18030", "utf-8", "utf-16le", "utf-16be", "replacement", "windows-1252": // the last is its “don't know”
			default:
				if out, err := e.NewDecoder().Bytes(data); err == nil {
					return string(out), nil
				}
			}
		}
	}
	s, _, err := charset.Decode(data)
	return s, err
}

func number(b *document.Block, n int) {
	b.Place.Para = n
	if b.Table != nil {
		b.Table.Place = b.Place
		for i := range b.Table.Rows {
			for j := range b.Table.Rows[i] {
				b.Table.Rows[i][j].Place = document.Place{Para: n, Cell: fmt.Sprintf("r%dc%d", i+1, j+1)}
			}
		}
		return
	}
	for i := range b.Text.Spans {
		b.Text.Spans[i].Place = b.Place
	}
}

// walker gathers the blocks of a page, or of one cell.
type walker struct {
	ctx      context.Context
	lim      document.Limits
	stats    map[*html.Node]stat
	total    int // characters of the page outside links
	blocks   []document.Block
	buf      strings.Builder
	level    int // of the heading being read
	pre      int // inside pre
	cells    int
	nodes    int
	items    map[*html.Node]int // number of the last item of an ol
	warnings []document.Warning
	hidden   bool
	err      error
}

var block = map[atom.Atom]bool{
	atom.P: true, atom.Div: true, atom.Section: true, atom.Article: true, atom.Main: true, atom.Center: true,
	atom.Li: true, atom.Ul: true, atom.Ol: true, atom.Dl: true, atom.Dt: true, atom.Dd: true, atom.Blockquote: true,
	atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true, atom.Hr: true,
	atom.Header: true, atom.Footer: true, atom.Aside: true, atom.Form: true, atom.Fieldset: true, atom.Pre: true,
	atom.Address: true, atom.Figure: true, atom.Figcaption: true, atom.Body: true, atom.Html: true, atom.Caption: true,
	atom.Tr: true, atom.Td: true, atom.Th: true, atom.Tbody: true, atom.Thead: true, atom.Tfoot: true,
	atom.Details: true, atom.Summary: true, atom.Nav: true,
}

func (w *walker) node(n *html.Node) {
	if w.err != nil {
		return
	}
	if w.nodes++; w.nodes&0xfff == 0 && w.ctx.Err() != nil {
		w.err = w.ctx.Err()
		return
	}
	switch n.Type {
	case html.TextNode:
		w.text(n.Data)
		return
	case html.ElementNode, html.DocumentNode:
	default:
		return
	}
	if w.left(n) {
		return
	}
	switch n.DataAtom {
	case atom.Br:
		w.buf.WriteByte('\n')
		return
	case atom.Table:
		w.flush()
		w.table(n)
		return
	case atom.Pre:
		w.pre++
		defer func() { w.pre-- }()
	}
	if !block[n.DataAtom] {
		w.children(n)
		return
	}
	w.flush()
	old := w.level
	if len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] <= '6' {
		w.level = int(n.Data[1] - '0')
	}
	if n.DataAtom == atom.Li {
		w.buf.WriteString(w.listNumber(n))
	}
	w.children(n)
	w.flush()
	w.level = old
}

func (w *walker) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c)
	}
}

// text appends a text node; runs of blanks in the source are one blank.
func (w *walker) text(s string) {
	if w.pre > 0 {
		w.buf.WriteString(s)
		return
	}
	space := false
	for _, r := range s {
		switch r {
		case ' ', '\t', '\n', '\r', '\f':
			space = true
			continue
		}
		if space {
			w.blank()
			space = false
		}
		w.buf.WriteRune(r)
	}
	if space {
		w.blank()
	}
}

func (w *walker) blank() {
	if s := w.buf.String(); s != "" && !strings.HasSuffix(s, " ") && !strings.HasSuffix(s, "\n") {
		w.buf.WriteByte(' ')
	}
}

// flush closes the paragraph being gathered.
func (w *walker) flush() {
	s := w.buf.String()
	w.buf.Reset()
	for _, p := range flow.Split(s) {
		b := document.Block{Text: document.Plain(strings.ReplaceAll(p, "\u00a0", " "), document.Place{})}
		if w.level > 0 && utf8.RuneCountInString(p) <= 80 && !strings.Contains(p, "。") {
			b.Kind, b.Level = document.Heading, w.level
		}
		w.blocks = append(w.blocks, b)
	}
}

// listNumber gives the number a browser sets before an item of an ol.
func (w *walker) listNumber(n *html.Node) string {
	p := n.Parent
	if p == nil || p.DataAtom != atom.Ol {
		return ""
	}
	i, ok := w.items[p]
	if !ok {
		if v, err := strconv.Atoi(get(p, "start")); err == nil {
			i = v - 1
		}
	}
	i++
	if v, err := strconv.Atoi(get(n, "value")); err == nil {
		i = v
	}
	w.items[p] = i
	// Many pages have the number in the text too and hide the list's own.
	if flow.Numbered(flow.Trim(plain(n, 64))) || strings.Contains(get(p, "style"), "none") {
		return ""
	}
	return strconv.Itoa(i) + ". "
}

// plain gives the first max bytes or so of a node's text.
func plain(n *html.Node, max int) string {
	var b strings.Builder
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		for c := n.FirstChild; c != nil && b.Len() < max; c = c.NextSibling {
			walk(c)
		}
	}
	walk(n)
	return b.String()
}

func get(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

var hiddenStyle = regexp.MustCompile(`(?i)(display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)`)
