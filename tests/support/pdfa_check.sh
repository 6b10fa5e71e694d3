#!/bin/sh
# Checks files against PDF/A-1b with PDFBox Preflight: pdfa_check.sh FILE...
# Exit 0 only if all are valid; errors are printed. Debian packages:
# libpdfbox2-java libjaxb-api-java libjakarta-activation-java libbcprov-java, and a JDK (single-file source launch).
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
jars=/usr/share/java
path=
for jar in pdfbox2 preflight xmpbox fontbox2 commons-logging jaxb-api javax.activation bcprov; do
    if [ ! -e "$jars/$jar.jar" ]; then
        echo "pdfa_check: missing $jars/$jar.jar" >&2
        exit 2
    fi
    path="$path:$jars/$jar.jar"
done

exec java -Xshare:auto -XX:TieredStopAtLevel=1 -Djava.util.logging.config.file=/dev/null \
    -cp "${path#:}" "$here/pdf_check/PdfaCheck.java" "$@"
