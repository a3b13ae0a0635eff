// Eleventy with JavaScript templates; the pages stand in pages/, lib.cjs holds their frame, atlas.cjs the join.
module.exports = function (config) {
  config.setUseGitIgnore(false);
  return { dir: { input: "pages" }, templateFormats: ["11ty.js"] };
};
