import type { Effect } from '../../../changes/review';
import { effectKinds } from '../../../changes/review';
import { EspalierError } from '../../../errors';
import { isRevision } from '../../../tree/source';
import { compareSides } from '../../diff';
import { Progress } from '../../progress';
import { liesAbove } from '../../read-graph';
import { number, object, page, pageInput, pageOf, type Tool, text, texts, treeInput } from '../tool';

/** What a change does. */
export const diff: Tool = {
  name: 'diff',
  title: 'What a change does',
  description:
    'What Flux and the operators will do once the change is merged: what restarts, is deleted or blocked, what a person must do, what changes in Vault. Compares the work tree with a Git revision (default: where the branch left the main branch).',
  input: {
    base: { type: 'string', description: 'A branch, a tag or a commit, such as main or HEAD~1' },
    kind: { type: 'string', enum: [...effectKinds], description: 'Only effects of this kind' },
    ...treeInput,
    ...pageInput,
  },
  output: object({
    base: text,
    head: text,
    danger: text,
    counts: { type: 'object', additionalProperties: number },
    changed: number,
    found: number,
    noLongerFound: number,
    effects: pageOf(
      object(
        { cluster: text, kind: text, danger: text, object: text, message: text, chain: texts, todo: texts, held: text },
        ['cluster', 'kind', 'danger', 'object', 'message', 'chain', 'todo'],
      ),
    ),
    unknown: texts,
  }),
  readOnly: true,
  async run(args, { inside, settings }) {
    const path = inside((args.path as string | undefined) ?? '.');
    const base = args.base as string | undefined;
    if (liesAbove(settings.bound)) {
      throw new EspalierError(
        'the Git repository begins above the folder that this server was started for. Start espalier mcp in the top folder of the repository.',
      );
    }
    if (base !== undefined && !isRevision(path, base)) {
      throw new EspalierError(`there is no Git revision ${JSON.stringify(base)}. Name a branch, a tag or a commit.`);
    }
    const sides = { base, head: undefined, path, cluster: args.cluster as string | undefined };
    const review = await Progress.during((progress) => compareSides(sides, settings, progress));
    const effects: (Effect & { cluster: string })[] = review.clusters.flatMap((cluster) =>
      cluster.effects.map((effect) => ({ cluster: cluster.name, ...effect })),
    );
    const counts: Record<string, number> = {};
    for (const { kind } of effects) counts[kind] = (counts[kind] ?? 0) + 1;
    const asked = effects.filter(({ kind }) => args.kind === undefined || kind === args.kind);
    return {
      base: review.base,
      head: review.head,
      danger: review.danger,
      counts,
      changed: review.clusters.reduce((sum, { changes }) => sum + changes.length, 0),
      found: review.found.length,
      noLongerFound: review.mended.length + review.noLongerReported.length,
      effects: page(asked, args),
      unknown: review.unknown.slice(0, 20),
    };
  },
};
