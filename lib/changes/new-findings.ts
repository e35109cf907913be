import { type Finding, objectAlone } from '../checks/finding';
import type { Graph } from '../graph/graph';
import { describe, isObject } from '../graph/identity';
import { shownPath } from '../graph/shown-path';
import { display } from '../graph/substitution';
import type { SourceTree } from '../tree/source/source';
import { withoutHash } from './pairs';
import { withoutFolder } from './without-folder';

/** A finding, and how it reads when it is compared. */
interface Compared {
  readonly finding: Finding;
  readonly compared: Finding;
}

/**
 * Findings that the other side has not. Lines may have moved, and what kustomize generates may have got another hash at the end of
 * its name: neither makes a finding a new one, nor does another name of the object at the same place, nor another version of a chart.
 */
export function newIn(mine: Findings, theirs: Findings): readonly Finding[] {
  let [left, others] = [comparedOf(mine, theirs), comparedOf(theirs, mine)];
  // The surest first: of two that say the same, the one that is gone is the one of the file that changed.
  for (const key of [objectPlaceOf, fileOf, placeOf, messageOf])
    [left, others] = [leftOf(left, others, key), leftOf(others, left, key)];
  return left.map(({ finding }) => finding);
}

/** What the checks find in a tree. */
export interface Findings {
  readonly findings: readonly Finding[];
  /** The tree, whose folder is no part of what a finding says. */
  readonly tree?: SourceTree;
  /** The names of its Kustomizations, as in `flux-system/apps`. */
  readonly kustomizations?: ReadonlySet<string>;
}

/** Kustomizations that the other side has not read alike: a renamed one makes no finding a new one. */
function comparedOf({ findings, tree, kustomizations = none }: Findings, other: Findings): readonly Compared[] {
  const renamed = [...kustomizations].filter((name) => !(other.kustomizations ?? none).has(name)).map(named);
  const plain = (text: string) => {
    const unversioned = text.replace(/\b(chart \S+) v?\d\S*/g, '$1');
    const placed = tree === undefined ? unversioned : withoutFolder(unversioned, tree);
    return renamed.reduce((rest, name) => rest.replace(name, ''), placed);
  };
  return findings.map((finding) => {
    const { message, file, object } = finding;
    const compared = { ...finding, message: plain(message), file: plain(file), object: object && plain(object) };
    return { finding, compared };
  });
}

/** Where a text names a Kustomization, be it in a list of them; not one whose name only begins alike. */
function named(name: string): RegExp {
  return new RegExp(
    `(?<=Kustomization |: |, | and )${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w/-]|\\.\\w)`,
    'g',
  );
}

const none: ReadonlySet<string> = new Set();

type Key = (finding: Finding) => readonly unknown[];

const objectPlaceOf: Key = (finding) => [finding.object, ...placeOf(finding)];
const placeOf: Key = ({ rule, message, file, line, column }) => [rule, message, file, line, column];
const fileOf: Key = (finding) => [finding.file, ...messageOf(finding)];
const messageOf: Key = ({ rule, object = '', message }) => {
  const plain = withoutHash(object);
  const [name, short] = [object, plain].map((text) => text.replace(/^.*[ /]/, ''));
  // Other words of the message may end like a hash.
  return [rule, plain, name === short ? message : message.replaceAll(name ?? '', short ?? '')];
};

function leftOf(mine: readonly Compared[], theirs: readonly Compared[], keyOf: Key): readonly Compared[] {
  const known = new Map<string, number>();
  for (const { compared } of theirs) {
    const key = JSON.stringify(keyOf(compared));
    known.set(key, (known.get(key) ?? 0) + 1);
  }
  return mine.filter(({ compared }) => {
    const key = JSON.stringify(keyOf(compared));
    const left = known.get(key) ?? 0;
    known.set(key, left - 1);
    return left <= 0;
  });
}

/** Whether what a finding of another tree is about, its object or else its file, is in a graph. */
export function presence({ clusters, tree }: Graph): (finding: Finding, of: SourceTree) => boolean {
  const objects = new Set(clusters.flatMap(({ resources }) => resources.map((one) => display(describe(one)))));
  const files = new Set<string>();
  for (const { path, documents } of tree.files.values()) {
    files.add(withoutFolder(shownPath(tree, path), tree));
    for (const { value } of documents) {
      if (!isObject(value)) continue;
      const { name, namespace } = value.metadata;
      objects.add(describe({ kind: value.kind, name, namespace: typeof namespace === 'string' ? namespace : '' }));
    }
  }
  return ({ object, file }, of) =>
    object === undefined ? files.has(withoutFolder(file, of)) : objects.has(objectAlone(object));
}
