import { drawingStyle, fonts, variables } from '../svg-style';

const ui = {
  light:
    '--bar:#ffffff;--edge:#d1d9e0;--hover:#eef1f4;--accent:#1f2328;--accent-soft:#eef1f4;--code:#f6f8fa;--shadow:0 8px 24px #1f232826',
  dark: '--bar:#161b22;--edge:#30363d;--hover:#21262d;--accent:#e6edf3;--accent-soft:#272e37;--code:#0d1117;--shadow:0 8px 24px #01040999',
} as const;

/** The style of the page, both themes: the reader's own unless the button says another. */
export const pageStyle = `
:root { color-scheme: light; ${variables('light')}; ${ui.light} }
@media (prefers-color-scheme: dark) { :root:not([data-theme=light]) { color-scheme: dark; ${variables('dark')}; ${ui.dark} } }
:root[data-theme=dark] { color-scheme: dark; ${variables('dark')}; ${ui.dark} }
* { box-sizing: border-box }
html, body { height: 100%; margin: 0 }
body { display: flex; flex-direction: column; background: var(--ground); color: var(--ink); font: 13.5px/1.45 ${fonts.sans}; overflow: hidden }
button, input, select { font: inherit; color: inherit }
::placeholder { color: var(--soft); opacity: 1 }
:focus { outline: none }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }

.top { display: flex; align-items: center; gap: 8px 14px; flex-wrap: wrap; padding: 8px 14px; background: var(--bar); border-bottom: 1px solid var(--edge); z-index: 2 }
.top h1 { font-size: 14px; font-weight: 600; margin: 0; max-width: 26ch; overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
.tabs { display: flex; gap: 2px; padding: 2px; border-radius: 8px; background: var(--ground); border: 1px solid var(--edge) }
.tabs button { border: 0; background: none; padding: 4px 12px; border-radius: 6px; cursor: pointer; color: var(--soft) }
.tabs button:hover { color: var(--ink) }
.tabs button[aria-selected=true] { background: var(--bar); color: var(--ink); font-weight: 600; box-shadow: 0 0 0 1px var(--edge) }
.grow { flex: 1 1 0 }
.field { position: relative }
.field input, select { height: 30px; padding: 0 10px; border: 1px solid var(--edge); border-radius: 6px; background: var(--ground) }
.field input { width: 250px }
select { max-width: 190px; cursor: pointer }
.results { position: absolute; top: 36px; left: 0; width: 430px; max-width: 90vw; max-height: 60vh; overflow: auto; margin: 0; padding: 4px; list-style: none; background: var(--bar); border: 1px solid var(--edge); border-radius: 8px; box-shadow: var(--shadow); z-index: 5 }
.results li { display: flex; gap: 8px; align-items: baseline; padding: 5px 8px; border-radius: 5px; cursor: pointer }
.results li[aria-selected=true] { background: var(--accent-soft) }
.results .what { color: var(--soft); font-size: 11.5px; white-space: nowrap }
.results .name { font-family: ${fonts.mono}; font-size: 12px; overflow-wrap: anywhere; flex: 1 }
.results .none { color: var(--soft); cursor: default }
.tools { display: flex; gap: 4px }
.corner { position: absolute; right: 12px; bottom: 12px; display: flex; gap: 8px; align-items: center }
.tools button, .panel .close { display: grid; place-items: center; min-width: 30px; height: 30px; padding: 0 8px; border: 1px solid var(--edge); border-radius: 6px; background: var(--bar); cursor: pointer }
.tools button:hover, .panel .close:hover { background: var(--hover) }

.main { flex: 1; display: flex; min-height: 0 }
.stage { position: relative; flex: 1; min-width: 0; overflow: hidden; cursor: grab; touch-action: none; user-select: none }
.stage:active { cursor: grabbing }
.stage:focus-visible { outline-offset: -3px }
.stage canvas, .stage svg { position: absolute; inset: 0; width: 100%; height: 100% }
.stage svg { pointer-events: none }
.stage .card { pointer-events: auto; cursor: pointer }
.card:hover rect.body { stroke-width: 2 }
.card:focus-visible { outline: none }
.card:focus-visible rect.body { stroke: var(--accent); stroke-width: 3 }
.card.chosen rect.body { stroke-width: 2.6; fill: var(--accent-soft) }
.dim { opacity: .22 }
.edge.lit path { stroke: var(--accent); stroke-width: 2 }
.badge circle { fill: var(--warn) }
.badge.error circle { fill: var(--bad) }
.card .badge text { font: 700 10px ${fonts.sans}; fill: var(--card); text-anchor: middle }
.legend { position: absolute; left: 12px; bottom: 12px; max-width: calc(100% - 310px); padding: 6px 11px; background: var(--bar); border: 1px solid var(--edge); border-radius: 8px; font-size: 11.5px; color: var(--soft); cursor: default }
.legend summary { display: none; cursor: pointer }
.legend ul { display: flex; flex-wrap: wrap; gap: 4px 14px; margin: 0; padding: 0; list-style: none }
.legend li { display: flex; align-items: center; gap: 6px }
.legend svg { position: static; width: 14px; height: 14px }
.legend path { fill: none; stroke: var(--k); stroke-width: 1.4; stroke-linecap: round; stroke-linejoin: round }
.legend .line { width: 22px }
.legend .line path { stroke: var(--line) }
.status { padding: 6px 11px; background: var(--bar); border: 1px solid var(--edge); border-radius: 8px; font-size: 11.5px; color: var(--soft); font-variant-numeric: tabular-nums }
[hidden] { display: none !important }
.empty { position: absolute; inset: 0; display: grid; place-items: center; padding: 20px; text-align: center; color: var(--soft) }

.panel { width: min(440px, 45vw); display: flex; flex-direction: column; background: var(--bar); border-left: 1px solid var(--edge); overflow: auto }
.panel header { position: sticky; top: 0; display: flex; gap: 10px; align-items: flex-start; padding: 14px 16px 12px; background: var(--bar); border-bottom: 1px solid var(--edge) }
.panel header > div { flex: 1; min-width: 0 }
.panel .caption { font-size: 11.5px; font-weight: 600; color: var(--k) }
.panel h2 { margin: 2px 0 0; font: 600 14px/1.35 ${fonts.mono}; overflow-wrap: anywhere }
.panel section { padding: 12px 16px; border-bottom: 1px solid var(--edge) }
.panel h3 { margin: 0 0 6px; font-size: 11.5px; font-weight: 600; color: var(--soft) }
.panel p { margin: 0 0 4px; overflow-wrap: anywhere }
.panel .path, .panel .keys { font-family: ${fonts.mono}; font-size: 12px; overflow-wrap: anywhere }
.panel ul { margin: 0; padding: 0; list-style: none }
.panel .go { display: flex; gap: 8px; align-items: baseline; width: 100%; padding: 4px 8px; margin: 0 -8px; border: 0; border-radius: 5px; background: none; text-align: left; cursor: pointer }
.panel .go:hover { background: var(--hover) }
.panel .go .what { color: var(--k); font-size: 11.5px; white-space: nowrap }
.panel .go .name { flex: 1; font-family: ${fonts.mono}; font-size: 12px; overflow-wrap: anywhere }
.panel .go .how { color: var(--soft); font-size: 11.5px; text-align: right }
.finding { padding: 8px 10px; margin-bottom: 8px; border: 1px solid var(--edge); border-left: 3px solid var(--warn); border-radius: 6px }
.finding.error { border-left-color: var(--bad) }
.finding b { color: var(--warn) }
.finding.error b { color: var(--bad) }
.finding .place { color: var(--soft); font-size: 11.5px; overflow-wrap: anywhere }
.panel pre { margin: 0; padding: 10px 12px; background: var(--code); border: 1px solid var(--edge); border-radius: 6px; font: 11.5px/1.5 ${fonts.mono}; overflow: auto; tab-size: 2 }
.panel pre .k { color: var(--soft); font-weight: 600 }
.panel pre .h { color: var(--soft); font-style: italic }
.bad { color: var(--bad) }
@media screen and (max-width: 760px) { .main { flex-direction: column } .panel { width: 100%; flex: none; max-height: 55%; border-left: 0; border-top: 1px solid var(--edge) } .top h1 { flex: 1 1 0; min-width: 0 } .top .grow { display: none } .top .theme { order: 1 } .top .field, .top .filters { order: 2; flex: 1 1 100%; min-width: 0 } .field input { width: 100% } .results { width: 100%; max-width: none } .top .filters select { flex: 1 1 0; min-width: 0; max-width: none } .corner { left: 0; right: 0; bottom: 0; padding: 6px 12px; justify-content: flex-end; background: var(--bar); border-top: 1px solid var(--edge) } .status { border: 0; padding: 6px 0 } .legend { max-width: none; left: 0; right: 0; bottom: 43px; border-width: 1px 0 0; border-radius: 0; z-index: 1 } .legend:not([open]) { left: 12px; right: auto; bottom: 5px; border-width: 1px; border-radius: 8px } .legend summary { display: block } }
@media print { :root:root { color-scheme: light; ${variables('light')}; ${ui.light} } .tabs, .field, select, .tools, .corner, .panel { display: none } .top { border: 0 } .stage { print-color-adjust: exact } .stage canvas { object-fit: contain } }
${drawingStyle}
`;
