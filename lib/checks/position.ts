import { writtenAt } from '../graph/resource';
import { textAt } from '../json/read';
import type { Place } from '../tree/kustomize/origin';
import { locate, locateWithin } from '../tree/source';
import type { Position } from '../tree/source/source';
import type { Spot } from './check';

/** The file of a problem; that alone asks nobody for its lines. */
export function fileOf(at: Spot): string {
  return 'file' in at ? at.file : placeOf(at).document.file.path;
}

function placeOf(at: Exclude<Spot, { file: string }>): Place {
  return 'document' in at ? at : writtenAt(at.resource, at.path);
}

/** The file, line and column of a problem. */
export function positionOf(at: Spot): Position & { readonly file: string } {
  if ('file' in at) return at;
  const { document, path } = placeOf(at);
  // Of what a chart makes, the field of the HelmRelease that holds the values.
  const on = 'resource' in at && at.resource.chart !== undefined ? 'key' : at.on;
  const text = 'part' in at && on !== 'key' ? textAt(document.value, ...path) : undefined;
  const position =
    text === undefined || !('part' in at)
      ? locate(document, path, on)
      : locateWithin(document, path, text, at.part ?? '');
  return { file: document.file.path, ...position };
}

/** Lines before and after a problem's that are shown. */
export const framed = 2;

/** The lines that are not shown, neither beside their own problem nor beside another's. */
export class SensitiveLines {
  private readonly lines = new Map<string, Set<number>>();

  add(at: Spot): void {
    const { file, line } = positionOf(at);
    this.lines.set(file, (this.lines.get(file) ?? new Set()).add(line));
  }

  near(file: string, line: number): boolean {
    const lines = this.lines.get(file);
    if (lines === undefined) return false;
    for (let i = line - framed; i <= line + framed; i += 1) if (lines.has(i)) return true;
    return false;
  }
}
