import type { Change, FieldChange, Review } from '../../../changes/review';
import { count } from '../../../text/count';
import { groupBy } from '../../../text/group-by';
import { enumerated, few } from '../../../text/listed';
import { inClusters } from './clusters';

/** How many are named. */
const most = 4;

/** Of which objects nothing is said because nothing is known of their kind: how many they are, and a sentence; undefined for none. */
export function unjudgedIn({ clusters }: Review): { readonly count: number; readonly text: string } | undefined {
  const all = clusters.flatMap(({ name, changes }) =>
    changes.flatMap((change) => (change.unjudged === true ? [{ ...change, name }] : [])),
  );
  if (all.length === 0) return undefined;
  const objects = [...groupBy(all, ({ object }) => object)].map(([object, those]) => {
    const names = those.map(({ name }) => name);
    return `${inClusters(object, names, clusters)}${fieldsOf(those[0])}`;
  });
  const kinds = new Set(all.map(({ kind }) => kind));
  return {
    count: all.length,
    text: `${enumerated(few(objects, most))}. Nothing is known of what a change of ${kinds.size === 1 ? 'this kind' : 'these kinds'} does: look at it yourself.`,
  };
}

/** Whether nothing that differs is judged: then it is not called harmless. */
export function isNotJudged({ clusters, found }: Review): boolean {
  const changes = clusters.flatMap((cluster) => cluster.changes).filter(({ type }) => type !== 'moved');
  return (
    changes.length > 0 &&
    changes.every(({ unjudged }) => unjudged === true) &&
    clusters.every(({ effects }) => effects.length === 0) &&
    found.every(({ severity }) => severity !== 'error')
  );
}

/** How many fields are shown, and values of how many characters. */
const mostFields = 2;
const mostCharacters = 60;

/** ` (\`spec.talos.version\`: \`v1.13.9\` → \`v1.14.0\`)`: short values, of other fields the path alone. */
function fieldsOf({ fields }: Change): string {
  if (fields.length === 0) return '';
  const shown = fields.slice(0, mostFields).map(fieldText);
  const left = fields.length - shown.length;
  return ` (${shown.join(', ')}${left > 0 ? ` and ${count(left, 'more field')}` : ''})`;
}

function fieldText({ path, before, after }: FieldChange): string {
  const isShort = [before, after].every(
    (value) => value !== undefined && value.length <= mostCharacters && !/[`\n]/.test(value.trim()),
  );
  return isShort ? `\`${path}\`: \`${before?.trim()}\` → \`${after?.trim()}\`` : `\`${path}\``;
}
