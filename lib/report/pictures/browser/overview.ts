import type { Block } from '../layout/drawing';
import type { Camera } from './camera';
import { overlaps, tiny } from './camera';
import type { Scene } from './state';

/** What is dimmed, and what is not there at all; undefined for nothing. */
export interface Light {
  readonly lit: ReadonlySet<number> | undefined;
  readonly shown: ReadonlySet<number> | undefined;
}

/** Draws a picture from afar: thousands of nodes as coloured rectangles, with the names of blocks where these have room. */
export class Overview {
  private readonly context: CanvasRenderingContext2D;
  private readonly paths = new WeakMap<Scene, Path2D[]>();
  private colours = new Map<string, string>();

  private font = 'sans-serif';

  /** @param worst the name of the colour that says how grave what is found in a block is */
  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly worst: (scene: Scene, block: Block) => string,
  ) {
    this.context = canvas.getContext('2d') as CanvasRenderingContext2D;
    this.readColours();
  }

  /** The theme's colours: when it changes, they are read again. */
  readColours(): void {
    this.colours = new Map();
    this.font = getComputedStyle(document.body).fontFamily;
  }

  private colour(name: string): string {
    const known = this.colours.get(name);
    if (known !== undefined) return known;
    const found = getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
    this.colours.set(name, found);
    return found;
  }

  clear(width: number, height: number): void {
    const ratio = window.devicePixelRatio || 1;
    const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (this.canvas.width !== w || this.canvas.height !== h) [this.canvas.width, this.canvas.height] = [w, h];
    this.context.setTransform(1, 0, 0, 1, 0, 0);
    this.context.clearRect(0, 0, w, h);
  }

  draw(scene: Scene, camera: Camera, light: Light): void {
    const ratio = window.devicePixelRatio || 1;
    const { context } = this;
    const seen = camera.seen();
    // Apps too small to be told apart inside are tiles with their names.
    const isTile = (block: Block) => tiled(block, camera);
    const blocks = scene.picture.blocks.filter((block) => overlaps(block, seen));
    context.setTransform(camera.scale * ratio, 0, 0, camera.scale * ratio, camera.x * ratio, camera.y * ratio);
    for (const block of blocks) {
      if (isTile(block)) continue;
      this.edges(scene, camera, light, block);
      this.nodes(scene, camera, light, block);
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    for (const block of blocks) {
      if (block.title === '' || !isLit(scene, block, light.shown)) continue;
      if (isTile(block)) this.tile(scene, camera, light, block);
      else this.title(camera, block);
    }
    context.globalAlpha = 1;
  }

  /** Above what it is of: in the room for it and, as that is small from afar, in the gap between blocks. */
  private title({ x, y, scale }: Camera, block: Block): void {
    this.context.globalAlpha = 1;
    this.text(
      block.title,
      block.x * scale + x,
      (block.y + titleRoom) * scale + y - 3,
      block.width * scale,
      Math.min(11, titleRoom * 3 * scale),
    );
  }

  private edges(scene: Scene, camera: Camera, { lit, shown }: Light, { edges: [from, to] }: Block): void {
    const { context } = this;
    const paths = this.paths.get(scene) ?? scene.picture.drawnEdges.map(({ path }) => new Path2D(path));
    this.paths.set(scene, paths);
    context.lineWidth = Math.max(1.3, 0.7 / camera.scale);
    context.strokeStyle = this.colour('line');
    for (let i = from; i < to; i += 1) {
      const [a, b] = scene.ends[i] ?? [nobody, nobody];
      if (shown !== undefined && !(some(a, shown) && some(b, shown))) continue;
      context.globalAlpha = lit !== undefined && !(some(a, lit) && some(b, lit)) ? 0.12 : 0.8;
      context.stroke(paths[i] as Path2D);
    }
  }

  private nodes(scene: Scene, camera: Camera, { lit, shown }: Light, { nodes: [from, to] }: Block): void {
    const { context } = this;
    const seen = camera.seen();
    context.lineWidth = Math.max(1.2, 0.9 / camera.scale);
    for (let i = from; i < to; i += 1) {
      const drawn = scene.picture.drawnNodes[i];
      if (drawn === undefined || (shown !== undefined && !shown.has(drawn.node)) || !overlaps(drawn, seen)) continue;
      const { node, kind, x, y, width, height } = drawn;
      context.globalAlpha = lit !== undefined && !lit.has(node) ? 0.15 : 1;
      context.strokeStyle = this.colour(`k-${kind}`);
      context.fillStyle = height * camera.scale < 5 ? this.colour(`k-${kind}`) : this.colour('card');
      context.fillRect(x, y, width, height);
      context.strokeRect(x, y, width, height);
      // Some with names and some without would look like two kinds of things.
      if (camera.scale < tiny || height * camera.scale < smallest.card || width * camera.scale < 30) continue;
      // As large as the card allows, in pixels of the picture.
      const size = Math.min(height * 0.6, 9 / camera.scale);
      this.text(
        scene.picture.nodes[node]?.name ?? '',
        x + 4 / camera.scale,
        y + height / 2 + size * 0.35,
        width - 8 / camera.scale,
        size,
      );
    }
  }

  private tile(scene: Scene, camera: Camera, { lit }: Light, block: Block): void {
    const { context } = this;
    const [x, y] = [block.x * camera.scale + camera.x, block.y * camera.scale + camera.y];
    // Room between tiles is left by the blocks themselves, but not much of it from afar.
    const [width, height] = [block.width * camera.scale, Math.max(block.height * camera.scale, 3)];
    context.globalAlpha = isLit(scene, block, lit) ? 1 : 0.25;
    context.fillStyle = this.colour('card');
    context.strokeStyle = this.colour('frame');
    context.lineWidth = 1;
    context.fillRect(x, y, width, height);
    context.strokeRect(x, y, width, height);
    context.fillStyle = this.colour(this.worst(scene, block));
    context.fillRect(x, y, 2.5, height);
    if (height < smallest.name || width < 26) return;
    const size = Math.min(11, Math.max(height - 2, smallest.name));
    this.text(block.title, x + 6, y + height / 2 + size * 0.36, width - 8, size);
  }

  /** A name, smaller where that makes it fit. */
  private text(text: string, x: number, y: number, room: number, size: number): void {
    const { context } = this;
    const fitting = room / (text.length * 0.62);
    const own = Math.min(size, Math.max(fitting, size * 0.72));
    const most = Math.floor(room / (own * 0.6));
    if (most < 2) return;
    context.fillStyle = this.colour('ink');
    context.font = `600 ${own}px ${this.font}`;
    context.fillText(text.length > most ? `${text.slice(0, most - 1)}…` : text, x, y);
  }
}

/** Pixels of a picture above the nodes of a block that has a title. */
const titleRoom = 24;
/** Pixels from which on a block is more than a tile, a card has its name, and a tile has. */
const smallest = { block: 46, card: 11, name: 7 } as const;
/** Whether a block is so small from afar that it is drawn as one tile. */
export function tiled({ title, height }: Block, { scale }: Camera): boolean {
  return title !== '' && height * scale < smallest.block;
}

const nobody: ReadonlySet<number> = new Set();

function isLit(scene: Scene, { nodes: [from, to] }: Block, lit: ReadonlySet<number> | undefined): boolean {
  if (lit === undefined) return true;
  for (let i = from; i < to; i += 1) if (lit.has(scene.picture.drawnNodes[i]?.node ?? -1)) return true;
  return false;
}

export function some(of: ReadonlySet<number>, among: ReadonlySet<number>): boolean {
  for (const item of of) if (among.has(item)) return true;
  return false;
}
