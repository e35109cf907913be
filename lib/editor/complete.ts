import type { Graph } from '../graph/graph';
import { isObject } from '../graph/identity';
import type { Resource } from '../graph/resource';
import { isKnown } from '../graph/substitution';
import { textAt, textsIn } from '../json/read';
import { groupVersion } from '../systems/api-version';
import { compareText } from '../text/compare';
import { parseFile, type SourceDocument } from '../tree/source';
import { suggestedPaths } from './paths';
import { suggestedEntries } from './suggested-entries';
import { suggestedNames } from './suggested-names';
import { mark, type Suggestion, type Writing } from './suggestion';

export interface Suggestions {
  /** What a suggestion takes the place of, as offsets in the text. */
  readonly from: number;
  readonly to: number;
  readonly all: readonly Suggestion[];
}

/** No name or path is longer. */
const longest = 300;

/**
 * What may be written at an offset: names of objects that a field may refer to, keys of Secrets, entries of stores, files.
 *
 * @param path of the file in the tree
 * @param text as it is in the editor
 */
export function suggestionsAt(graph: Graph, path: string, text: string, offset: number): Suggestions | undefined {
  const [before, after] = [text.slice(Math.max(offset - longest, 0), offset), text.slice(offset, offset + longest)];
  const from = offset - (/[^\s'"{},[\]]*$/.exec(before)?.[0].length ?? 0);
  const to = offset + (/^[^\s'"{},[\]:#]*/.exec(after)?.[0].length ?? 0);
  const file = parseFile(path, text.slice(0, from) + mark + text.slice(to));
  const found = file.documents.flatMap((document) => {
    const at = textsIn(document.value).find((one) => one.text === mark);
    return at === undefined ? [] : [{ document, path: at.path }];
  });
  const [place] = found;
  if (place === undefined) return undefined;
  const all = [
    ...suggestedPaths(graph, place, text.slice(from, offset)),
    ...writingsIn(graph, place.document).flatMap((writing) => [
      ...suggestedNames(writing),
      ...suggestedEntries(writing),
    ]),
  ];
  const distinct = new Map(all.filter((one) => isKnown(one.text)).map((one) => [one.text, one]));
  return { from, to, all: [...distinct.values()].sort((a, b) => compareText(a.text, b.text)) };
}

/** The object that a document is, in each cluster that has its file: with the namespace that it has there. */
function writingsIn(graph: Graph, document: SourceDocument): readonly Writing[] {
  const { file, value, encrypted } = document;
  if (!isObject(value) || encrypted) return [];
  const { kind, metadata, apiVersion } = value;
  return graph.clusters.flatMap((cluster) => {
    const here = cluster.resources.filter((one) => one.document.file.path === file.path);
    if (here.length === 0 && graph.clusters.length > 1) return [];
    const same = here.find((one) => one.kind === kind && nameOf(one) === metadata.name);
    const resource: Resource = {
      ...groupVersion(apiVersion),
      kind,
      namespace: same?.namespace ?? textAt(metadata, 'namespace') ?? here[0]?.namespace ?? '',
      name: metadata.name,
      value,
      document,
      path: [],
      generated: false,
      uncertain: false,
      appliedBy: same?.appliedBy,
    };
    return [{ cluster, resource }];
  });
}

/** As it is written: kustomize may call it otherwise. */
function nameOf({ document, path }: Resource): string | undefined {
  return textAt(document.value, ...path, 'metadata', 'name');
}
