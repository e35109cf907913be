import type { Json, Path } from '../../json/json';
import { SchemaDocument } from './document';
import { Evaluation } from './evaluate';
import type { ValueFault } from './outcome';

export type { ValueFault } from './outcome';

export interface Judgement {
  readonly faults: readonly ValueFault[];
  /** Addresses out of the schema's document that it refers to, or the draft that it says to follow: what they say is not judged. */
  readonly outside: readonly string[];
}

/**
 * Holds a value against a JSON Schema, as Helm's validator does: drafts 4 to 2020-12; formats are tested up to draft 7. Nothing is
 * fetched.
 *
 * Source: helm v4.3 pkg/chart/common/util/jsonschema.go, santhosh-tekuri/jsonschema 6.0.3
 *
 * @param shown whether the value at a path may be shown
 * @param path where the value lies, for messages
 */
export function judge(
  schema: Json,
  value: Json,
  shown: (path: Path) => boolean = () => true,
  path: Path = [],
): Judgement {
  const document = new SchemaDocument(schema);
  const { draft, root } = document;
  if (draft === undefined) return { faults: [], outside: [JSON.stringify((schema as { $schema?: Json }).$schema)] };
  const evaluation = new Evaluation(document, draft, shown);
  const { faults } = evaluation.of(root.schema, value, path, root.base);
  return { faults: distinct(faults), outside: [...evaluation.outside].sort() };
}

/** Two parts of a schema may say the same. */
function distinct(faults: readonly ValueFault[]): ValueFault[] {
  return [...new Map(faults.map((fault) => [JSON.stringify([fault.path, fault.message]), fault])).values()];
}
