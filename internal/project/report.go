package project

import (
	"context"
	"fmt"
	"path/filepath"

	"juesuan/internal/compose"
	"juesuan/internal/disclosure"
	"juesuan/internal/document"
	"juesuan/internal/recognise"
	"juesuan/internal/report"
	"juesuan/internal/taxonomy"
)

// Report gives what a disclosure says: of a published file, folder or zip as
// it is read, of a project or its accounts as it would be built, with gaps
// marked.
func Report(ctx context.Context, path string, tax *taxonomy.Taxonomy) (*report.Report, error) {
	if !isAccounts(path) {
		d := disclosure.Read(ctx, path, tax)
		return d.Report, d.Err
	}
	p, err := Open(ctx, path, "", tax)
	if err != nil {
		return nil, err
	}
	doc, err := compose.Disclosure(p.Accounts, tax, compose.Options{Draft: true})
	if err != nil {
		return nil, fmt.Errorf("%s：%w", path, err)
	}
	doc.Name = path
	doc.Files = []document.File{{Name: path, Format: "docx"}}
	return recognise.Report(doc, tax), nil
}

// isAccounts tells what is to be built from what is published.
func isAccounts(path string) bool {
	if isDir(path) {
		return inputOf(path) != ""
	}
	switch ext(path) {
	case ".yaml", ".yml", ".json":
		return true
	}
	return filepath.Base(path) == TemplateName
}
