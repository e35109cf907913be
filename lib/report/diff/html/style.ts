/** The page's looks: light and dark as the reader's system, readable on a phone and on paper. */
export const style = `
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --card: #fff; --text: #1c2128; --soft: #57606a; --line: #d8dee4; --link: #0550ae; --code: #eff1f4;
  --none: #6e7781; --low: #1a7f37; --medium: #8a6100; --high: #bc4c00; --critical: #b3131f;
  --before: #ffebe9; --before-text: #82071e; --after: #dafbe1; --after-text: #0a4a20;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0d1117; --card: #161b22; --text: #e6edf3; --soft: #9198a1; --line: #30363d; --link: #79c0ff; --code: #262c36;
    --none: #9198a1; --low: #56d364; --medium: #e3b341; --high: #ffa657; --critical: #ff8f8a;
    --before: #3c1618; --before-text: #ffc1bc; --after: #0f2f1a; --after-text: #9be9a8;
  }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 76rem; padding: 1.5rem 1rem 4rem; background: var(--page); color: var(--text);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; margin: 0 0 .4rem; display: flex; gap: .7rem; align-items: center; flex-wrap: wrap; }
h1 .badge { font-size: 1rem; }
h2 { font-size: 1.2rem; margin: 2.2rem 0 .8rem; }
h3 { font-size: 1rem; margin: 0; display: inline; }
p { margin: .2rem 0; }
a { color: var(--link); }
code, pre, .path, .name { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .88em; }
code { background: var(--code); border-radius: 4px; padding: .1em .3em; }
pre { margin: 0; padding: .4rem .6rem; white-space: pre-wrap; min-height: 1.9em; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 4px; }
summary { cursor: pointer; }
.between, .why, .hint { color: var(--soft); }
.why { font-size: .9em; }
.hint { font-size: .85em; margin-left: .4em; font-weight: normal; }
.badge, .type, .tag { display: inline-block; border-radius: 999px; padding: 0 .55em; font-size: .78rem; font-weight: 600; line-height: 1.55;
  border: 1px solid currentColor; white-space: nowrap; }
.badge.none { color: var(--none); } .badge.low { color: var(--low); } .badge.medium { color: var(--medium); }
.badge.high { color: var(--high); }
.badge.critical { color: var(--card); background: var(--critical); border-color: var(--critical); }
.tag { border-color: var(--line); color: var(--soft); font-weight: normal; }
.type { border-radius: 4px; min-width: 4.6rem; text-align: center; color: var(--soft); border-color: var(--line); }
.type.created { color: var(--after-text); } .type.deleted { color: var(--before-text); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .6rem; list-style: none; padding: 0; margin: 1.2rem 0; }
.tiles a, .tiles span { display: block; height: 100%; background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .6rem .8rem;
  color: var(--soft); text-decoration: none; font-size: .9rem; }
.tiles a:hover { border-color: var(--link); }
h1 small { font-size: .6em; font-weight: 400; color: var(--soft); }
.tiles b { display: block; font-size: 1.5rem; line-height: 1.2; color: var(--text); }
.kind, .group, .todo > li, .blast > li, #found > ul > li, #fixed > ul > li, #no-longer-reported > ul > li { background: var(--card); border: 1px solid var(--line); border-radius: 8px; margin: 0 0 .6rem; padding: .6rem .9rem; }
.charts { padding: 0; margin: .6rem 0 0; list-style: none; }
.todo { padding: 0; list-style: none; }
.todo > li { border-left: 4px solid var(--line); padding-left: 3rem; position: relative; }
.number { position: absolute; left: .9rem; font-weight: 700; color: var(--soft); }
.todo > .low { border-left-color: var(--low); } .todo > .medium { border-left-color: var(--medium); }
.todo > .high { border-left-color: var(--high); } .todo > .critical { border-left-color: var(--critical); }
input[type=checkbox] { accent-color: var(--link); flex: none; width: 1rem; height: 1rem; margin: .25rem 0 0; }
.steps label { display: flex; gap: .5rem; align-items: flex-start; }
.steps { margin: .4rem 0 .2rem; padding: 0; list-style: none; }
.kind ul { margin: .5rem 0 .2rem; padding: 0; list-style: none; }
.kind li { padding: .35rem 0; border-top: 1px solid var(--line); }
.blast, #found > ul, #fixed > ul, #no-longer-reported > ul { list-style: none; padding: 0; }
.names { color: var(--soft); font-size: .92em; }
.more { display: inline; }
.more[open] { display: block; padding: .3rem 0; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; background: var(--card); border: 1px solid var(--line); }
caption { text-align: left; color: var(--soft); padding: .3rem 0; }
th, td { text-align: left; vertical-align: top; padding: .4rem .7rem; border-top: 1px solid var(--line); }
th { overflow-wrap: normal; }
td .before, td .after { white-space: nowrap; }
td .before, .sides .before, .lines .before { background: var(--before); color: var(--before-text); }
td .after, .sides .after, .lines .after { background: var(--after); color: var(--after-text); }
#filters { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: .5rem .8rem; align-items: end; background: var(--page); padding: .6rem 0; }
#filters[hidden] { display: none; }
#filters label { display: flex; flex-direction: column; font-size: .8rem; color: var(--soft); max-width: 16rem; }
#filters label:first-child { flex: 1 1 12rem; max-width: none; }
#filters output { color: var(--soft); margin-left: auto; padding: .35rem 0; }
input, select, button { font: inherit; color: var(--text); background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: .3rem .5rem; max-width: 100%; }
button { cursor: pointer; }
button:hover, input:hover, select:hover { border-color: var(--link); }
.group { content-visibility: auto; contain-intrinsic-size: auto 20rem; }
.object { border-top: 1px solid var(--line); padding: .3rem 0; }
.group > summary { padding-bottom: .3rem; color: var(--soft); }
.group h3, .kind h3 { color: var(--text); }
.body { padding: .3rem 0 .6rem 1.2rem; }
.body ul { padding: 0; margin: .5rem 0; list-style: none; }
.body li { padding: .1rem 0; }
.field { margin: .7rem 0; border: 1px solid var(--line); border-radius: 6px; overflow: hidden; }
.path { padding: .3rem .6rem; background: var(--code); border-bottom: 1px solid var(--line); margin: 0; }
.sides { display: grid; grid-template-columns: 1fr 1fr; }
.sides .none { color: var(--soft); }
.sides pre + pre { border-left: 1px solid var(--line); }
.lines span { display: inline-block; width: 100%; }
@media (max-width: 45rem) {
  .sides { grid-template-columns: 1fr; }
  .sides pre + pre { border-left: 0; border-top: 1px solid var(--line); }
  .hint { display: none; }
  #filters { position: static; }
}
@media print { #filters { display: none; } body { max-width: none; } }
`;
