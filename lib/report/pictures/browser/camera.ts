import type { Box } from '../layout/drawing';
import { phone } from './phone';

const least = 0.004;
const most = 3;
/** From where on the text of cards can be read, and below which nothing of them can. */
export const readable = 0.45;
export const tiny = 0.3;
/** Pixels that are left free around what is fitted in. */
const margin = 40;
/** More below: the legend stands there. */
const bottom = 30;
const phoneMargin = 10;
const leastOnPhone = 0.7;

/** Where the picture stands on the stage: `screen = picture * scale + offset`. */
export class Camera {
  x = 0;
  y = 0;
  scale = 1;
  /** Whether all is in sight because it was fitted in, and nobody has moved it since. */
  fitted = false;

  constructor(
    private readonly size: () => { readonly width: number; readonly height: number },
    private readonly changed: () => void,
  ) {}

  pan(dx: number, dy: number): void {
    this.x += dx;
    this.y += dy;
    this.fitted = false;
    this.changed();
  }

  /** Zooms about a point of the stage: its middle, unless said otherwise. */
  zoom(factor: number, at?: { readonly x: number; readonly y: number }): void {
    const { width, height } = this.size();
    const { x, y } = at ?? { x: width / 2, y: height / 2 };
    const scale = Math.min(most, Math.max(least, this.scale * factor));
    this.x = x - ((x - this.x) * scale) / this.scale;
    this.y = y - ((y - this.y) * scale) / this.scale;
    this.scale = scale;
    this.fitted = false;
    this.changed();
  }

  fit(area: Box): void {
    const { width, height } = this.size();
    if (phone.matches) {
      this.fitAcross(area);
      return;
    }
    const room = { width: Math.max(width - 2 * margin, 50), height: Math.max(height - 2 * margin - bottom, 50) };
    this.scale = Math.max(
      least,
      Math.min(1.15, room.width / Math.max(area.width, 1), room.height / Math.max(area.height, 1)),
    );
    this.x = (width - area.width * this.scale) / 2 - area.x * this.scale;
    this.y = (height - bottom - area.height * this.scale) / 2 - area.y * this.scale;
    this.fitted = true;
    this.changed();
  }

  /** On a phone a picture is a column: as wide as the screen, from its top on, and never too small to be read. */
  private fitAcross(area: Box): void {
    const { width, height } = this.size();
    this.scale = Math.max(leastOnPhone, Math.min(1.15, (width - 2 * phoneMargin) / Math.max(area.width, 1)));
    this.x = phoneMargin - area.x * this.scale;
    this.y = phoneMargin * 2 - area.y * this.scale;
    this.fitted = area.height * this.scale <= height;
    this.changed();
  }

  /** Shows an area for the first time: all of it, or its upper left corner where all would be too small and has no tiles with names. */
  begin(area: Box, hasTiles: boolean): void {
    this.fit(area);
    if (this.scale >= readable || hasTiles) return;
    this.scale = 0.6;
    this.x = margin / 2 - area.x * this.scale;
    this.y = margin / 2 - area.y * this.scale;
    this.fitted = false;
    this.changed();
  }

  /** Brings an area into sight, and near enough to be read. */
  show(area: Box): void {
    const { width, height } = this.size();
    if (this.scale < readable) {
      this.scale = 0.9;
      this.fitted = false;
    }
    const [left, top] = [area.x * this.scale + this.x, area.y * this.scale + this.y];
    const inside =
      left >= margin &&
      top >= margin &&
      left + area.width * this.scale <= width - margin &&
      top + area.height * this.scale <= height - margin;
    if (!inside) {
      this.fitted = false;
      this.x = width / 2 - (area.x + area.width / 2) * this.scale;
      this.y = height / 2 - (area.y + area.height / 2) * this.scale;
    }
    this.changed();
  }

  /** What part of the picture the stage shows. */
  seen(): Box {
    const { width, height } = this.size();
    return { x: -this.x / this.scale, y: -this.y / this.scale, width: width / this.scale, height: height / this.scale };
  }
}

export function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
