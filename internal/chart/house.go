package chart

import (
	"sync"

	"juesuan/internal/typeface"
)

// house is the typeface of painted charts. It may be shared: painting keeps
// its own state.
var house = sync.OnceValues(func() (*Font, error) {
	return ParseFont(typeface.Text().Data(), typeface.Bold().Data())
})
