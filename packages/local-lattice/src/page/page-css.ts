// page-css.ts — how the page looks: light or dark as the reader's system is, from 360 pixels up.

const COLOURS = `
:root {
  --back: #f6f8fa; --panel: #ffffff; --text: #1b1f24; --dim: #57606a; --line: #d0d7de; --edge: #8c959f; --accent: #0550ae;
  --allowed: #116329; --allowed-back: #dafbe1; --denied: #a40e26; --denied-back: #ffe9e7;
  --refused: #7a4b00; --refused-back: #fff1c2; --stray: #424a53; --stray-back: #e7ebef;
}
@media (prefers-color-scheme: dark) {
  :root {
    --back: #0d1117; --panel: #161b22; --text: #e6edf3; --dim: #9da7b3; --line: #343b44; --edge: #6e7681; --accent: #79c0ff;
    --allowed: #7ee787; --allowed-back: #12291c; --denied: #ff9d96; --denied-back: #3a1618;
    --refused: #f2cc60; --refused-back: #332709; --stray: #b6c0cb; --stray-back: #262c34;
  }
}
`;

const FRAME = `
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html { color-scheme: light dark; }
body { margin: 0; background: var(--back); color: var(--text); font: 14px/1.5 system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 16px; padding: 12px 24px; border-bottom: 1px solid var(--line); background: var(--panel); }
header p { margin: 0; color: var(--dim); }
h1 { font-size: 18px; margin: 0; }
h2 { font-size: 15px; margin: 0; }
h3 { font-size: 14px; margin: 0 0 4px; }
h4 { font-size: 13px; margin: 12px 0 4px; }
#connection { margin-left: auto; }
#connection::before { content: ""; display: inline-block; width: 9px; height: 9px; margin-right: 6px; border-radius: 50%; background: var(--edge); }
#connection.live::before { background: var(--allowed); }
#connection.lost { color: var(--denied); }
#connection.lost::before { background: var(--denied); }
#problem { margin: 0; padding: 8px 24px; background: var(--denied-back); color: var(--denied); overflow-wrap: anywhere; white-space: pre-wrap; }
main { display: grid; gap: 16px; padding: 16px 24px 48px; max-width: 1560px; margin: 0 auto; }
main section { background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: 12px 16px; min-width: 0; }
.columns { display: grid; grid-template-columns: 300px minmax(0, 1fr); gap: 16px; align-items: start; }
.bar { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; margin-bottom: 8px; }
.bar p { margin: 0; color: var(--dim); }
.bar h2 { margin-right: auto; }
.empty { color: var(--dim); margin: 12px 0; }
.skip { position: absolute; left: -9999px; }
.skip:focus { left: 8px; top: 8px; z-index: 1; background: var(--panel); padding: 8px 12px; border-radius: 6px; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
a, summary { color: var(--accent); }
summary { cursor: pointer; border-radius: 4px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
button, select, input, textarea { font: inherit; color: inherit; background: var(--panel); border: 1px solid var(--edge); border-radius: 6px; padding: 5px 10px; min-height: 32px; max-width: 100%; }
button { cursor: pointer; }
button:hover { border-color: var(--accent); }
pre { margin: 4px 0; padding: 8px 10px; max-height: 360px; overflow: auto; background: var(--back); border: 1px solid var(--line); border-radius: 6px; font: 12px/1.45 ui-monospace, "DejaVu Sans Mono", monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
`;

const PICTURE = `
#picture { overflow: auto; max-height: min(72vh, 760px); margin: 8px 0; border-radius: 6px; }
#picture svg { display: block; width: 100%; height: auto; min-width: 980px; max-width: 1320px; margin: 0 auto; }
svg text { fill: var(--text); font: 12px system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
svg .head { fill: var(--dim); font-size: 12px; font-weight: 600; }
svg .name { font-size: 13px; font-weight: 600; }
svg .note { fill: var(--dim); font-size: 11px; }
svg .rule { font-size: 11.5px; }
.node { cursor: pointer; outline: none; }
.node .box { fill: var(--back); stroke: var(--edge); stroke-width: 1; }
.node.group .box { stroke-dasharray: none; rx: 14px; }
.node:hover .box { stroke: var(--accent); }
.node:focus-visible .box, .node[aria-pressed="true"] .box { stroke: var(--accent); stroke-width: 2.5; }
.badge rect { fill: var(--stray-back); }
.badge text { font-size: 10px; font-weight: 600; fill: var(--stray); }
.badge.guarded rect { fill: var(--allowed-back); }
.badge.guarded text { fill: var(--allowed); }
.badge.closed rect { fill: var(--denied-back); }
.badge.closed text { fill: var(--denied); }
.edge path { fill: none; stroke: var(--edge); stroke-width: 1.3; }
.edge.endpoint path { stroke-dasharray: 5 4; }
.edge text { font-size: 11px; font-weight: 600; fill: var(--text); paint-order: stroke; stroke: var(--panel); stroke-width: 4px; stroke-linejoin: round; }
.lit .edge { opacity: 0.25; }
.lit .node { opacity: 0.45; }
.lit .related { opacity: 1; }
.lit .edge.related path { stroke: var(--accent); stroke-width: 2; }
.flash-allowed .box { stroke: var(--allowed); stroke-width: 3; }
.flash-denied .box, .flash-refused .box { stroke: var(--denied); stroke-width: 3; }
.flash-stray .box { stroke: var(--refused); stroke-width: 3; }
.outline { columns: 320px; column-gap: 24px; }
.outline section { border: 0; padding: 4px 0; break-inside: avoid; background: none; }
.outline ul { margin: 0; padding-left: 18px; overflow-wrap: anywhere; }
`;

const TABLE = `
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
th { text-align: left; font-size: 12px; color: var(--dim); font-weight: 600; }
th, td { padding: 5px 8px; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
th:nth-child(1) { width: 122px; }
th:nth-child(2) { width: 15%; }
th:nth-child(3) { width: 9%; }
th:nth-child(4) { width: 11%; }
th:nth-child(6) { width: 64px; }
th:nth-child(7) { width: 25%; }
.clamp { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; overflow: hidden; }
tr.open .clamp { display: block; }
tr.open > td { border-bottom: 0; }
.time { white-space: nowrap; border: 0; padding: 0 2px; min-height: 24px; background: none; color: var(--accent); font-variant-numeric: tabular-nums; text-align: left; }
.time::before { content: "▸"; display: inline-block; width: 14px; }
.time[aria-expanded="true"]::before { content: "▾"; }
.status { display: inline-block; min-width: 40px; padding: 0 8px; border-radius: 10px; text-align: center; font-weight: 600; background: var(--stray-back); color: var(--stray); }
.status.allowed { background: var(--allowed-back); color: var(--allowed); }
.status.denied { background: var(--denied-back); color: var(--denied); }
.status.refused { background: var(--refused-back); color: var(--refused); }
.value { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: 12px; overflow-wrap: anywhere; white-space: pre-wrap; }
.detail td { background: var(--back); padding: 12px 16px; }
`;

const EXPLANATION = `
.explanation ul { margin: 2px 0; padding-left: 20px; }
.explanation p { margin: 4px 0; }
.explanation .tree, .explanation .tree ul, .explanation .misses { list-style: none; }
.explanation .tree, .explanation .misses { padding-left: 0; }
.explanation > details { margin-top: 8px; }
.tree li { margin: 2px 0; }
.tree summary { color: inherit; }
.leaf { padding-left: 15px; }
.mark.yes { color: var(--allowed); }
.mark.no { color: var(--denied); font-weight: 600; }
.mark.unsure { color: var(--refused); }
.mark.none { color: var(--dim); }
.place { color: var(--dim); font-size: 12px; }
.quote { border-left: 3px solid var(--edge); padding-left: 10px; overflow-wrap: anywhere; }
h3.allowed { color: var(--allowed); }
h3.denied { color: var(--denied); }
h3.refused { color: var(--refused); }
.misses > li { padding: 6px 10px; border: 1px solid var(--line); border-left: 3px solid var(--accent); border-radius: 4px; margin: 4px 0; background: var(--panel); }
.facts { margin: 2px 0 6px; display: grid; gap: 0; }
.facts div { display: grid; grid-template-columns: 112px minmax(0, 1fr); gap: 8px; }
.facts dt { color: var(--dim); }
.facts dd { margin: 0; overflow-wrap: anywhere; font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: 12px; line-height: 21px; }
.leaf .facts div { grid-template-columns: 60px minmax(0, 1fr); }
`;

const FORM = `
form { display: grid; grid-template-columns: 72px minmax(0, 1fr); gap: 8px; align-items: center; margin: 10px 0; }
form label { color: var(--dim); }
form select, form input, form textarea { width: 100%; }
form textarea { font: 12px/1.45 ui-monospace, "DejaVu Sans Mono", monospace; resize: vertical; }
form .more { grid-column: 1 / -1; }
form .more label { display: block; margin-top: 6px; }
form button { grid-column: 1 / -1; background: var(--accent); border-color: var(--accent); color: var(--panel); font-weight: 600; }
form button[aria-disabled] { opacity: 0.6; }
#try-answer p { margin: 4px 0; }
#try-answer p button { margin-left: 6px; }
#try-answer .problem { color: var(--denied); overflow-wrap: anywhere; }
`;

const NARROW = `
@media (max-width: 1080px) {
  .columns { grid-template-columns: minmax(0, 1fr); }
}
@media (max-width: 720px) {
  header { padding: 12px 16px; }
  #connection { margin-left: 0; }
  main { padding: 12px 8px 32px; gap: 12px; }
  main section { padding: 12px; }
  table, tbody { display: block; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tbody tr { display: flex; flex-wrap: wrap; gap: 0 10px; padding: 7px 0; border-bottom: 1px solid var(--line); }
  tbody td { border: 0; padding: 0; display: block; order: 2; }
  .cell-time { flex: 1 1 calc(100% - 90px); order: 0; }
  .cell-status { order: 1; }
  .cell-request, .cell-decided { flex: 1 1 100%; }
  .cell-caller::before, .cell-vpc::before, .cell-service::before { content: attr(data-label) " "; color: var(--dim); }
  tbody tr.detail { display: block; padding: 0; }
  .detail td { padding: 10px; }
  .explanation ul { padding-left: 14px; }
  .facts div { grid-template-columns: 86px minmax(0, 1fr); }
}
@media (prefers-reduced-motion: no-preference) {
  .node .box { transition: stroke 0.25s, stroke-width 0.25s; }
  .edge, .node { transition: opacity 0.15s; }
}
@media (forced-colors: active) {
  .status { border: 1px solid; }
}
`;

export const PAGE_CSS = [COLOURS, FRAME, PICTURE, TABLE, EXPLANATION, FORM, NARROW].join('');
