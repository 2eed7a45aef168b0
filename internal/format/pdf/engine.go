package pdf

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// The engine: PDFium in WebAssembly, one fresh instance a file, its C functions
// called directly.

// engine is PDFium compiled to WebAssembly. go-pdfium builds the runtime and
// hands out fresh instances; the exported C functions are then called
// directly, because its Go API makes a dozen calls and a heap object for each
// character where two calls do.
type engine struct {
	pool pdfium.Pool
	mods *moduleCatcher
	mu   sync.Mutex // held while an instance starts, so that its module is the one caught
}

// shared is compiled once a process: 0.2 s from the cache on disk, seconds without it.
var shared = sync.OnceValues(newEngine)

func newEngine() (*engine, error) {
	dir, ok := cacheDir()
	if ok {
		// A damaged cache is made anew, a useless one (disk full, not ours) left out.
		for range 2 {
			if cache, err := wazero.NewCompilationCacheWithDir(dir); err == nil {
				if e, err := initEngine(cache); err == nil {
					return e, nil
				}
				_ = cache.Close(context.Background())
			}
			if os.RemoveAll(dir) != nil {
				break
			}
		}
	}
	return initEngine(nil)
}

func initEngine(cache wazero.CompilationCache) (*engine, error) {
	cfg := wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithMemoryLimitPages(maxWasmPages)
	if cache != nil {
		cfg = cfg.WithCompilationCache(cache)
	}
	catcher := &moduleCatcher{}
	pool, err := webassembly.Init(webassembly.Config{
		Context:       experimental.WithFunctionListenerFactory(context.Background(), catcher),
		MaxTotal:      64,
		MaxIdle:       0,
		FSConfig:      wazero.NewFSConfig().WithFSMount(oneFile{"usr/share/fonts/fallback.ttf", fallbackFont()}, "/"), // and none of our files
		RuntimeConfig: cfg,
		Stdout:        io.Discard,
		Stderr:        io.Discard,
	})
	if err != nil {
		return nil, fmt.Errorf("start the pdf engine: %w", err)
	}
	return &engine{pool: pool, mods: catcher}, nil
}

// maxWasmPages bounds the memory of one instance (64 KiB a page): 512 MiB, for
// the file and its pages one by one.
const maxWasmPages = 1 << 13

// cacheDir is where the compiled engine is kept between runs.
func cacheDir() (string, bool) {
	dir, err := os.UserCacheDir()
	return filepath.Join(dir, "juesuan", "engine"), err == nil
}

// moduleCatcher is a listener on one function that every instance calls once
// as it starts: the only public way to the module behind a go-pdfium instance.
type moduleCatcher struct{ last api.Module }

func (c *moduleCatcher) NewFunctionListener(def api.FunctionDefinition) experimental.FunctionListener {
	for _, n := range def.ExportNames() {
		if n == "FPDF_InitLibrary" {
			return c
		}
	}
	return nil
}

func (c *moduleCatcher) Before(_ context.Context, mod api.Module, _ api.FunctionDefinition, _ []uint64, _ experimental.StackIterator) {
	c.last = mod
}
func (c *moduleCatcher) After(context.Context, api.Module, api.FunctionDefinition, []uint64) {}
func (c *moduleCatcher) Abort(context.Context, api.Module, api.FunctionDefinition, error)    {}

// instance is one PDFium with its own memory. Not for concurrent use.
type instance struct {
	ctx     context.Context
	release func() error
	mod     api.Module
	mem     api.Memory
	fns     map[string]api.Function
	stack   [16]uint64
	scratch uint32 // 64 bytes of its memory for results
	err     error  // the first failed call; later calls do nothing
}

// start makes a fresh instance: a file that breaks it breaks no other.
func (e *engine) start(ctx context.Context) (*instance, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.mods.last = nil
	p, err := e.pool.GetInstanceWithContext(ctx)
	if err != nil {
		return nil, fmt.Errorf("start a pdf instance: %w", err)
	}
	mod := e.mods.last
	if mod == nil {
		_ = p.Close()
		return nil, errors.New("start a pdf instance: module not seen")
	}
	in := &instance{ctx: ctx, release: p.Close, mod: mod, mem: mod.Memory(), fns: map[string]api.Function{}}
	in.scratch = uint32(in.call("malloc", 64))
	if in.err != nil {
		in.close()
		return nil, in.err
	}
	return in, nil
}

func (in *instance) close() { _ = in.release() }

// fn looks a C function up once.
func (in *instance) fn(name string) api.Function {
	f, ok := in.fns[name]
	if !ok {
		f = in.mod.ExportedFunction(name)
		in.fns[name] = f
	}
	return f
}

func (in *instance) call(name string, args ...uint64) uint64 {
	return in.do(in.fn(name), args...)
}

// do calls f and returns its one result (0 after a failure, see err).
func (in *instance) do(f api.Function, args ...uint64) uint64 {
	if in.err != nil {
		return 0
	}
	if f == nil {
		in.err = errors.New("pdf engine lacks a function")
		return 0
	}
	copy(in.stack[:], args)
	if err := f.CallWithStack(in.ctx, in.stack[:]); err != nil {
		in.err = fmt.Errorf("pdf engine: %w", err)
		return 0
	}
	return in.stack[0]
}

func (in *instance) f32(off uint32) float64 {
	v, _ := in.mem.ReadFloat32Le(in.scratch + off)
	return float64(v)
}

func (in *instance) f64(off uint32) float64 {
	v, _ := in.mem.ReadFloat64Le(in.scratch + off)
	return v
}

func (in *instance) i32(off uint32) int32 {
	v, _ := in.mem.ReadUint32Le(in.scratch + off)
	return int32(v)
}

// Reasons FPDF_GetLastError gives (fpdfview.h).
const (
	errFormat   = 3
	errPassword = 4
	errSecurity = 5
)

// loadError is the code of a document that would not open.
type loadError int

func (e loadError) Error() string { return fmt.Sprintf("pdf engine: load document: error %d", int(e)) }

// load opens a document that the instance keeps until it is closed.
func (in *instance) load(data []byte) (doc uint64, pages int, err error) {
	p := in.call("malloc", uint64(len(data)))
	if in.err != nil || p == 0 || !in.mem.Write(uint32(p), data) {
		return 0, 0, errors.Join(errors.New("pdf engine: no memory for the file"), in.err)
	}
	doc = in.call("FPDF_LoadMemDocument", p, uint64(len(data)), 0)
	if in.err != nil {
		return 0, 0, in.err
	}
	if uint32(doc) == 0 {
		code := in.call("FPDF_GetLastError")
		return 0, 0, loadError(int32(code))
	}
	pages = int(int32(in.call("FPDF_GetPageCount", doc)))
	return doc, pages, in.err
}
