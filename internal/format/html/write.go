package html

// write.go is the way back of html.go: a Document as one self-contained page
// that a screen reader, a phone and a printer can all use. The page loads
// nothing and runs nothing.

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"golang.org/x/net/html"

	"juesuan/internal/document"
)

//go:embed page.css
var pageCSS string

// WriteOptions are what a page says about itself. The zero value is ready for
// use.
type WriteOptions struct {
	Title  string // of the window; "": the title of the document
	Author string // the unit that publishes; never a person
}

// Write writes doc as a web page in UTF-8. Headings keep their levels; the
// lines above a table become its caption; the Contents paragraph becomes the
// navigation, whose entries repeat the headings. Errors are those of w and of
// the context.
func Write(ctx context.Context, doc *document.Document, w io.Writer, opt WriteOptions) error {
	if len(doc.Blocks) == 0 {
		return errors.New("write html: document without blocks")
	}
	p := &page{doc: doc}
	if opt.Title == "" {
		opt.Title = titleOf(doc)
	}
	p.opening(opt)
	p.navigation()
	p.put(`<main id="main" tabindex="-1"><article>` + "\n")
	if err := p.blocks(ctx); err != nil {
		return fmt.Errorf("write html: %w", err)
	}
	p.put("</article></main>\n</body>\n</html>\n")
	if _, err := io.WriteString(w, p.b.String()); err != nil {
		return fmt.Errorf("write html: %w", err)
	}
	return nil
}

// titleOf joins the titles of the cover, else takes the first heading.
func titleOf(doc *document.Document) string {
	s := ""
	for _, b := range doc.Blocks {
		if b.Style == document.Title {
			s += b.Text.S
		} else if s != "" {
			break
		}
	}
	for _, b := range doc.Blocks {
		if s == "" && b.Kind == document.Heading {
			s = b.Text.S
		}
	}
	return strings.Join(strings.Fields(s), "")
}

// page is the state of one Write.
type page struct {
	doc   *document.Document
	b     strings.Builder
	wide  bool // inside the wrapper of landscape pages
	first bool // the next element begins a printed page
}

func (p *page) put(s ...string) {
	for _, x := range s {
		p.b.WriteString(x)
	}
}

func (p *page) opening(opt WriteOptions) {
	p.put("<!DOCTYPE html>\n", `<html lang="zh-CN">`, "\n<head>\n", `<meta charset="utf-8">`, "\n",
		`<meta name="viewport" content="width=device-width, initial-scale=1">`, "\n",
		`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">`, "\n",
		`<title>`, html.EscapeString(opt.Title), "</title>\n")
	if opt.Author != "" {
		p.put(`<meta name="author" content="`, html.EscapeString(opt.Author), "\">\n")
	}
	p.put(`<meta name="generator" content="juesuan">`, "\n<style>\n", pageCSS, "</style>\n</head>\n<body>\n",
		`<nav class="skip" aria-label="跳转"><a href="#main">跳到正文</a></nav>`, "\n")
}

// navigation lists the headings of the first two levels and the tables.
func (p *page) navigation() {
	var items []int
	for i, b := range p.doc.Blocks {
		if b.Kind == document.Heading && b.Style != document.Title && b.Level <= 2 || b.Kind == document.Paragraph && b.Style == document.Caption {
			items = append(items, i)
		}
	}
	if len(items) < 2 {
		return
	}
	p.put(`<nav class="toc" aria-labelledby="toc-name"><h2 id="toc-name">目录</h2>`, "\n<ul>\n")
	open := false // a list of second-level headings
	item := false // a first-level item
	for _, i := range items {
		b := &p.doc.Blocks[i]
		link := `<li><a href="#` + anchor(i) + `">` + html.EscapeString(oneLine(b.Text.S)) + `</a>`
		if b.Level != 1 && item {
			if !open {
				p.put("\n<ul>\n")
				open = true
			}
			p.put(link, "</li>\n")
			continue
		}
		if open {
			p.put("</ul>")
			open = false
		}
		if item {
			p.put("</li>\n")
		}
		p.put(link)
		item = true
	}
	if open {
		p.put("</ul>")
	}
	p.put("</li>\n</ul>\n</nav>\n")
}

func anchor(i int) string { return fmt.Sprintf("b%d", i+1) }

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// blocks writes the text.
func (p *page) blocks(ctx context.Context) error {
	for i := 0; i < len(p.doc.Blocks); i++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		b := &p.doc.Blocks[i]
		if wide := p.landscape(i); wide != p.wide {
			if p.wide {
				p.put("</div>\n")
			} else {
				p.put(`<div class="wide">`, "\n")
			}
			p.wide = wide
		}
		p.first = b.NewPage && i > 0 && !p.lone(i-1)
		if n := p.captionLines(i); n > 0 || b.Kind == document.TableBlock {
			if err := p.table(i, i+n); err != nil {
				return fmt.Errorf("block %d: %w", i+n+1, err)
			}
			i += n
			continue
		}
		switch {
		case b.Style == document.Contents && b.Kind == document.Paragraph:
		case b.Kind == document.PictureBlock:
			p.picture(i)
		case b.Kind == document.Heading:
			p.heading(i)
		default:
			p.paragraph(i)
		}
	}
	if p.wide {
		p.put("</div>\n")
		p.wide = false
	}
	return nil
}

// lone reports a heading with which a printed page begins and, but for the
// next block, would end.
func (p *page) lone(i int) bool {
	b := &p.doc.Blocks[i]
	return b.Kind == document.Heading && b.NewPage && i+1 < len(p.doc.Blocks) && (p.doc.Blocks[i+1].NewPage || p.doc.Blocks[i+1].Landscape != b.Landscape)
}

// landscape reports on what page block i stands: a lone heading goes with
// what follows it.
func (p *page) landscape(i int) bool {
	if p.lone(i) {
		i++
	}
	return p.doc.Blocks[i].Landscape
}

// captionLines counts the blocks from i on that are the caption of the table
// right behind them.
func (p *page) captionLines(i int) int {
	for n, b := range p.doc.Blocks[i:] {
		switch {
		case b.Kind == document.TableBlock:
			return n
		case b.Kind == document.PictureBlock, n > 0 && (b.NewPage || b.Landscape != p.wide):
			return 0
		case b.Style != document.Caption && b.Style != document.TableTag && b.Style != document.Unitline:
			return 0
		}
	}
	return 0
}

// class builds a class attribute; empty names are left out.
func class(names ...string) string {
	s := ""
	for _, n := range names {
		if n != "" {
			s += " " + n
		}
	}
	if s == "" {
		return ""
	}
	return ` class="` + s[1:] + `"`
}

// breaks is the class of an element that begins a printed page.
func (p *page) breaks() string {
	if p.first {
		p.first = false
		return "newpage"
	}
	return ""
}

func (p *page) heading(i int) {
	b := &p.doc.Blocks[i]
	level := fmt.Sprint(max(1, min(6, b.Level)))
	name := ""
	switch b.Style {
	case document.Title:
		name = "doctitle"
	case document.Caption:
		name = "sheetname"
	}
	p.put(`<h`, level, ` id="`, anchor(i), `"`, class(name, p.breaks()), `>`, text(b.Text.S), `</h`, level, ">\n")
}

// styleClass names the paragraphs that are no body text.
var styleClass = map[document.Style]string{
	document.Title: "doctitle", document.TableTag: "tag", document.Unitline: "unit", document.Caption: "sheetname",
	document.Note: "note", document.Flush: "flush",
}

func (p *page) paragraph(i int) {
	b := &p.doc.Blocks[i]
	attr := ""
	if b.Style == document.Title { // read out as what it is, yet a paragraph in the text
		attr = ` role="heading" aria-level="1"`
	}
	if b.Style == document.Caption {
		attr = ` id="` + anchor(i) + `"`
	}
	p.put(`<p`, class(styleClass[b.Style], p.breaks()), attr, `>`, parts(b), "</p>\n")
}

// parts splits a line of two halves so that they stand at both margins.
func parts(b *document.Block) string {
	l, r, ok := strings.Cut(b.Text.S, "\t")
	if b.Style != document.Unitline || !ok {
		return text(b.Text.S)
	}
	return `<span>` + text(l) + `</span> <span>` + text(r) + `</span>`
}

func text(s string) string {
	return strings.ReplaceAll(html.EscapeString(s), "\n", "<br>")
}

// prolog is what an SVG file has before its element.
var prolog = regexp.MustCompile(`(?s)^\s*(<\?xml.*?\?>)?\s*(<!DOCTYPE.*?>)?\s*`)

// picture puts a drawing into the page itself: as SVG where there is one.
func (p *page) picture(i int) {
	x := p.doc.Blocks[i].Picture
	if x == nil || len(x.SVG)+len(x.PNG) == 0 {
		return
	}
	p.put(`<figure`, class(p.breaks()), fmt.Sprintf(` style="max-width:%.0fpt">`, x.Width))
	if svg := prolog.ReplaceAll(x.SVG, nil); bytes.HasPrefix(svg, []byte("<svg")) {
		p.b.Write(svg)
	} else {
		p.put(`<img alt="`, html.EscapeString(x.Alt), `" src="data:image/png;base64,`, base64.StdEncoding.EncodeToString(x.PNG), `">`)
	}
	p.put("</figure>\n")
}
