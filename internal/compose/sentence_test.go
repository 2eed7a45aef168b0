package compose

import "testing"

// What the sentence around a user's words brings is not said twice.
func TestSentence(t *testing.T) {
	for in, want := range map[string]string{
		"用于巡河。":       "巡河",
		"主要用于：防汛值守":   "防汛值守",
		"主要原因是：人员增加。": "人员增加",
		"由于降雨增多":      "降雨增多",
		"水闸检修。堤防除草。":  "水闸检修；堤防除草",
		"  \n":        "",
		"日常用于接待的费用":   "日常用于接待的费用",
	} {
		if got := sentence(in); got != want {
			t.Errorf("sentence(%q) = %q, want %q", in, got, want)
		}
	}
}
