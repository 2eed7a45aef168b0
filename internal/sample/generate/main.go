// Command generate writes the bundled sample disclosure into a folder, clean
// and with planted errors, in every format. The PDFs are made by LibreOffice.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"juesuan/internal/document"
	"juesuan/internal/sample"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: generate DIR")
		os.Exit(2)
	}
	if err := generate(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func generate(dir string) error {
	demo, err := sample.Demo()
	if err != nil {
		return err
	}
	for name, d := range map[string]*document.Document{"clean": sample.Clean(), "demo": demo} {
		if err := write(dir, name, d); err != nil {
			return fmt.Errorf("write sample %s: %w", name, err)
		}
	}
	return nil
}

func write(dir, name string, d *document.Document) error {
	docx, err := sample.Word(d)
	if err != nil {
		return err
	}
	xlsx, err := sample.Workbook(d)
	if err != nil {
		return err
	}
	for path, data := range map[string][]byte{
		name + ".docx": docx,
		name + ".html": sample.HTML(d),
		filepath.Join(name+"-xlsx-txt", "决算表.xlsx"): xlsx,
		filepath.Join(name+"-xlsx-txt", "决算说明.txt"): sample.Text(d),
	} {
		full := filepath.Join(dir, path)
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(full, data, 0o644); err != nil {
			return err
		}
	}
	return pdf(dir, filepath.Join(dir, name+".docx"))
}

// pdf converts the Word file; a machine without LibreOffice keeps the old PDF.
func pdf(dir, docx string) error {
	office, err := exec.LookPath("soffice")
	if err != nil {
		fmt.Fprintln(os.Stderr, "generate: no LibreOffice: the PDF stays as it is:", docx)
		return nil
	}
	out, err := exec.Command(office, "--headless", "--convert-to", "pdf", "--outdir", dir, docx).CombinedOutput()
	if err != nil {
		return fmt.Errorf("convert %s: %w: %s", docx, err, out)
	}
	return nil
}
