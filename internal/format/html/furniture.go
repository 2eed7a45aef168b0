package html

// furniture.go tells the content of a page from what stands around it. Text
// is dropped only where the mark-up leaves no doubt: content lost is worse
// than a menu kept.

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"juesuan/internal/document"
)

// stat counts the characters of an element outside and inside links.
type stat struct{ text, link, links int }

func (w *walker) measure(n *html.Node) stat {
	var s stat
	switch {
	case n.Type == html.TextNode:
		s.text = len(strings.Join(strings.Fields(n.Data), ""))
	case n.Type == html.ElementNode && silent[n.DataAtom]:
		return s
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		x := w.measure(c)
		s.text += x.text
		s.link += x.link
		s.links += x.links
	}
	if n.DataAtom == atom.A && get(n, "href") != "" {
		s = stat{link: s.text + s.link, links: s.links + 1}
	}
	if n.Type != html.TextNode {
		w.stats[n] = s
	}
	return s
}

// silent elements show no text of the page.
var silent = map[atom.Atom]bool{
	atom.Head: true, atom.Title: true, atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true, atom.Iframe: true,
	atom.Select: true, atom.Button: true, atom.Svg: true, atom.Textarea: true, atom.Object: true, atom.Canvas: true,
	atom.Audio: true, atom.Video: true, atom.Datalist: true, atom.Input: true,
}

// furnitureName is how pages name their menus, path lines and imprints.
var furnitureName = regexp.MustCompile(`(?i)(^|[\s_-])(nav|navbox|navbar|menu|menus|foot|footer|header|head|top|topbox|topbar|breadcrumb|crumb|crumbs|position|share|bshare\w*|copyright|sidebar|toolbar|search\w*|login|qrcode|links?|friendlink)([\s_-]|$)`)

// left reports whether an element is left out.
func (w *walker) left(n *html.Node) bool {
	if silent[n.DataAtom] {
		return true
	}
	s := w.stats[n]
	for _, a := range n.Attr {
		if a.Key == "hidden" && n.DataAtom != atom.Td || a.Key == "style" && hiddenStyle.MatchString(a.Val) {
			if s.text > 0 && !w.hidden {
				w.hidden = true
				w.warnings = append(w.warnings, document.Warning{Message: "网页中有不显示的文字，已忽略"})
			}
			return true
		}
	}
	if s.text*3 > w.total { // holds the content, whatever its name
		return false
	}
	switch n.DataAtom {
	case atom.Nav, atom.Footer:
		return true
	case atom.Div, atom.Ul, atom.Section, atom.Header, atom.Aside, atom.Dl, atom.Form:
	default:
		return false
	}
	// A list of links is a menu; attachments stand in the content, in paragraphs.
	if s.links >= 4 && s.link > 3*s.text {
		return true
	}
	return furnitureName.MatchString(get(n, "class")+" "+get(n, "id")) && s.text < 600 && !hasTable(n)
}

func hasTable(n *html.Node) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == atom.Table || hasTable(c) {
			return true
		}
	}
	return false
}
