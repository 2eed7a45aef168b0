package compose

import (
	"fmt"
	"strings"

	"juesuan/internal/accounts"
	"juesuan/internal/document"
	"juesuan/internal/taxonomy"
)

// Disclosure builds the whole document of a unit: cover, contents, profile,
// tables, narrative and terms, in the order of its form. What is missing or
// contradicts itself is an *IncompleteError that lists all of it, unless
// opt.Draft: then the document says 【待填：…】 where something is missing.
func Disclosure(a *accounts.Accounts, tax *taxonomy.Taxonomy, opt Options) (*document.Document, error) {
	b, missing, conflicts := accounts.Complete(a, tax)
	c := newComposer(b, tax)
	c.drawn = opt.Charts
	parts := c.parts()
	c.sums()
	missing, conflicts = append(missing, c.missing...), append(conflicts, c.conflicts...)
	if !opt.Draft && len(missing)+len(conflicts) > 0 {
		return nil, &IncompleteError{Unit: a.Unit, Missing: missing, Conflicts: conflicts}
	}
	d := &document.Document{Name: fmt.Sprintf("%s%d年度%s决算", a.Unit, a.Year, c.scope())}
	for i := range c.set.Cover {
		d.Blocks = append(d.Blocks, document.Block{Text: plain(c.text(c.set.Cover[i].Pieces, env{})), Style: document.Title})
	}
	d.Blocks = append(d.Blocks, document.Block{Text: plain("目录"), Style: document.Contents, NewPage: true})
	for _, p := range parts {
		d.Blocks = append(d.Blocks, p.blocks...)
		if !p.tables {
			continue
		}
		for _, t := range Tables(b, tax) {
			d.Blocks = append(d.Blocks, t.Blocks...)
		}
	}
	return d, nil
}

// glossary explains the terms that the text so far uses. The unit's own words
// for a term stand in place of the set's; its own terms follow.
func (c *composer) glossary() []document.Block {
	said := taxonomy.FoldName(c.said.String())
	own := map[string]string{}
	for _, t := range c.b.Glossary {
		own[t.Name] = strings.TrimSpace(t.Meaning)
	}
	type entry struct{ name, meaning string }
	var list []entry
	known := map[string]bool{}
	for i := range c.set.Terms {
		t := &c.set.Terms[i]
		known[t.Name] = true
		if !strings.Contains(said, taxonomy.FoldName(t.Name)) || len(t.When) > 0 && !c.holds(t.When, env{}) {
			continue
		}
		m := own[t.Name]
		if m == "" {
			m = c.text(t.Text.Pieces, env{})
		}
		list = append(list, entry{t.Name, m})
	}
	for _, t := range c.b.Glossary {
		if !known[t.Name] {
			list = append(list, entry{t.Name, own[t.Name]})
		}
	}
	var out []document.Block
	for i, t := range list {
		m := strings.TrimSuffix(t.meaning, "。") + "。"
		out = append(out, c.para(ordinal(i+1)+"、"+t.name+"："+m))
	}
	return out
}
