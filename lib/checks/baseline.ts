import { relative, resolve } from 'node:path';
import { type Compared, type Finding, objectAlone } from './finding';

/** Findings that are known, such as those of a tree from before it was checked: they are counted, and nothing fails for them. */
export interface Baseline {
  /** The folder that the files in it are relative to: that of the baseline itself. */
  readonly folder: string;
  /** One for each finding: rule, file, object and the path in it, with a tab between them. No numbers of lines, which move. */
  readonly lines: readonly string[];
}

/** The lines of a baseline as a file holds them. */
export function readLines(text: string): readonly string[] {
  return text.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'));
}

export function printLines(lines: readonly string[]): string {
  const header = '# Findings that are known. `espalier check --write-baseline` writes this file; lines may be deleted.';
  return `${[header, ...lines].join('\n')}\n`;
}

/** Which file a line speaks of, from the folder of its baseline. */
export function fileOf(line: string): string {
  return line.split('\t')[1] ?? '';
}

/** Tells what is known from what is new. Of several alike findings as many are known as there are lines. */
export class KnownFindings {
  private readonly left = new Map<string, number>();
  private readonly found: string[] = [];
  /** How many findings are known. */
  count = 0;

  constructor(private readonly baseline: Baseline) {
    for (const line of baseline.lines) this.left.set(line, (this.left.get(line) ?? 0) + 1);
  }

  /** @param path the path in the object */
  covers(finding: Finding, path: string): boolean {
    const line = this.lineOf(finding, path);
    this.found.push(line);
    const left = this.left.get(line) ?? 0;
    if (left === 0) return false;
    this.left.set(line, left - 1);
    this.count += 1;
    return true;
  }

  /** @param isAsked whether a rule was to report what it finds: of another, nobody knows */
  compared(isAsked: (rule: string) => boolean): Compared {
    const stale = [...this.left]
      .filter(([line]) => isAsked(line.split('\t')[0] ?? ''))
      .flatMap(([line, left]) => Array<string>(left).fill(line));
    return { found: this.found.sort(), stale: stale.sort() };
  }

  private lineOf({ rule, file, object = '' }: Finding, path: string): string {
    const from = relative(this.baseline.folder, resolve(file)).replaceAll('\\', '/');
    const parts = [rule, from, objectAlone(object), path];
    return parts
      .map((part) => part.replace(/[\t\r\n]/g, ' '))
      .join('\t')
      .trimEnd();
  }
}
