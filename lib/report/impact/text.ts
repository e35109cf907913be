import type { Impact, ImpactEffect, Reader } from '../../changes/impact';
import { inline } from '../../graph/masking/printable';
import { count } from '../../text/count';
import { withoutCommands } from '../log';
import { item, type Page, pageFor, paragraph } from '../page';
import { countsOf, hasSeveralClusters, nothing } from './counts';
import type { ImpactFormat, ImpactOptions } from './format';

/** For people, on a terminal: each effect below what leads to it. */
export const text: ImpactFormat = {
  render(impacts, options) {
    const page = pageFor(options);
    const several = hasSeveralClusters(impacts);
    const parts = impacts.map((impact) => one(impact, several, page, options).join('\n'));
    return withoutCommands(`${parts.join('\n\n')}\n`);
  },
};

function one(impact: Impact, several: boolean, page: Page, options: ImpactOptions): string[] {
  const { readers, ifChanged, ifGone } = impact;
  return [
    ...head(impact, several, page),
    '',
    page.paint('bold', readers.length === 0 ? nothing.readers : `Read by ${count(readers.length, 'object')}`),
    ...(readers.length === 0 ? [] : limited(readers, options, (reader) => readerLines(reader, page), '')),
    '',
    page.paint('bold', 'If it changes'),
    ...section(ifChanged, nothing.ifChanged, page, options),
    '',
    page.paint('bold', 'If it is gone'),
    ...section(ifGone, nothing.ifGone, page, options),
  ];
}

function head({ subject, cluster, file, line, kustomization, madeBy }: Impact, several: boolean, page: Page): string[] {
  const written = file === undefined ? [] : [`written in ${inline(file)}${line === undefined ? '' : `:${line}`}`];
  const applied = kustomization === undefined ? [] : [`applied by Kustomization ${inline(kustomization)}`];
  const made = madeBy.length === 0 ? [] : [`made by ${madeBy.map(inline).join('; ')}`];
  return [
    `${page.paint(['bold', 'underline'], inline(subject))}${several ? page.paint('dim', ` in cluster ${inline(cluster)}`) : ''}`,
    ...[...made, ...written, ...applied].map((line) => `  ${paragraph(line, page, 4).join('\n')}`),
  ];
}

function section(effects: readonly ImpactEffect[], none: string, page: Page, options: ImpactOptions): string[] {
  const counts = effects.length === 0 ? [] : [`  ${paragraph(countsOf(effects), page, 2).join('\n')}`];
  return [...counts, ...limited(effects, options, (effect) => effectLines(effect, page), none)];
}

function limited<T>(all: readonly T[], { most }: ImpactOptions, lines: (one: T) => string[], none: string): string[] {
  if (all.length === 0) return [`  ${none}`];
  const left = all.length - most;
  return [...all.slice(0, most).flatMap(lines), ...(left > 0 ? [`  … and ${left} more: --all shows them`] : [])];
}

function readerLines({ object, how, optional, file, line }: Reader, page: Page): string[] {
  const where = file === undefined ? [] : [`    ${page.paint('dim', `${inline(file)}:${line}`)}`];
  return [...item(inline(object), inline(`${how}${optional ? ' (optional)' : ''}`), page, 2), ...where];
}

function effectLines({ object, message, todo, distance }: ImpactEffect, page: Page): string[] {
  const indent = 2 * Math.max(1, distance);
  const next = todo.flatMap((one) => item(page.paint('cyan', '!'), inline(one), page, indent + 2));
  return [...item(page.paint('bold', inline(object)), inline(message), page, indent), ...next];
}
