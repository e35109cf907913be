import { describe, step } from '../../graph/identity';
import type { Reference } from '../../graph/references/reference';
import { targetsOf } from '../../graph/references/targets';
import { isKnown } from '../../graph/substitution';
import type { Json, Path } from '../../json/json';
import { at } from '../../json/read';
import type { Part } from '../../systems/references/row';
import { listed } from '../../text/listed';
import { nearest } from '../../text/nearest';
import { fitsWildcards } from '../../text/wildcards';
import type { ClusterCheck, Problem } from '../check';
import { didYouMean } from '../hint';
import { respelled } from '../meant';
import { judgedTargets } from './missing';

export const missingPart: ClusterCheck = {
  id: 'references/missing-part',
  severity: 'error',
  title: 'Reference to a part that the object does not have',
  atRunTime:
    'the object is found, but not what is named within it (a listener, a port, a rule), so the reference has no effect or fails',
  remedy: 'name a part that the object has, or add it there',
  fixes: 'write the one name that is a slip away',
  source: 'docs/references.md',
  *check(cluster) {
    const targets = targetsOf(cluster);
    for (const reference of judgedTargets(cluster)) {
      const { parts } = reference.row;
      if (parts === undefined) continue;
      const found = targets.lookup(reference);
      if (found.state !== 'found' || found.resource === undefined || found.resource.uncertain) continue;
      for (const part of parts) yield* problems(reference, part, part.of(found.resource.value));
    }
  },
};

function* problems(reference: Reference, part: Part, has: readonly Json[] | undefined): Generator<Problem> {
  const { resource, at: way } = reference;
  if (has === undefined || !has.every(isSure)) return;
  const path = [...way, part.field];
  const said = at(resource.value, ...path);
  const wanted: [Json, Path][] = Array.isArray(said)
    ? (said as readonly Json[]).map((one, i) => [one, [...path, i]])
    : said === undefined
      ? []
      : [[said, path]];
  for (const [one, place] of wanted) {
    if (!isSure(one) || has.some((other) => other === one || fits(one, other))) continue;
    const near = typeof one === 'string' ? nearest(one, has.map(String)) : undefined;
    const fails = part.fails === undefined ? '' : `: ${part.fails}`;
    yield {
      at: { resource, path: place },
      message: `${describe(reference)} has no ${part.what} ${one}, only ${listed(has.map(String))}${fails}${didYouMean(near)}`,
      chain: [step(resource), step(reference)],
      ...(typeof one === 'string' && respelled(place, one, has.map(String))),
    };
  }
}

function isSure(value: Json): boolean {
  return typeof value === 'number' || (typeof value === 'string' && isKnown(value));
}

/** Kyverno's names of rules may have wildcards. */
function fits(pattern: Json, text: Json): boolean {
  return (
    typeof pattern === 'string' && typeof text === 'string' && pattern.includes('*') && fitsWildcards(pattern, text)
  );
}
