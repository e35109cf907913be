import { readable } from './camera';
import { control } from './controls';
import { button, h } from './dom';
import { Filters } from './filters';
import { legend } from './legend';
import { Panel } from './panel';
import { phone } from './phone';
import { nodeOf, placeOf, readPlace, writePlace } from './place';
import { Search } from './search';
import { stacked } from './stack';
import { Stage } from './stage';
import { chosenBy, readData, type Scene, sceneOf, streams } from './state';
import { themeButton } from './theme';

const data = readData();
const wholes = data.pictures.map(sceneOf);
/** The pictures as they are drawn: on a phone in one column, without what is filtered away. */
const scenes = [...wholes];
let at = 0;
let chosen: number | undefined;
let shown: ReadonlySet<number> | undefined;

const live = h('div', { class: 'sr', role: 'status', 'aria-live': 'polite' });
const status = h('div', { class: 'status' });
const stage = new Stage(data, updateStatus);
const panel = new Panel(data, (node) => choose(node, true), closePanel);
const filters = new Filters(() => filter());
const search = new Search(
  () => scenes[at],
  (node) => shown?.has(node) ?? true,
  (node) => choose(node, true),
  say,
);
const tabs = h('div', { class: 'tabs', role: 'tablist', 'aria-label': 'Pictures' });
let key: HTMLElement = h('ul');

function say(text: string): void {
  live.textContent = text;
}

function updateStatus(detailed: boolean): void {
  const { picture } = scenes[at] as Scene;
  const percent = Math.round(stage.camera.scale * 100);
  const zoom = `${percent < 1 ? '<1' : percent} %`;
  const all = picture.nodes.length;
  const count = shown === undefined ? `${all}` : `${shown.size} of ${all}`;
  status.textContent = `${count} ${all === 1 ? 'node' : 'nodes'} · ${zoom}${detailed ? '' : ' · zoom in to read'}`;
}

function light(): void {
  const scene = scenes[at] as Scene;
  stage.setLight({ lit: chosen === undefined ? undefined : streams(scene, [chosen]), shown }, chosen);
}

/** Opens a node's details; `move` brings it into sight and the focus to it. */
function choose(node: number, move: boolean): void {
  const scene = scenes[at] as Scene;
  chosen = node;
  panel.show(scene, node);
  light();
  const drawn = scene.drawn[node]?.[0];
  // The panel takes room from the stage: what is brought into sight must know.
  if (move && drawn !== undefined) setTimeout(() => stage.reveal(drawn, true), 60);
  say(`${scene.picture.nodes[node]?.label ?? ''}: details are open`);
  keepPlace();
}

function closePanel(): void {
  const before = chosen;
  chosen = undefined;
  panel.hide();
  light();
  keepPlace();
  const drawn = before === undefined ? undefined : scenes[at]?.drawn[before]?.[0];
  const element = drawn === undefined ? null : stage.element.querySelector<HTMLElement>(`[data-drawn="${drawn}"]`);
  (element ?? stage.element).focus({ preventScroll: true });
}

function filter(): void {
  drawFiltered();
  if (chosen !== undefined && shown !== undefined && !shown.has(chosen)) closePanel();
  light();
  stage.camera.fit(stage.area());
  say(shown === undefined ? 'All nodes are shown' : `${shown.size} nodes are shown`);
  keepPlace();
}

function drawFiltered(): void {
  const whole = wholes[at] as Scene;
  shown = chosenBy(whole, filters.value());
  scenes[at] = phone.matches ? sceneOf(stacked(whole.picture, shown)) : whole;
  stage.show(scenes[at] as Scene);
}

/** The address leads to what is looked at: it can be sent to somebody. */
function keepPlace(): void {
  writePlace(placeOf(scenes[at] as Scene, filters.value(), chosen));
}

/** Goes to where the address leads. */
function goToPlace(): void {
  const place = readPlace();
  const index = scenes.findIndex(({ picture }) => picture.name === place.of);
  open(Math.max(index, 0));
  filters.choose(place);
  if (filters.value().app !== '' || filters.value().namespace !== '') filter();
  const node = nodeOf(scenes[at] as Scene, place.node);
  if (node !== undefined) choose(node, true);
}

function open(index: number): void {
  at = index;
  chosen = undefined;
  panel.hide();
  search.clear();
  const scene = wholes[at] as Scene;
  for (const [i, tab] of [...tabs.children].entries()) {
    tab.setAttribute('aria-selected', String(i === at));
    tab.setAttribute('tabindex', i === at ? '0' : '-1');
  }
  filters.fill(scene);
  drawFiltered();
  const next = legend(data, scene);
  key.replaceWith(next);
  key = next;
  stage.element.setAttribute(
    'aria-label',
    `${scene.picture.title}. Arrow keys pan, plus and minus zoom, 0 fits, Enter goes to the nodes.`,
  );
  light();
  stage.camera.begin(stage.area(), stage.hasTiles);
  const isEmpty = scene.picture.nodes.length === 0;
  empty.textContent = `Nothing to show: ${nothing[scene.picture.name]}.`;
  empty.hidden = !isEmpty;
  key.hidden = isEmpty;
  corner.hidden = isEmpty;
  keepPlace();
}

for (const [i, { tab }] of data.pictures.entries()) {
  const element = h('button', { type: 'button', role: 'tab', 'aria-controls': 'stage' }, tab);
  element.addEventListener('click', () => open(i));
  element.addEventListener('keydown', (event) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    open((i + step + scenes.length) % scenes.length);
    (tabs.children[at] as HTMLElement).focus();
  });
  tabs.append(element);
}

const zoomTools = h(
  'div',
  { class: 'tools', role: 'group', 'aria-label': 'Zoom' },
  button('Zoom out (-)', '−', () => stage.camera.zoom(0.8)),
  button('Zoom in (+)', '+', () => stage.camera.zoom(1.25)),
  button('Fit all (0)', 'Fit', () => stage.camera.fit(stage.area())),
);
const theme = h(
  'div',
  { class: 'tools theme' },
  themeButton(() => stage.themeChanged()),
);
const empty = h('div', { class: 'empty', hidden: '' });
const nothing = { secrets: 'no object makes or reads a Secret', order: 'there is no Kustomization of Flux' } as const;
const corner = h('div', { class: 'corner' }, zoomTools, status);
const heading = h('h1', { title: data.title }, data.title);
const top = h(
  'header',
  { class: 'top' },
  heading,
  tabs,
  search.element,
  filters.element,
  h('div', { class: 'grow' }),
  theme,
);
stage.element.append(key, corner, empty);
document.body.append(top, h('main', { class: 'main' }, stage.element, panel.element), live);

control(stage, (drawn) => {
  const node = drawn === undefined ? undefined : scenes[at]?.picture.drawnNodes[drawn]?.node;
  if (node === undefined) {
    if (chosen !== undefined) closePanel();
  } else {
    // From afar a tap is meant to bring near, too.
    choose(node, stage.camera.scale < readable);
    panel.focus();
  }
});
document.addEventListener('keydown', (event) => {
  const typing = (event.target as Element).closest('input, select, textarea') !== null;
  if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    search.focus();
  } else if (event.key === 'Escape' && chosen !== undefined && !typing) closePanel();
});
if (scenes.length > 0) {
  goToPlace();
  window.addEventListener('hashchange', goToPlace);
  // The address keeps what is looked at; a phone that is turned is drawn anew.
  phone.addEventListener('change', goToPlace);
}
