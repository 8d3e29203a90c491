#!/bin/sh
# Holds the browser's own modules: their types, and what of them needs no browser.
set -eu
cd "$(dirname "$0")/../.."
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  echo "Node.js or npm is not here: types and tests of webapp/static/js were NOT checked."
  exit 0
fi
wanted=$(node -p 'require("./package.json").devDependencies.typescript')
have=$(node -p 'require("./node_modules/typescript/package.json").version' 2>/dev/null || true)
# Versions are pinned in package.json; a lock file would name the registry it was made with.
[ "$have" = "$wanted" ] || npm install --no-package-lock --no-save --ignore-scripts --no-audit --no-fund
node_modules/.bin/tsc -p jsconfig.json
node_modules/.bin/tsc -p tests/js/jsconfig.json
node --test tests/js/*.test.js >node_modules/.tests 2>&1 || { cat node_modules/.tests; exit 1; }
grep -E '^(#|ℹ) (pass|fail)' node_modules/.tests
