# juesuan: two commands do all set-up: `make demo` and `make test`.

export CGO_ENABLED ?= 0

GO        ?= go
PKG       ?= ./...
TESTFLAGS ?=
FUZZTIME  ?= 60s
BENCHTIME ?= 1x

# The version of the linter is pinned here and nowhere else.
GOLANGCI_VERSION := v2.15.0
GOLANGCI         := github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI_VERSION)

.PHONY: build test race lint bench fuzz demo sample clean help

help: ## 列出全部目标
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  \1\t/'

build: ## 编译出 bin/juesuan
	$(GO) build -trimpath -o bin/juesuan ./cmd/juesuan

test: ## go vet 和全部测试；测试要用的外部工具能装就装，不能装就跳过并说明
	@scripts/setup-tests.sh
	$(GO) vet $(PKG)
	$(GO) test $(TESTFLAGS) -timeout 20m $(PKG)
	@scripts/setup-tests.sh report

race: ## 用竞态检测器跑全部测试（需要 gcc）
	CGO_ENABLED=1 $(GO) test -race -short -timeout 30m $(PKG)

lint: ## golangci-lint
	@if golangci-lint version 2>/dev/null | grep -q '$(GOLANGCI_VERSION:v%=%)'; \
	then golangci-lint run ./...; else $(GO) run $(GOLANGCI) run ./...; fi

bench: ## 性能测试，数字记在 docs/benchmarks.md
	@scripts/setup-tests.sh
	$(GO) test -run '^$$' -bench . -benchmem -benchtime $(BENCHTIME) -timeout 30m $(PKG)

fuzz: ## 每个读取器的模糊测试各跑 $(FUZZTIME)
	GO=$(GO) scripts/fuzz.sh $(FUZZTIME)

demo: build ## 核对自带的样例（其中埋了几处错误）
	@bin/juesuan check samples/demo.docx; test $$? -eq 1 # the errors planted in it are found

sample: ## 重新生成 samples/（需要 LibreOffice）
	$(GO) run ./internal/sample/generate samples

clean:
	rm -rf bin
