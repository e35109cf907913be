import { makeReview } from '../../lib/changes/make-review';
import type { Effect, Review } from '../../lib/changes/review';
import { checks } from '../../lib/checks';
import { runChecks } from '../../lib/checks/run';
import { readSchemas } from '../../lib/graph/schema/read-schemas';
import { fluxKustomization, graphOf, object } from '../graph/graph';
import type { Texts } from '../tree/kustomize/memory';

/** Those that come with Espalier. */
const schemas = readSchemas();

/** What a change of a tree does: files by path on both sides. */
export function reviewOf(before: Texts, after: Texts): Review {
  const side = (texts: Texts, name: string) => ({ graph: graphOf(texts, { schemas }), findings: [], name });
  return makeReview(side(before, 'before'), side(after, 'after'));
}

/** With what the checks find, too. */
export function checkedReviewOf(before: Texts, after: Texts): Review {
  return makeReview({ ...checked(before), name: 'before' }, { ...checked(after), name: 'after' });
}

/** A side of a review, where one is compared with several. */
export function checked(texts: Texts) {
  const graph = graphOf(texts, { schemas });
  return { graph, findings: runChecks(graph, { checks, severities: new Map() }).findings };
}

/** Each effect in a line: `restart medium Deployment shop/shop restarts its pods …`, what held it and what is to do indented below. */
export function effectsOf(before: Texts, after: Texts): string[] {
  return reviewOf(before, after).clusters.flatMap(({ effects }) => effects.map(lineOf));
}

export function lineOf({ kind, danger, object: on, message, chain, todo, held }: Effect): string {
  return [
    `${kind} ${danger}: ${on} ${message}`,
    ...(chain.length > 0 ? [`because of ${chain.join(' → ')}`] : []),
    ...(held === undefined ? [] : [`held: ${held}`]),
    ...todo.map((step, i) => `${i + 1}. ${step}`),
  ].join('\n  ');
}

/** Each field that differs, in a line: `Deployment shop/shop spec.replicas: 1 → 2`. */
export function fieldsOf(before: Texts, after: Texts): string[] {
  return reviewOf(before, after).clusters.flatMap(({ changes }) =>
    changes.flatMap(({ object: on, fields }) =>
      fields.map(
        (field) =>
          `${on} ${field.path}: ${field.lines === undefined ? `${field.before ?? '-'} → ${field.after ?? '-'}` : field.lines.join(' | ')}`,
      ),
    ),
  );
}

/** What becomes of each object: `created Deployment shop/shop`. */
export function changesOf(before: Texts, after: Texts): string[] {
  return reviewOf(before, after).clusters.flatMap(({ changes }) =>
    changes.map(({ type, object: on }) => `${type} ${on}`),
  );
}

/** What the Kustomizations read from. */
export const source = object(
  'source.toolkit.fluxcd.io/v1',
  'GitRepository',
  'flux-system',
  'spec: { url: https://example.com/tree.git, interval: 1m }',
  'flux-system',
);

/** A cluster of one Kustomization that applies the folder `shop`, as a folder of texts; it prunes. */
export function shop(objects: string, more = 'prune: true'): Texts {
  return {
    'flux/source.yaml': source,
    'flux/ks.yaml': fluxKustomization('shop', './shop', more),
    'shop/shop.yaml': objects,
  };
}

/** The effects where the objects of the folder `shop` change. */
export function shopEffects(before: string, after: string, more = 'prune: true'): string[] {
  return effectsOf(shop(before, more), shop(after, more));
}

/** A Deployment whose container has these fields, in flow style. */
export function deployment(container = '', spec = '', more = ''): string {
  return object(
    'apps/v1',
    'Deployment',
    'shop',
    `spec:
  selector: { matchLabels: { app: shop } }
${spec}
  template:
    metadata: { labels: { app: shop } }
    spec:
      containers: [{ name: shop, image: 'acme/shop:1'${container === '' ? '' : `, ${container}`} }]
${more}`,
  );
}

/** A database of CloudNativePG with this spec, in flow style. */
export function database(spec = 'instances: 1, storage: { size: 1Gi }', metadata = ''): string {
  return `---\napiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: { name: db, namespace: shop${metadata} }\nspec: { ${spec} }\n`;
}
