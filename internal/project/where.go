package project

import (
	"path/filepath"
	"slices"
	"strings"

	"juesuan/internal/accounts"
)

// settled leaves out the reasons while whole tables are missing: what changed
// is not known before, and would be told as a fall to nothing.
func settled(list []accounts.Missing) []accounts.Missing {
	if !slices.ContainsFunc(list, func(m accounts.Missing) bool { return m.Kind == "数额" && m.Key == accounts.Key{} }) {
		return list
	}
	return slices.DeleteFunc(slices.Clone(list), func(m accounts.Missing) bool { return m.Kind == "原因" })
}

// located says for accounts in yaml or json where in that file each missing
// thing belongs; the template's own places stand otherwise.
func (p *Project) located(list []accounts.Missing) []accounts.Missing {
	switch ext(p.Input) {
	case ".yaml", ".yml", ".json":
	default:
		return list
	}
	out := make([]accounts.Missing, len(list))
	for i, m := range list {
		out[i] = m
		if keys := yamlKeys(m); keys != nil {
			out[i].Where = filepath.Base(p.Input) + "的“" + keys[0] + "”" + strings.Join(append([]string{""}, keys[1:]...), " → ")
		}
	}
	return out
}

// yamlKeys is the way to a missing thing in the file, nil when it has no key
// of its own.
func yamlKeys(m accounts.Missing) []string {
	switch m.Kind {
	case "数额", "原因":
		if m.Key.Concept == "" {
			return nil
		}
		keys := []string{map[string]string{"数额": "数值", "原因": "原因"}[m.Kind], m.Key.Concept, m.Key.Period}
		if m.Key.Func != "" {
			keys = append(keys, m.Key.Func)
		}
		return keys
	}
	if note, ok := strings.CutSuffix(m.What, "的文字说明"); ok {
		return []string{"文字", note}
	}
	if m.Key.Func != "" && strings.HasSuffix(m.What, "的主要用途") {
		return []string{"主要用途", m.Key.Func}
	}
	return map[string][]string{"主要职能": {"职能"}, "内设机构": {"内设机构"}, "单位名称": {"单位"}}[m.What]
}
