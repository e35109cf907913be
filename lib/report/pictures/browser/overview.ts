import type { NodeKind } from '../picture';
import type { Camera } from './camera';
import { overlaps } from './camera';
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

  constructor(private readonly canvas: HTMLCanvasElement) {
    this.context = canvas.getContext('2d') as CanvasRenderingContext2D;
    this.readColours();
  }

  /** The theme's colours: when it changes, they are read again. */
  readColours(): void {
    this.colours = new Map();
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
    context.setTransform(camera.scale * ratio, 0, 0, camera.scale * ratio, camera.x * ratio, camera.y * ratio);
    if (camera.scale > 0.02) this.edges(scene, camera, light);
    this.nodes(scene, camera, light);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.titles(scene, camera, light);
  }

  private edges(scene: Scene, camera: Camera, { lit, shown }: Light): void {
    const { context } = this;
    const seen = camera.seen();
    const paths = this.paths.get(scene) ?? scene.picture.drawnEdges.map(({ path }) => new Path2D(path));
    this.paths.set(scene, paths);
    context.lineWidth = Math.max(1.3, 0.8 / camera.scale);
    context.strokeStyle = this.colour('line');
    for (const {
      edges: [from, to],
      ...block
    } of scene.picture.blocks) {
      if (!overlaps(block, seen)) continue;
      for (let i = from; i < to; i += 1) {
        const [a, b] = scene.ends[i] ?? [new Set<number>(), new Set<number>()];
        if (shown !== undefined && !(some(a, shown) && some(b, shown))) continue;
        context.globalAlpha = lit !== undefined && !(some(a, lit) && some(b, lit)) ? 0.12 : 0.8;
        context.stroke(paths[i] as Path2D);
      }
    }
  }

  private nodes(scene: Scene, camera: Camera, { lit, shown }: Light): void {
    const { context } = this;
    const seen = camera.seen();
    let last: NodeKind | undefined;
    for (const { node, kind, x, y, width, height } of scene.picture.drawnNodes) {
      if (shown !== undefined && !shown.has(node)) continue;
      if (!overlaps({ x, y, width, height }, seen)) continue;
      if (kind !== last) context.fillStyle = this.colour(`k-${kind}`);
      last = kind;
      context.globalAlpha = lit !== undefined && !lit.has(node) ? 0.15 : 0.85;
      context.fillRect(x, y, width, height);
    }
    context.globalAlpha = 1;
  }

  private titles(scene: Scene, camera: Camera, { shown }: Light): void {
    const { context } = this;
    const seen = camera.seen();
    context.fillStyle = this.colour('ink');
    context.font = `600 11px ${getComputedStyle(document.body).fontFamily}`;
    for (const block of scene.picture.blocks) {
      const width = block.width * camera.scale;
      if (block.title === '' || width < 56 || !overlaps(block, seen)) continue;
      if (shown !== undefined && !scene.picture.drawnNodes.slice(...block.nodes).some(({ node }) => shown.has(node)))
        continue;
      const room = Math.floor(width / 6.4);
      const text = block.title.length > room ? `${block.title.slice(0, Math.max(room - 1, 1))}…` : block.title;
      context.fillText(text, block.x * camera.scale + camera.x, block.y * camera.scale + camera.y + 10);
    }
  }
}

export function some(of: ReadonlySet<number>, among: ReadonlySet<number>): boolean {
  for (const item of of) if (among.has(item)) return true;
  return false;
}
