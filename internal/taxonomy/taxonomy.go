// Package taxonomy holds what differs by year, province or template, as data:
// concepts and their aliases, table layouts, 科目 codes, section names, the
// words of the narrative, and the rules. The files are embedded; a user lays
// a directory of the same shape over them (--taxonomy DIR): an entry with the
// key of an embedded one replaces it, a new key is added.
package taxonomy

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"sort"
	"sync"

	"github.com/goccy/go-yaml"
)

//go:embed data
var embedded embed.FS

// Taxonomy is all the data, loaded and validated. It is read-only after Load
// and safe for concurrent use.
type Taxonomy struct {
	Concepts Concepts
	Layouts  Layouts
	Codes    Codes
	Sections Sections
	Phrases  Phrases
	Rules    Rules
	Duties   Duties
	Profile  Profile
	Residue  Residue
	Forms    Forms
	// Sentences word the narrative that internal/compose writes.
	Sentences Sentences
	// Template is the workbook that the clerk fills in.
	Template Template
}

// Load reads the embedded data and, when overlay is not "", the files of that
// directory over it. Errors are in Chinese and name file and line.
func Load(overlay string) (*Taxonomy, error) { return read(overlay, true) }

// LoadReading is Load without the forms, sentences and template that only
// writing needs. With an overlay it reads all, so that its errors show.
func LoadReading(overlay string) (*Taxonomy, error) { return read(overlay, overlay != "") }

func read(overlay string, all bool) (*Taxonomy, error) {
	src, err := newSource(overlay)
	if err != nil {
		return nil, err
	}
	t := &Taxonomy{}
	own := []func(*source) error{
		t.Concepts.load, t.Layouts.load, t.Codes.load,
		t.Sections.load, t.Phrases.load, t.Rules.load, t.Duties.load,
		t.Profile.load, t.Residue.load,
	}
	writing := []func(*source) error{ // these name concepts and columns
		t.loadForms, t.loadSentences, t.loadTemplate,
	}
	if err := together(src, own); err != nil {
		return nil, err
	}
	if all {
		if err := together(src, writing); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// together runs loaders that do not need each other at the same time, and
// gives the first error in their order.
func together(s *source, loaders []func(*source) error) error {
	errs := make([]error, len(loaders))
	var wait sync.WaitGroup
	for i, load := range loaders {
		wait.Go(func() { errs[i] = load(s) })
	}
	wait.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// source is the embedded tree and the overlay over it, in that order.
type source struct{ trees []tree }

type tree struct {
	fs.FS
	name string // for messages: "内置数据" or the overlay directory
}

func newSource(overlay string) (*source, error) {
	data, err := fs.Sub(embedded, "data")
	if err != nil {
		return nil, fmt.Errorf("open embedded data: %w", err)
	}
	s := &source{trees: []tree{{data, "内置数据"}}}
	if overlay == "" {
		return s, nil
	}
	if st, err := os.Stat(overlay); err != nil || !st.IsDir() {
		return nil, fmt.Errorf("--taxonomy %s：不是可读的目录", overlay)
	}
	s.trees = append(s.trees, tree{os.DirFS(overlay), overlay})
	return s, nil
}

// file is one data file of the source.
type file struct {
	name string // for messages
	data []byte
}

// files returns the files that match the glob, embedded ones first, by name.
func (s *source) files(glob string) ([]file, error) {
	var out []file
	for _, t := range s.trees {
		names, err := fs.Glob(t, glob)
		if err != nil {
			return nil, fmt.Errorf("list %s in %s: %w", glob, t.name, err)
		}
		sort.Strings(names)
		for _, n := range names {
			b, err := fs.ReadFile(t, n)
			if err != nil {
				return nil, fmt.Errorf("%s：读取失败：%w", path.Join(t.name, n), err)
			}
			out = append(out, file{path.Join(t.name, n), b})
		}
	}
	return out, nil
}

// decode reads one yaml file strictly: an unknown field is an error.
// The message carries the line and the lines around it.
func decode(f file, into any) error {
	if err := yaml.UnmarshalWithOptions(f.data, into, yaml.Strict()); err != nil {
		return fmt.Errorf("%s：%s", f.name, yaml.FormatError(err, false, true))
	}
	return nil
}

// merge reads every file of the glob as a list of entries; a later entry with
// the key of an earlier one replaces it. check may be nil.
func merge[T any](s *source, glob string, key func(T) string, check func(T) error) ([]T, error) {
	files, err := s.files(glob)
	if err != nil {
		return nil, err
	}
	var out []T
	at := map[string]int{}
	for _, f := range files {
		var list []T
		if err := decode(f, &list); err != nil {
			return nil, err
		}
		seen := map[string]bool{}
		for i, e := range list {
			k := key(e)
			if k == "" {
				return nil, fmt.Errorf("%s：第%d条没有名称", f.name, i+1)
			}
			if seen[k] {
				return nil, fmt.Errorf("%s：“%s”重复", f.name, k)
			}
			seen[k] = true
			if check != nil {
				if err := check(e); err != nil {
					return nil, fmt.Errorf("%s：“%s”：%w", f.name, k, err)
				}
			}
			if j, ok := at[k]; ok {
				out[j] = e
				continue
			}
			at[k] = len(out)
			out = append(out, e)
		}
	}
	if len(out) == 0 {
		return nil, errors.New(glob + "：没有数据")
	}
	return out, nil
}
