package present

import (
	"encoding/json"
	"fmt"
	"io"

	"juesuan/internal/check"
	"juesuan/internal/disclosure"
)

// unreadable is the JSON form of a disclosure that could not be read.
type unreadable struct {
	File    string `json:"file"`
	Verdict string `json:"verdict"`
	Error   string `json:"error"`
}

// JSON writes one disclosure as an object, several as an array; the schema is
// docs/check.schema.json.
func JSON(w io.Writer, all []disclosure.Disclosure) error {
	list := make([]any, 0, len(all))
	for _, d := range all {
		if d.Err != nil {
			list = append(list, unreadable{d.Path, Unreadable, d.Err.Error()})
			continue
		}
		list = append(list, stable(*d.Result))
	}
	var v any = list
	if len(list) == 1 {
		v = list[0]
	}
	return encode(w, v)
}

// stable makes every list a list: readers of the JSON never meet null.
func stable(r check.Result) check.Result {
	r.Findings = append([]check.Finding{}, r.Findings...)
	r.Duties = append([]check.Duty{}, r.Duties...)
	for i := range r.Findings {
		r.Findings[i].Places = append([]check.Place{}, r.Findings[i].Places...)
	}
	return r
}

func encode(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return fmt.Errorf("write json: %w", err)
	}
	return nil
}
