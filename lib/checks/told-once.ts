import { deepEqual } from '../json/deep-equal';
import type { Json } from '../json/json';
import { compareText } from '../text/compare';
import { groupBy } from '../text/group-by';
import { listed } from '../text/listed';
import type { Together } from './check';
import { type FileEdit, type Finding, objectAlone } from './finding';

/** A finding, and what it has in common with others. */
export interface Told {
  readonly finding: Finding;
  readonly together: Together | undefined;
}

/** The findings, with one for all that have something in common; it stands where the first of them is. */
export function toldOnce(told: readonly Told[]): readonly Finding[] {
  const groups = groupBy(
    told.filter(({ together }) => together !== undefined),
    ({ finding, together }) => JSON.stringify([finding.rule, finding.severity, together?.key]),
  );
  const first = new Map([...groups.values()].map((group) => [group[0], group]));
  const alike = groupBy(
    told.filter(({ together }) => together === undefined),
    ({ finding }) => sayingOf(finding),
  );
  return told.flatMap((one) => {
    if (one.together === undefined) {
      const [chief, ...others] = alike.get(sayingOf(one.finding)) ?? [];
      return chief !== one ? [] : [ofOneLine(one.finding, others)];
    }
    const group = first.get(one);
    if (group === undefined) return [];
    return group.length === 1 ? [one.finding] : [ofMany(one.together, group)];
  });
}

/** What a finding says but for the name of its object: a component makes many objects of one line. */
function sayingOf({ rule, file, line, column, severity, message, object }: Finding): string {
  const alone = object === undefined ? '' : objectAlone(object);
  const names = [alone.replace(/^\S+ /, ''), alone.replace(/^.*[ /]/, '')];
  const said = names.filter((name) => name !== '').reduce((text, name) => text.replaceAll(name, '\0'), message);
  return JSON.stringify([rule, file, line, column, severity, said, object === undefined]);
}

function ofOneLine(finding: Finding, others: readonly Told[]): Finding {
  if (others.length === 0) return finding;
  const all = [finding, ...others.map((other) => other.finding)];
  const objects = others.length === 1 ? 'one more object' : `${others.length} more objects`;
  const kustomizations = new Set(all.flatMap((one) => one.kustomizations ?? []));
  const { fix, ...alone } = finding;
  return {
    ...alone,
    // What some of them do not take, the line does not.
    ...(fix && all.every((one) => deepEqual(asJson(one.fix), asJson(fix))) && { fix }),
    message: `${finding.message}; the same is true of ${objects} made by this line`,
    clusters: all.some(({ clusters }) => clusters.length === 0) ? [] : clustersOf(all),
    ...(kustomizations.size > 0 && { kustomizations: [...kustomizations].sort(compareText) }),
  };
}

function clustersOf(findings: readonly Finding[]): readonly string[] {
  return [...new Set(findings.flatMap(({ clusters }) => clusters))].sort(compareText);
}

/** Two objects of one line have the same edits. */
function distinct(edits: readonly FileEdit[]): readonly FileEdit[] {
  return [...new Map(edits.map((edit) => [JSON.stringify([edit.file, edit.start.offset]), edit])).values()];
}

function asJson(fix: Finding['fix']): Json | undefined {
  return fix as unknown as Json | undefined;
}

/** Places in the message of a finding that stands for many. */
const shownPlaces = 6;

function ofMany({ message }: Together, group: readonly Told[]): Finding {
  const findings = group.map(({ finding }) => finding);
  const places = findings.map(({ file, line }) => `${file}:${line}`);
  const fixes = findings.flatMap(({ fix }) => (fix === undefined ? [] : [fix]));
  const fix = fixes.find(({ edits }) => edits.length > 0) ?? fixes[0];
  const { fix: _, ...first } = findings[0] as Finding;
  return {
    ...first,
    ...(fix !== undefined && { fix: { ...fix, edits: distinct(fixes.flatMap(({ edits }) => edits)) } }),
    message: `${message(group.length)}: ${listed(places, shownPlaces)}`,
    object: undefined,
    places,
    clusters: findings.some(({ clusters }) => clusters.length === 0) ? [] : clustersOf(findings),
    kustomizations: undefined,
  };
}
