import type { Graph } from '../graph/graph';
import type { Path } from '../json/json';
import { at, listAt, textAt } from '../json/read';
import { onlyNear } from '../text/nearest';
import type { Change } from '../tree/edit';
import type { SourceDocument } from '../tree/source/source';
import type { Problem, Spot } from './check';
import type { RuleDescription, Severity } from './finding';
import type { MayHaveFix } from './meant';

/** The annotation that turns rules off for one object: a line each, `rule: reason`. */
const suppressionAnnotation = 'espalier/ignore';

/** One line of the annotation. */
interface Suppression {
  readonly rule: string;
  readonly reason: string;
}

/** What objects say of rules, and which of it was needed. */
export class Suppressions {
  private readonly needed = new Map<SourceDocument, Set<string>>();
  /** How many problems were left out. */
  used = 0;

  covers(rule: string, at: Spot): boolean {
    if ('file' in at) return false;
    const document = 'resource' in at ? at.resource.document : at.document;
    const object = 'resource' in at && !at.resource.generated ? at.resource.path : [];
    const own = suppressionsOf(document, object);
    if (!own.some((suppression) => suppression.rule === rule && suppression.reason !== '')) return false;
    const rules = this.needed.get(document) ?? new Set();
    this.needed.set(document, rules.add(keyOf(object, rule)));
    this.used += 1;
    return true;
  }

  isNeeded(document: SourceDocument, object: Path, rule: string): boolean {
    return this.needed.get(document)?.has(keyOf(object, rule)) ?? false;
  }
}

function keyOf(object: Path, rule: string): string {
  return `${object.join('/')} ${rule}`;
}

/** The suppressions of an object, which is the document or an item of a List, in the order of their lines. */
function suppressionsOf({ value }: SourceDocument, object: Path): Suppression[] {
  const text = textAt(value, ...object, 'metadata', 'annotations', suppressionAnnotation);
  if (text === undefined) return [];
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const colon = line.indexOf(':');
      return colon < 0
        ? { rule: line, reason: '' }
        : { rule: line.slice(0, colon).trim(), reason: line.slice(colon + 1).trim() };
    });
}

export const unusedSuppression: RuleDescription = {
  id: 'espalier/unused-suppression',
  severity: 'warning',
  title: 'Suppression that suppresses nothing',
  atRunTime: 'nothing yet, but the annotation would hide a later fault',
  remedy: 'remove the line from the annotation espalier/ignore',
  fixes: 'remove the line, or the annotation where it is the only one',
  source: 'docs/check.md',
};

export const badSuppression: RuleDescription = {
  id: 'espalier/bad-suppression',
  severity: 'error',
  title: 'Suppression without a reason, or for a rule that does not exist',
  atRunTime: 'the suppression has no effect',
  remedy: 'write one line for each rule: `rule: reason`; `espalier explain` lists the rules',
  fixes: 'write the one rule that is a slip away',
  source: 'docs/check.md',
};

/** What is wrong with the suppressions themselves. */
export function* suppressionFaults(
  graph: Graph,
  suppressions: Suppressions,
  rules: ReadonlySet<string>,
  severities: ReadonlyMap<string, Severity | 'off'>,
): Generator<{ check: RuleDescription; problem: Problem }> {
  const on = (rule: RuleDescription) => severities.get(rule.id) !== 'off';
  for (const document of suppressing(graph)) {
    for (const object of objectsIn(document)) {
      for (const { rule, reason } of suppressionsOf(document, object)) {
        const place = { document, path: [...object, 'metadata', 'annotations', suppressionAnnotation] };
        if (!rules.has(rule)) {
          const message = `there is no rule ${JSON.stringify(rule)}`;
          if (on(badSuppression))
            yield { check: badSuppression, problem: { at: place, message, ...renamedRule(place, rule, rules) } };
        } else if (reason === '') {
          const message = `the suppression of ${rule} gives no reason, so it has no effect`;
          if (on(badSuppression)) yield { check: badSuppression, problem: { at: place, message } };
        } else if (!suppressions.isNeeded(document, object, rule) && severities.get(rule) !== 'off') {
          const message = `${rule} finds nothing in this object`;
          if (on(unusedSuppression))
            yield { check: unusedSuppression, problem: { at: place, message, ...withoutRule(place, rule) } };
        }
      }
    }
  }
}

type Place = { readonly document: SourceDocument; readonly path: Path };

/** The annotation without the line of a rule; none of it where that is its only one. */
function withoutRule({ document, path }: Place, rule: string): MayHaveFix {
  const lines = (textAt(document.value, ...path) ?? '').split('\n');
  const kept = lines.filter((line) => line.split(':')[0]?.trim() !== rule);
  const isEmpty = kept.every((line) => line.trim() === '');
  const change: Change = isEmpty ? { path, remove: true } : { path, set: kept.join('\n') };
  return { fix: { title: `remove the line of ${rule} from ${suppressionAnnotation}`, changes: [change] } };
}

function renamedRule({ document, path }: Place, rule: string, rules: ReadonlySet<string>): MayHaveFix {
  const meant = onlyNear(rule, [...rules]);
  const text = textAt(document.value, ...path) ?? '';
  const set = text.replace(rule, meant ?? rule);
  return set === text ? {} : { fix: { title: `write ${meant} for ${rule}`, changes: [{ path, set }] } };
}

/** The documents that may say something of rules; most say nothing, and are no List. */
function suppressing({ tree }: Graph): SourceDocument[] {
  const found: SourceDocument[] = [];
  for (const { documents } of tree.files.values()) {
    for (const document of documents) {
      const { value } = document;
      const isSilent = at(value, 'metadata', 'annotations', suppressionAnnotation) === undefined;
      if (!isSilent || at(value, 'items') !== undefined) found.push(document);
    }
  }
  return found;
}

/** Where objects may stand in a document: it is one, and so are the items of a List. */
function objectsIn({ value }: SourceDocument): Path[] {
  return [[], ...listAt(value, 'items').map((_, i) => ['items', i])];
}
