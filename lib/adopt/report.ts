import { count } from '../text/count';
import type { Tree } from '../tree/tree';
import type { Adopted } from './adopt';
import type { Survey } from './survey';

/** What was done, for the report. */
export interface Done {
  readonly tree: Tree;
  readonly main: string;
  readonly output: string;
  readonly codeOnly: boolean;
}

/** What adopt says at the end. */
export function adoptionReport(
  { forms, left, reasons }: Adopted,
  found: Survey,
  { main, output, codeOnly }: Done,
): string {
  const byForm = new Map<string, number>();
  for (const { name } of forms.values()) byForm.set(name, (byForm.get(name) ?? 0) + 1);
  const objects = [...byForm].map(([name, number]) => `${number} as ${name}`).join(', ');
  const lines = [
    `${count(forms.size, 'object')} in ${output}/, called by ${main}: ${objects}. What they make was compared with what was there: equal.`,
    ...(left.length > 0
      ? [`${count(left.length, 'file')} stay as they are:`, ...left.map(({ path, why }) => `  ${path}: ${why}`)]
      : []),
    ...(codeOnly ? ['Run `espalier synth` to write the files.'] : []),
  ];
  void found;
  void reasons;
  return lines.join('\n');
}
