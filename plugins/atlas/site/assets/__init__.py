"""Assets: stylesheets, subset fonts, files from npm packages."""
