package xlsx

import "testing"

func TestExactDisplay(t *testing.T) {
	for _, x := range []struct{ text, number, want string }{
		{"0.28", "0.285", "0.29"},
		{"0.29", "0.285", "0.29"},
		{"-1.00", "-1.005", "-1.01"},
		{"9.99", "9.995", "10.00"},
		{"1,999.99", "1999.995", "2,000.00"},
		{"999.99", "999.995", "1000.00"},
		{"0.28", "0.2849", "0.28"},
		{"0.28", "0.28501", "0.28"}, // not what excelize does with it
		{"12", "12.5", "13"},
		{"1.25%", "0.0125", "1.25%"},
		{"(0.28)", "-0.285", "(0.28)"},
		{"123456", "123456", "123456"},
		{"", "0.285", ""},
	} {
		if got := exactDisplay(x.text, x.number); got != x.want {
			t.Errorf("%s of %s: %s, want %s", x.text, x.number, got, x.want)
		}
	}
}

func TestResults(t *testing.T) {
	const in = `<c r="A1" s="1" t="str"><f>B1</f><v>0</v></c><c r="A2" t="str"><f>B2</f><v>1</v></c><c r="A3" t="str"><f>B3</f><v></v></c><c r="A4" t="str"><f>B4</f></c><c r="A5"><v>1</v></c><c r="A6" t="str"><f>1&lt;2</f><v>2</v></c>`
	const want = `<c r="A1" s="1"><f>B1</f><v>12.50</v></c><c r="A2" t="str"><f>B2</f><v>&lt;甲1</v></c><c r="A3" t="str"><f>B3</f><v></v></c><c r="A4" t="str"><f>B4</f></c><c r="A5"><v>1</v></c><c r="A6"><f>1&lt;2</f><v>-3</v></c>`
	if got := string(results([]byte(in), []string{"12.50", "<甲1", "-3"})); got != want {
		t.Error(got)
	}
}
