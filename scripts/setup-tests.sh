#!/bin/sh
# Installs the outside tools that some tests use, when that is possible (root
# and apt-get); says loudly what stays missing: those tests are skipped.
# With “report” it only says what was missing, for the end of a test run.
# In CI (CI or JUESUAN_CI set) a missing tool is a failure.
set -u

# tool=package[,package], one a line
tools="
pdftotext=poppler-utils
lowriter=libreoffice-writer,fonts-noto-cjk
localc=libreoffice-calc
"

missing() {
	for t in $tools; do
		command -v "${t%%=*}" >/dev/null 2>&1 || echo "$t"
	done
}

lack=$(missing)
if [ -n "$lack" ] && [ "${1:-}" != report ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
	packages=$(for t in $lack; do echo "${t#*=}"; done | tr ',' '\n' | sort -u)
	echo "安装测试工具：" $packages
	export DEBIAN_FRONTEND=noninteractive
	{ apt-get update -qq && apt-get install -y -qq --no-install-recommends $packages; } >/dev/null || echo "安装失败"
	lack=$(missing)
fi
[ -n "$lack" ] || exit 0

echo "################################################################"
for t in $lack; do
	echo "## 缺少 ${t%%=*}（软件包 ${t#*=}）：用到它的测试被跳过"
done
echo "################################################################"
case "${CI:-}${JUESUAN_CI:-}" in
"" | 0 | false) exit 0 ;;
esac
exit 1
