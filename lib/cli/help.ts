import { wrap } from '../report/columns';
import { print } from './terminal';

/** Prints the text of `--help`: anew on lines of a terminal that is narrower than it. */
export function printHelp(text: string, columns: number | undefined = process.stdout.columns): void {
  const isNarrow = columns !== undefined && text.split('\n').some((line) => line.length > columns);
  print(isNarrow ? fitted(text, Math.max(columns, 40)) : text);
}

/** A help text for so many columns: what is said of an option goes on below where it began. */
export function fitted(text: string, columns: number): string {
  const entries: string[] = [];
  for (const line of text.split('\n')) {
    const before = entries.at(-1);
    const goesOn = before?.startsWith('  ') ? /^ {6,}\S/.test(line) : /^[^ ]/.test(before ?? '') && isProse(line);
    if (goesOn) entries[entries.length - 1] = `${before} ${line.trimStart()}`;
    else entries.push(line);
  }
  return entries.map((entry) => onLines(entry, columns)).join('\n');
}

function isProse(line: string): boolean {
  return /^[^ ]/.test(line) && !/^(?:Usage|Exit codes|Example):/.test(line);
}

function onLines(entry: string, columns: number): string {
  const [lead = ''] = /^ +(?:\S.*? {2,})?/.exec(entry) ?? [];
  const text = entry.slice(lead.length).split(' ');
  // Where little room is left beside it, below the option.
  if (columns - lead.length < 24 && lead.trim() !== '') {
    return [lead.trimEnd(), ...wrap(text, columns - 6).map((line) => `      ${line}`)].join('\n');
  }
  return lead + wrap(text, columns - lead.length).join(`\n${' '.repeat(lead.length)}`);
}
