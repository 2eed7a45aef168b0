package project

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// writeAll writes dir/base.{kind} for every kind: first under temporary names,
// and when all of them are whole, under their own. It gives the names.
func writeAll(ctx context.Context, dir, base string, kinds []string, write func(kind string, w io.Writer) error) (names []string, err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("无法新建文件夹 %s：%w", dir, err)
	}
	var temps []string
	defer func() {
		for _, t := range temps {
			_ = os.Remove(t) // gone already when all went well
		}
	}()
	for _, k := range kinds {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("已中断，没有写出任何文件：%w", err)
		}
		name := filepath.Join(dir, base+"."+k)
		t, err := writeTemp(dir, k, write)
		if t != "" {
			temps = append(temps, t)
		}
		if err != nil {
			return nil, fmt.Errorf("写入 %s 失败：%w", name, err)
		}
		names = append(names, name)
	}
	for i, t := range temps {
		if err := os.Rename(t, names[i]); err != nil {
			return names[:i], fmt.Errorf("写入 %s 失败，文件可能正被别的程序打开：%w", names[i], err)
		}
	}
	return names, nil
}

// writeTemp writes one file under a hidden temporary name.
func writeTemp(dir, kind string, write func(kind string, w io.Writer) error) (name string, err error) {
	f, err := os.CreateTemp(dir, ".juesuan-*."+kind)
	if err != nil {
		return "", err
	}
	name = f.Name()
	if err = write(kind, f); err == nil {
		err = f.Chmod(0o644)
	}
	if e := f.Close(); err == nil {
		err = e
	}
	return name, err
}
