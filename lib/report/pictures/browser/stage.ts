import type { Block, Box, DrawnNode } from '../layout/drawing';
import type { PageData } from '../page/data';
import { Camera, overlaps, tiny } from './camera';
import { card, edge, findingsOf, frame } from './cards';
import { h, s } from './dom';
import { type Light, Overview, some, tiled } from './overview';
import type { Scene } from './state';

/** From so many nodes in sight on, they are drawn from afar: nobody reads as many, and no browser likes them. */
const mostCards = 400;

/** The part of the page that shows a picture. Only what is in sight is there as elements. */
export class Stage {
  readonly element = h('div', { class: 'stage', tabindex: '0', role: 'group', id: 'stage' });
  readonly camera: Camera;
  scene: Scene | undefined;
  private readonly svg = s('svg', { role: 'group' });
  private readonly layer = s('g');
  private readonly layers = { frames: s('g'), edges: s('g'), nodes: s('g') };
  private readonly overview: Overview;
  private readonly made = {
    nodes: new Map<number, SVGElement>(),
    edges: new Map<number, SVGElement>(),
    frames: new Map<number, SVGElement>(),
    titles: new Map<number, SVGElement>(),
  };
  private light: Light = { lit: undefined, shown: undefined };
  private chosen: number | undefined;
  private waiting = false;
  private detailed = true;
  /** The drawn node that the tabulator key leads to. */
  private stop: number | undefined;

  constructor(
    private readonly data: PageData,
    private readonly seenChanged: (detailed: boolean) => void,
  ) {
    const canvas = h('canvas', { 'aria-hidden': 'true' });
    this.overview = new Overview(canvas, (scene, block) => this.worst(scene, block));
    const marker = s(
      'marker',
      {
        id: 'arrow',
        viewBox: '0 0 8 8',
        refX: 7.5,
        refY: 4,
        markerWidth: 7,
        markerHeight: 7,
        markerUnits: 'userSpaceOnUse',
        orient: 'auto',
      },
      s('path', { class: 'arrow', d: 'M0 0.5L8 4L0 7.5z' }),
    );
    this.layer.append(this.layers.frames, this.layers.edges, this.layers.nodes);
    this.svg.append(s('defs', {}, marker), this.layer);
    this.element.append(canvas, this.svg);
    this.camera = new Camera(
      () => this.size(),
      () => this.redraw(),
    );
    new ResizeObserver(() => {
      if (this.camera.fitted) this.camera.fit(this.area());
      else this.redraw();
    }).observe(this.element);
    // Paper is of another size than the window: what the window shows is scaled to it.
    window.addEventListener('beforeprint', () => {
      const { width, height } = this.size();
      this.svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
    });
    window.addEventListener('afterprint', () => this.svg.removeAttribute('viewBox'));
  }

  size(): { width: number; height: number } {
    return { width: this.element.clientWidth, height: this.element.clientHeight };
  }

  show(scene: Scene): void {
    this.scene = scene;
    this.chosen = undefined;
    this.stop = undefined;
    this.light = { lit: undefined, shown: undefined };
    for (const made of Object.values(this.made)) {
      for (const element of made.values()) element.remove();
      made.clear();
    }
    this.redraw();
  }

  /** Which nodes are there, which of them stand out, and which is chosen. */
  setLight(light: Light, chosen: number | undefined): void {
    this.light = light;
    this.chosen = chosen;
    this.redraw();
  }

  themeChanged(): void {
    this.overview.readColours();
    this.redraw();
  }

  /** Whether it has parts with names, which are drawn as tiles where they are too small to be read. */
  get hasTiles(): boolean {
    return this.scene?.picture.blocks.some(({ title }) => title !== '') ?? false;
  }

  /** All that is not filtered away. */
  area(): Box {
    const { scene, light } = this;
    if (scene === undefined) return { x: 0, y: 0, width: 1, height: 1 };
    const { shown } = light;
    if (shown === undefined) return { x: 0, y: 0, width: scene.picture.width, height: scene.picture.height };
    const boxes = scene.picture.drawnNodes.filter(({ node }) => shown.has(node));
    return around(boxes);
  }

  /** The drawn node that is under a point of the stage. */
  at(x: number, y: number): number | undefined {
    const { camera, scene } = this;
    const point = { x: (x - camera.x) / camera.scale, y: (y - camera.y) / camera.scale, width: 0.1, height: 0.1 };
    const found = scene?.picture.drawnNodes.findIndex((drawn) => this.isShown(drawn) && overlaps(drawn, point)) ?? -1;
    return found < 0 ? undefined : found;
  }

  /** The block that is drawn as a tile under a point of the stage. */
  tileAt(x: number, y: number): Block | undefined {
    const { camera, scene } = this;
    if (this.detailed) return undefined;
    const point = { x: (x - camera.x) / camera.scale, y: (y - camera.y) / camera.scale, width: 0.1, height: 0.1 };
    return scene?.picture.blocks.find((block) => tiled(block, camera) && overlaps(block, point));
  }

  isShown({ node }: DrawnNode): boolean {
    return this.light.shown?.has(node) ?? true;
  }

  /** Brings a drawn node into sight and, where it is asked for, the focus onto it. */
  reveal(drawn: number, focus: boolean): void {
    const box = this.scene?.picture.drawnNodes[drawn];
    if (box === undefined) return;
    this.stop = drawn;
    this.camera.show(box);
    this.paint();
    if (focus) this.made.nodes.get(drawn)?.focus({ preventScroll: true });
  }

  /** The colour of what is found in a block. */
  private worst({ picture }: Scene, { nodes }: Block): string {
    const found = picture.drawnNodes.slice(...nodes).map(({ node }) => findingsOf(this.data, picture.nodes[node]));
    if (found.some(({ error }) => error)) return 'bad';
    return found.some(({ count }) => count > 0) ? 'warn' : 'frame';
  }

  redraw(): void {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => this.paint());
  }

  private paint(): void {
    this.waiting = false;
    const { scene, camera, light } = this;
    if (scene === undefined) return;
    const { width, height } = this.size();
    const seen = camera.seen();
    const visible: number[] = [];
    for (const [i, drawn] of scene.picture.drawnNodes.entries()) {
      if (this.isShown(drawn) && overlaps(drawn, seen)) visible.push(i);
    }
    const detailed = visible.length <= mostCards && (camera.scale >= tiny || !this.hasTiles);
    this.detailed = detailed;
    this.overview.clear(width, height);
    if (!detailed) this.overview.draw(scene, camera, light);
    this.layer.setAttribute('transform', `translate(${camera.x} ${camera.y}) scale(${camera.scale})`);
    this.keep(scene, seen, detailed ? visible : []);
    this.seenChanged(detailed);
  }

  /** Makes the elements of what is in sight, and does away with the others. */
  private keep(scene: Scene, seen: Box, visible: readonly number[]): void {
    const { picture, ends } = scene;
    const { lit, shown } = this.light;
    const nodes = new Set(visible);
    if (this.stop === undefined || !nodes.has(this.stop)) this.stop = visible[0];
    sync(this.made.nodes, nodes, this.layers.nodes, (i) => {
      const drawn = picture.drawnNodes[i] as DrawnNode;
      const element = card(this.data, picture.nodes[drawn.node] as NonNullable<(typeof picture.nodes)[0]>, drawn);
      element.dataset.drawn = String(i);
      return element;
    });
    for (const [i, element] of this.made.nodes) {
      const node = picture.drawnNodes[i]?.node ?? -1;
      element.classList.toggle('dim', lit !== undefined && !lit.has(node));
      element.classList.toggle('chosen', node === this.chosen);
      element.setAttribute('aria-pressed', String(node === this.chosen));
      element.setAttribute('tabindex', i === this.stop ? '0' : '-1');
    }
    const blocks =
      visible.length === 0 ? [] : [...picture.blocks.entries()].filter(([, block]) => overlaps(block, seen));
    const edges = blocks
      .flatMap(
        ([
          ,
          {
            edges: [from, to],
          },
        ]) => range(from, to),
      )
      .filter((i) => {
        const [a, b] = ends[i] ?? [new Set<number>(), new Set<number>()];
        return shown === undefined || (some(a, shown) && some(b, shown));
      });
    sync(this.made.edges, new Set(edges), this.layers.edges, (i) =>
      edge(picture.drawnEdges[i] as (typeof picture.drawnEdges)[0]),
    );
    for (const [i, element] of this.made.edges) {
      const [a, b] = ends[i] ?? [new Set<number>(), new Set<number>()];
      const bright = lit !== undefined && some(a, lit) && some(b, lit);
      element.classList.toggle('dim', lit !== undefined && !bright);
      element.classList.toggle('lit', bright);
    }
    const frames = blocks.flatMap(([, block]) => range(...block.frames));
    sync(this.made.frames, new Set(shown === undefined ? frames : []), this.layers.frames, (i) =>
      frame(picture.frames[i] as (typeof picture.frames)[0]),
    );
    const titled = blocks.filter(
      ([, { title, nodes: own }]) =>
        title !== '' && picture.drawnNodes.slice(...own).some((drawn) => this.isShown(drawn)),
    );
    sync(this.made.titles, new Set(titled.map(([i]) => i)), this.layers.frames, (i) => {
      const { x = 0, y = 0, title = '' } = picture.blocks[i] ?? {};
      return s('text', { class: 'title', x, y: y + 12 }, title);
    });
  }
}

function around(boxes: readonly Box[]): Box {
  if (boxes.length === 0) return { x: 0, y: 0, width: 1, height: 1 };
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y, width, height } of boxes) {
    [left, top] = [Math.min(left, x), Math.min(top, y)];
    [right, bottom] = [Math.max(right, x + width), Math.max(bottom, y + height)];
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

/** Elements for exactly these. */
function sync(
  made: Map<number, SVGElement>,
  wanted: ReadonlySet<number>,
  parent: SVGElement,
  make: (i: number) => SVGElement,
): void {
  for (const [i, element] of made) {
    if (wanted.has(i)) continue;
    element.remove();
    made.delete(i);
  }
  for (const i of wanted) {
    if (made.has(i)) continue;
    const element = make(i);
    made.set(i, element);
    parent.append(element);
  }
}
