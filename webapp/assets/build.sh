#!/bin/sh
# Rebuilds webapp/static/vendor, tests/browser/vendor and the fonts of the report. Needs Node 20.
set -eu
cd "$(dirname "$0")"
vendor=../static/vendor
tests=../../tests/browser/vendor

npm ci --ignore-scripts --no-audit --no-fund
mkdir -p "$vendor" "$tests"

npx esbuild network.js --bundle --minify --format=esm --target=es2022 \
  --legal-comments=linked --outfile="$vendor/vis-network.js"

npx esbuild editor.js --bundle --minify --format=esm --target=es2022 \
  --legal-comments=linked --outfile="$vendor/codemirror.js"
npx esbuild map.js --bundle --minify --format=esm --target=es2022 \
  --legal-comments=linked --outfile="$vendor/leaflet.js"
# Pictures of the layer control and of markers are not used.
sed 's/url([^)]*)/none/g' node_modules/leaflet/dist/leaflet.css > "$vendor/leaflet.css"
cp node_modules/leaflet/LICENSE "$vendor/leaflet.LICENSE.txt"
node world.mjs "$vendor/world.json"
cp node_modules/world-atlas/LICENSE "$vendor/world-atlas.LICENSE.txt"

for subset in cyrillic cyrillic-ext latin latin-ext; do
  cp "node_modules/@fontsource-variable/sofia-sans/files/sofia-sans-$subset-wght-normal.woff2" \
    "$vendor/"
done
cp node_modules/@fontsource-variable/sofia-sans/LICENSE "$vendor/sofia-sans.LICENSE.txt"
# The PDF report takes its fonts from these, the map the widths of its letters; needs Python with fonttools and brotli.
"${PYTHON:-python3}" fonts.py
"${PYTHON:-python3}" widths.py

cp node_modules/axe-core/axe.min.js node_modules/axe-core/LICENSE "$tests/"
mv "$tests/LICENSE" "$tests/axe-core.LICENSE.txt"

for package in autocomplete commands language legacy-modes lint state view; do
  version=$(node -p "require('./node_modules/@codemirror/$package/package.json').version")
  printf '\n==== @codemirror/%s %s, MIT ====\n\n' "$package" "$version"
  cat "node_modules/@codemirror/$package/LICENSE"
done > "$vendor/codemirror.LICENSES.txt"
for package in @lezer/common @lezer/highlight @lezer/lr @marijn/find-cluster-break crelt style-mod w3c-keyname; do
  version=$(node -p "require('./node_modules/$package/package.json').version")
  printf '\n==== %s %s, MIT ====\n\n' "$package" "$version"
  cat "node_modules/$package/LICENSE"
done >> "$vendor/codemirror.LICENSES.txt"

for package in vis-network vis-data vis-util keycharm component-emitter uuid @egjs/hammerjs; do
  version=$(node -p "require('./node_modules/$package/package.json').version")
  licence=$(node -p "require('./node_modules/$package/package.json').license")
  printf '\n==== %s %s, %s ====\n\n' "$package" "$version" "$licence"
  cat "node_modules/$package"/LICENSE-MIT* "node_modules/$package"/LICENSE \
    "node_modules/$package"/LICENSE.md 2>/dev/null || true
done > "$vendor/vis-network.LICENSES.txt"
