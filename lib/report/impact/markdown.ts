import type { Impact, ImpactEffect } from '../../changes/impact';
import { count } from '../../text/count';
import { code, escapeMarkdown, withCode } from '../markdown-text';
import { countsOf, hasSeveralClusters, nothing } from './counts';
import type { ImpactFormat, ImpactOptions } from './format';

/** For a comment or a page. */
export const markdown: ImpactFormat = {
  render(impacts, options) {
    const several = hasSeveralClusters(impacts);
    return `${impacts.map((impact) => one(impact, several, options).join('\n')).join('\n\n')}\n`;
  },
};

function one(impact: Impact, several: boolean, options: ImpactOptions): string[] {
  const { subject, cluster, file, line, kustomization, madeBy, readers, ifChanged, ifGone } = impact;
  const facts = [
    ...(madeBy.length === 0 ? [] : [`made by ${madeBy.map(escapeMarkdown).join('; ')}`]),
    ...(file === undefined ? [] : [`written in ${code(`${file}:${line}`)}`]),
    ...(kustomization === undefined ? [] : [`applied by Kustomization ${escapeMarkdown(kustomization)}`]),
  ];
  return [
    `### ${code(subject)}${several ? ` in cluster ${escapeMarkdown(cluster)}` : ''}`,
    '',
    ...(facts.length === 0 ? [] : [...facts.map((fact) => `- ${fact}`), '']),
    `**${readers.length === 0 ? nothing.readers : `Read by ${count(readers.length, 'object')}`}**`,
    '',
    ...limited(readers, options, '', ({ object, how, optional, file, line }) => [
      `- **${escapeMarkdown(object)}** ${withCode(how)}${optional ? ' (optional)' : ''}${file === undefined ? '' : ` (${code(`${file}:${line}`)})`}`,
    ]),
    '',
    '**If it changes**',
    '',
    ...section(ifChanged, nothing.ifChanged, options),
    '',
    '**If it is gone**',
    '',
    ...section(ifGone, nothing.ifGone, options),
  ];
}

function section(effects: readonly ImpactEffect[], none: string, options: ImpactOptions): string[] {
  const counts = effects.length === 0 ? [] : [escapeMarkdown(countsOf(effects)), ''];
  return [...counts, ...limited(effects, options, none, effectLines)];
}

function effectLines({ object, message, todo, distance }: ImpactEffect): string[] {
  const indent = '  '.repeat(Math.max(0, distance - 1));
  return [
    `${indent}- **${escapeMarkdown(object)}** ${withCode(message)}`,
    ...todo.map((one) => `${indent}  - [ ] ${withCode(one)}`),
  ];
}

function limited<T>(all: readonly T[], { most }: ImpactOptions, none: string, lines: (one: T) => string[]): string[] {
  if (all.length === 0) return none === '' ? [] : [none];
  const left = all.length - most;
  return [...all.slice(0, most).flatMap(lines), ...(left > 0 ? ['', `… and ${left} more.`] : [])];
}
