package taxonomy

import "testing"

// Every residue pattern carries its own examples: they are the test.
func TestResidueExamples(t *testing.T) {
	s, err := newSource("")
	if err != nil {
		t.Fatal(err)
	}
	var x Residue
	if err := x.load(s); err != nil {
		t.Fatal(err)
	}
	for _, p := range x.All() {
		for _, e := range p.Pass {
			if hits := p.Find(e); len(hits) > 0 {
				t.Errorf("%s: hit %q in %q", p.ID, e[hits[0][0]:hits[0][1]], e)
			}
		}
		for _, e := range p.Fail {
			if len(p.Find(e)) == 0 {
				t.Errorf("%s: no hit in %q", p.ID, e)
			}
		}
	}
}

func TestUnitName(t *testing.T) {
	s, err := newSource("")
	if err != nil {
		t.Fatal(err)
	}
	var p Profile
	if err := p.load(s); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		in, name string
		ok       bool
	}{
		{"江北市交通运输局", "江北市交通运输局", true},
		{"江北市卫生健康委员会(汇总)", "江北市卫生健康委员会", true},
		{"江北市交通运输局(部门)(本级)", "江北市交通运输局", true},
		{"江北市", "", false},
		{"部门", "", false},
		{"关于江北市交通运输局", "江北市交通运输局", true},
		{"部门决算江北市交通运输局", "", false},
		{"江北市2024年", "江北市2024年", false},
		{"江北市(交通运输局", "", false},
	} {
		name, ok := p.UnitName(c.in)
		if ok != c.ok || (ok && name != c.name) {
			t.Errorf("UnitName(%q) = %q, %v; want %q, %v", c.in, name, ok, c.name, c.ok)
		}
	}
}
