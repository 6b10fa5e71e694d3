#!/usr/bin/env bash
# Who may include whom. On Debian every header is within reach of every file, so the compiler would accept anything.
set -u
cd "$(dirname "$0")/.." || exit 2
faults=0

# refuse ROOM PATTERN [EXCEPT]: no file of the room includes what fits the pattern, but for files that fit EXCEPT.
refuse() {
  local room=$1 pattern=$2 except=${3:-'^$'}
  local found
  found=$(grep -rnE --include='*.cpp' --include='*.h' "^[[:space:]]*#[[:space:]]*include[[:space:]]*[<\"]($pattern)" "$room" 2>/dev/null | grep -vE "$except")
  if [ -n "$found" ]; then
    printf '%s may not include %s:\n%s\n' "$room" "$pattern" "$found"
    faults=1
  fi
}

refuse core 'Q[A-Za-z]+[>/]|Poco/|soci/|openssl/|sodium|app/|server/|tests/'
refuse app 'Poco/|soci/|server/|tests/'
refuse app 'QSql|sodium' '^app/vault/'
refuse server 'app/|tests/'
refuse server 'Q[A-Za-z]+[>/]' '^server/documents/'
refuse server 'soci/|sqlite3|libpq' '^server/store/'
refuse server 'Poco/Net/' '^server/(http|gateways)/'
# Poco's count of OpenSSL's users frees what the next one is making anew (1.11): threads may not come and go by it.
refuse server 'Poco/Crypto/'
refuse server/http 'server/(store|actions|jobs|documents|gateways)/'
refuse server/http 'server/(portale|operatori|partner|doors)/' '^server/http/routes\.cpp:'
refuse server/portale 'server/(operatori|partner|jobs|documents|doors/operatore)/?'
refuse server/operatori 'server/(portale|partner|jobs|documents|gateways)/'
refuse server/partner 'server/(portale|operatori|jobs|documents|gateways)/'
# A program logs in with every request: its door does it.
refuse server/doors 'server/(actions|portale|operatori|partner|jobs|documents|gateways)/' '^server/doors/partner\.cpp:.*actions/accesso_partner\.h'
refuse server/actions 'server/(http|portale|operatori|partner|jobs|documents|gateways|doors)/'
refuse server/store 'server/(http|actions|portale|operatori|partner|jobs|documents|gateways|doors|secrets)/|server/(context|rooms|config)'
refuse server/gateways 'server/(http|store|actions|portale|operatori|partner|jobs|documents|doors)/'
# Values in, values out: no socket, no table, no clock, no configuration; and who uses it sees no XML.
refuse server/gateways/saml 'Poco/|server/[a-z0-9_]+\.h|server/(firme|secrets|copie)/|server/gateways/[a-z0-9_]+\.h'
refuse server 'libxml/|xmlsec/|server/gateways/saml/(xml|firma_xml|trasporto|asserzione|codifica|openssl)\.h' '^server/gateways/saml/'
refuse server/documents 'server/(http|store|actions|portale|operatori|partner|jobs|gateways|doors)/'
refuse server/secrets 'server/(http|store|actions|portale|operatori|partner|jobs|documents|gateways|doors)/'
refuse server/copie 'server/(http|actions|portale|operatori|partner|jobs|documents|gateways|doors)/'
refuse server/jobs 'server/(portale|operatori|partner|doors)/|server/http/(server|router|routes|connection|form)'

# Every page escapes by context.
for template in $(find resources/templates tests/prova -name '*.html'); do
  head -n 1 "$template" | grep -q '^{{%AUTOESCAPE context="HTML"' || { echo "$template does not begin with AUTOESCAPE"; faults=1; }
done
exit $faults
