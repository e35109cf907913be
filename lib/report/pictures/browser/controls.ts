import type { Stage } from './stage';

/** Pixels of a step with an arrow key. */
const step = 60;

/** Mouse, touch and keys on the stage: pan, zoom, choose. */
export function control(stage: Stage, choose: (drawn: number | undefined) => void): void {
  pointers(stage, choose);
  stage.element.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      const { left, top } = stage.element.getBoundingClientRect();
      // A page or a line of a wheel that counts so is about as much as these pixels.
      const unit = event.deltaMode === 0 ? 1 : event.deltaMode === 1 ? 20 : 400;
      const factor = Math.exp(-event.deltaY * unit * (event.ctrlKey ? 0.01 : 0.0016));
      stage.camera.zoom(factor, { x: event.clientX - left, y: event.clientY - top });
    },
    { passive: false },
  );
  stage.element.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (key(stage, event, choose)) event.preventDefault();
  });
}

function pointers(stage: Stage, choose: (drawn: number | undefined) => void): void {
  const { element, camera } = stage;
  const down = new Map<number, { x: number; y: number }>();
  let moved = 0;
  element.addEventListener('pointerdown', (event) => {
    if (event.button > 0 || (event.target as Element).closest('.legend, .corner')) return;
    down.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (down.size === 1) moved = 0;
  });
  element.addEventListener('pointermove', (event) => {
    const before = down.get(event.pointerId);
    if (before === undefined) return;
    const other = [...down].find(([id]) => id !== event.pointerId)?.[1];
    const now = { x: event.clientX, y: event.clientY };
    moved += Math.abs(now.x - before.x) + Math.abs(now.y - before.y);
    // A click must reach what it is on: the pointer is only held once it moves.
    if (moved > 4 && !element.hasPointerCapture(event.pointerId)) element.setPointerCapture(event.pointerId);
    if (other === undefined) camera.pan(now.x - before.x, now.y - before.y);
    else {
      const { left, top } = element.getBoundingClientRect();
      const factor = distance(now, other) / Math.max(distance(before, other), 1);
      camera.zoom(factor, { x: (now.x + other.x) / 2 - left, y: (now.y + other.y) / 2 - top });
    }
    down.set(event.pointerId, now);
  });
  const end = (event: PointerEvent) => down.delete(event.pointerId);
  element.addEventListener('pointerup', (event) => {
    const clicked = end(event) && moved <= 4;
    if (!clicked) return;
    const { left, top } = element.getBoundingClientRect();
    const [x, y] = [event.clientX - left, event.clientY - top];
    const tile = stage.tileAt(x, y);
    if (tile === undefined) choose(stage.at(x, y));
    else camera.fit(tile);
  });
  element.addEventListener('pointercancel', end);
  element.addEventListener('dblclick', (event) => {
    if ((event.target as Element).closest('.card, .legend, .corner')) return;
    const { left, top } = element.getBoundingClientRect();
    camera.zoom(2, { x: event.clientX - left, y: event.clientY - top });
  });
}

function distance(a: { x: number; y: number }, b: { x: number; y: number }): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

const directions: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** @returns whether the key means something here */
function key(
  stage: Stage,
  { key, shiftKey, target }: KeyboardEvent,
  choose: (drawn: number | undefined) => void,
): boolean {
  const own = (target as HTMLElement).closest<SVGElement>('[data-drawn]');
  const drawn = own === null ? undefined : Number(own.dataset.drawn);
  const direction = directions[key];
  if (direction !== undefined) {
    const [x, y] = direction;
    if (drawn === undefined || shiftKey) stage.camera.pan(-x * step, -y * step);
    else {
      const next = nearest(stage, drawn, direction);
      if (next !== undefined) stage.reveal(next, true);
    }
    return true;
  }
  if (key === '+' || key === '=') stage.camera.zoom(1.25);
  else if (key === '-' || key === '_') stage.camera.zoom(0.8);
  else if (key === '0') stage.camera.fit(stage.area());
  else if (key === 'Enter' || key === ' ') {
    if (drawn !== undefined) choose(drawn);
    else {
      const middle = inTheMiddle(stage);
      if (middle !== undefined) stage.reveal(middle, true);
    }
  } else if (key === 'Escape' && drawn !== undefined) stage.element.focus();
  else return false;
  return true;
}

/** The node that comes next in a direction: rather straight on than near. */
function nearest(stage: Stage, from: number, [x, y]: readonly [number, number]): number | undefined {
  const nodes = stage.scene?.picture.drawnNodes ?? [];
  const start = nodes[from];
  if (start === undefined) return undefined;
  let [best, least]: [number | undefined, number] = [undefined, Infinity];
  for (const [i, node] of nodes.entries()) {
    const dx = node.x + node.width / 2 - (start.x + start.width / 2);
    const dy = node.y + node.height / 2 - (start.y + start.height / 2);
    const along = dx * x + dy * y;
    if (i === from || along <= 4 || !stage.isShown(node)) continue;
    const aside = Math.abs(dx * y) + Math.abs(dy * x);
    const far = along + 2.5 * aside;
    if (far < least) [best, least] = [i, far];
  }
  return best;
}

function inTheMiddle(stage: Stage): number | undefined {
  const seen = stage.camera.seen();
  let [best, least]: [number | undefined, number] = [undefined, Infinity];
  for (const [i, node] of (stage.scene?.picture.drawnNodes ?? []).entries()) {
    if (!stage.isShown(node)) continue;
    const far = Math.hypot(
      node.x + node.width / 2 - (seen.x + seen.width / 2),
      node.y + node.height / 2 - (seen.y + seen.height / 2),
    );
    if (far < least) [best, least] = [i, far];
  }
  return best;
}
