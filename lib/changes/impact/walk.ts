import { describe, step } from '../../graph/identity';
import type { ResourcePath } from '../../graph/resource';
import { shownPlace } from '../../graph/shown-place';
import { type Subject, subjectId, subjectName } from '../../graph/subjects';
import { display } from '../../graph/substitution';
import type { SourceTree } from '../../tree/source/source';
import type { Happening } from '../effect';
import type { ImpactEffect } from './impact';

/** What happens to a subject because of what has happened to another. */
export interface Consequence<Event> {
  readonly on: Subject;
  readonly event: Event;
  readonly happening: Happening;
  /** Where it says that it depends on the other. */
  readonly at?: ResourcePath | undefined;
  /** Whether nothing follows from it: a text names the other, and what is done with that nobody knows. @default false */
  readonly isMention?: boolean;
}

/** Things that follow from others: each once, on the shortest way, after what leads to it. */
export function follow<Event>(
  start: Subject,
  event: Event,
  consequencesOf: (subject: Subject, event: Event) => Iterable<Consequence<Event>>,
  tree: SourceTree,
): ImpactEffect[] {
  interface Node {
    readonly subject: Subject;
    readonly event: Event;
    readonly effect: ImpactEffect | undefined;
    readonly next: Node[];
  }
  const top: Node = { subject: start, event, effect: undefined, next: [] };
  const known = new Set([subjectId(start), wholeId(start)]);
  const mentioned = new Set<string>();
  const queue = [top];
  for (const node of queue) {
    const chain = node.effect === undefined ? [stepName(start)] : [...node.effect.chain, stepName(node.subject)];
    for (const { on, event, happening, at, isMention = false } of consequencesOf(node.subject, node.event)) {
      const id = subjectId(on);
      if (known.has(id) || known.has(wholeId(on)) || (isMention && mentioned.has(id))) continue;
      // What only names it may still depend on it in another way.
      (isMention ? mentioned : known).add(id);
      const distance = (node.effect?.distance ?? 0) + 1;
      const { kind, danger, message, todo = [] } = happening;
      const effect = { kind, danger, object: shownName(on), message, chain, todo, ...shownPlace(at, tree), distance };
      const found: Node = { subject: on, event, effect, next: [] };
      node.next.push(found);
      if (!isMention) queue.push(found);
    }
  }
  const inOrder = ({ effect, next }: Node): ImpactEffect[] => [
    ...(effect === undefined ? [] : [effect]),
    ...next.flatMap(inOrder),
  ];
  return inOrder(top);
}

/** What has happened to all of an object has happened to each of its keys. */
function wholeId(subject: Subject): string {
  if (subject.type === 'object') return subjectId({ ...subject, key: undefined });
  return subjectId(subject.type === 'entry' ? { ...subject, property: undefined } : subject);
}

/** "Secret shop/db key `host`", `vault:kv/shop/db#host`: how effects name it. */
export function shownName(subject: Subject): string {
  if (subject.type === 'host') return `host ${subject.host}`;
  if (subject.type === 'entry') return subjectName(subject);
  return `${display(describe(subject.identity))}${keyText(subject.key)}`;
}

/** How the steps of a chain name it, as those of `diff` do. */
function stepName(subject: Subject): string {
  if (subject.type === 'host') return subject.host;
  return subject.type === 'entry' ? subjectName(subject) : `${display(step(subject.identity))}${keyText(subject.key)}`;
}

function keyText(key: string | undefined): string {
  return key === undefined ? '' : ` key \`${key}\``;
}
