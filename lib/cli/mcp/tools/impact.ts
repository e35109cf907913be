import type { ImpactEffect } from '../../../changes/impact';
import { impactsOf } from '../../impact';
import { number, object, page, pageInput, pageOf, type Tool, text, texts, treeInput } from '../tool';

const place = { file: text, line: number };
const effects = pageOf(
  object(
    { kind: text, danger: text, object: text, message: text, chain: texts, todo: texts, distance: number, ...place },
    ['kind', 'danger', 'object', 'message', 'chain', 'todo', 'distance'],
  ),
);

/** Who reads something, what restarts if it changes, what fails if it is gone. */
export const impact: Tool = {
  name: 'impact',
  title: 'What hangs on something',
  description:
    'Who reads an object, a key of a Secret or ConfigMap, a path in Vault, a host or a file; what restarts or is written anew if it changes; what fails if it is gone: step by step, each with what led there. Ask it before changing or deleting something.',
  input: {
    object: {
      type: 'string',
      description:
        'Secret/shop/db, Secret/shop/db#password, vault:kv/shop/db#password, host:shop.example.org, apps/shop/secret.yaml, or a name where it is the only one',
    },
    what: {
      type: 'string',
      enum: ['readers', 'changed', 'gone', 'all'],
      description: 'Which part of the answer (default: all)',
    },
    ...treeInput,
    ...pageInput,
  },
  required: ['object'],
  output: object({
    impacts: {
      type: 'array',
      items: object(
        {
          cluster: text,
          subject: text,
          ...place,
          kustomization: text,
          madeBy: texts,
          readers: pageOf(
            object({ object: text, how: text, optional: { type: 'boolean' }, ...place }, ['object', 'how', 'optional']),
          ),
          ifChanged: effects,
          ifGone: effects,
        },
        ['cluster', 'subject', 'madeBy'],
      ),
    },
  }),
  readOnly: true,
  async run(args, { graph }) {
    const what = (args.what as string | undefined) ?? 'all';
    const asks = (part: string) => what === 'all' || what === part;
    const told = (all: readonly ImpactEffect[]) => page(all, args);
    const impacts = impactsOf(await graph(args), String(args.object));
    return {
      impacts: impacts.map(({ readers, ifChanged, ifGone, ...subject }) => ({
        ...subject,
        ...(asks('readers') && { readers: page(readers, args) }),
        ...(asks('changed') && { ifChanged: told(ifChanged) }),
        ...(asks('gone') && { ifGone: told(ifGone) }),
      })),
    };
  },
};
