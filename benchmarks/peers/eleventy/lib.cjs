// The frame of every page, and what escapes text.
const nf = new Intl.NumberFormat("en-US"), num = v => nf.format(+v);
const RE = /[&<>"']/, MAP = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;" };
const h = v => { const s = typeof v === "string" ? v : String(v); return RE.test(s) ? s.replace(/[&<>"']/g, c => MAP[c]) : s; };
const J = v => JSON.stringify(v).replace(/</g, "\\u003c").replace(/>/g, "\\u003e").replace(/&/g, "\\u0026");
const SITEURL = "https://atlas.example.org";
let nav, navFor; const navOf = networks => { if (navFor !== networks) { navFor = networks; nav = `<nav class="site-nav" aria-label="Networks">
<ul>
${networks.map((n, i_, L_) => `<li><a href="/network/${h(n.id)}/">${h(n.name)}</a></li>
`).join("")}</ul>
</nav>
`; } return nav; };
const base = ({ title, description, head, content, networks, url }) => `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} | City Commitments Atlas</title>
<meta name="description" content="${description}">
<link rel="canonical" href="${h(SITEURL)}${h(url)}">
<meta property="og:type" content="website">
<meta property="og:site_name" content="City Commitments Atlas">
<meta property="og:url" content="${h(SITEURL)}${h(url)}">
<link rel="stylesheet" href="/theme/css/atlas.css">
<link rel="icon" href="/theme/icon.svg" type="image/svg+xml">
<link rel="alternate" type="application/geo+json" href="/cities.geojson" title="All cities (GeoJSON)">
${head}</head>
<body>
<a class="skip-link" href="#main">Skip to content</a>
<header class="site-header">
<p class="site-title"><a href="/">City Commitments Atlas</a></p>
<p class="site-tagline">Which city joined which network or charter, since when, and on what legal basis.</p>
${navOf(networks)}</header>
<main id="main">
${content}</main>
<footer class="site-footer">
<p>Data: <a href="/data/">open CSV files</a>, licensed CC BY 4.0. Every row cites a source; found an error? <a href="https://example.org/report">Report it</a>.</p>
<ul class="footer-links">
<li><a href="/about/">About this atlas</a></li>
<li><a href="/method/">Method and definitions</a></li>
<li><a href="/accessibility/">Accessibility statement</a></li>
<li><a href="/sitemap.xml">Sitemap</a></li>
</ul>
<p><small>City Commitments Atlas is built as a static site. No cookies, no trackers.</small></p>
</footer>
</body>
</html>
`;
module.exports = { num, h, J, SITEURL, base };
