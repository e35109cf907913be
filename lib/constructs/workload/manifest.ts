import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { JsonObject } from '../../json/json';
import { keysAt, objectAt, textAt } from '../../json/read';
import { resolveHandles } from '../handles';
import { refuse } from '../input-error';
import { Resource } from '../resource';
import { Secret } from '../secret';
import { VerbatimObject } from '../verbatim';
import { addYamlNotes, uncommented, type YamlNotes } from '../yaml-notes';
import type { ManifestObject } from './kinds';

/**
 * Any Kubernetes object, as YAML has it. What its author gives is written, in that order, and nothing else, neither a namespace nor a
 * label; only `metadata.name` is the construct's id where there is neither a name nor a generateName. Handles may stand anywhere in it,
 * see HelmText, and whoever makes what they stand for is waited for.
 *
 * The compiler checks the fields of the kinds that `Kinds` has.
 *
 * @example
 * new Manifest(shop.directory, 'podmonitor', {
 *   apiVersion: 'monitoring.coreos.com/v1',
 *   kind: 'PodMonitor',
 *   spec: { selector: {}, podMetricsEndpoints: [{ port: 'metrics' }] },
 * });
 */
export class Manifest<const V extends string = string, const K extends string = string> extends Resource {
  /** The L1 beneath. */
  readonly resource: ApiObject;
  private readonly document: JsonObject;

  /**
   * @param object what is written; `metadata: null` for one without metadata, not even a name
   * @param notes what is said of it in comments
   */
  constructor(scope: Construct, id: string, object: ManifestObject<V, K>, notes: YamlNotes = {}) {
    super(scope, id);
    addYamlNotes(this, notes);
    const plain = uncommented(this, object as unknown as JsonObject, []);
    requireKind(this, plain);
    const given = named(id, plain);
    const namespace = textAt(given, 'metadata', 'namespace') ?? super.namespace;
    const resolved = Object.entries(given).map(([field, value]) => [
      field,
      resolveHandles(this, value, { field, namespace, anyNamespace: true }),
    ]);
    this.document = Object.fromEntries(resolved);
    this.resource = new VerbatimObject(
      this,
      'Resource',
      this.document,
      textAt(this.document, 'metadata', 'name') ?? id,
    );
  }

  /** metadata.name @throws EspalierError where it has none */
  get name(): string {
    const name = objectAt(this.document, 'metadata')?.name;
    if (name === undefined || name === null) {
      refuse(this, {
        field: 'name',
        allowed: 'the name of an object that has one',
        example: "metadata: { name: 'shop' }",
      });
    }
    return name as string;
  }

  /** The namespace that it names, or else that of its folder. */
  override get namespace(): string {
    return textAt(this.document, 'metadata', 'namespace') ?? super.namespace;
  }

  protected override get ownNamespace(): { readonly namespace?: string } {
    const namespace = textAt(this.document, 'metadata', 'namespace');
    return namespace === undefined ? super.ownNamespace : { namespace };
  }

  /**
   * The Secret that it is, or that a controller makes of it.
   *
   * @param keys those that are read; null for whichever it has
   * @param name metadata.name of the Secret, where it is another one
   * @throws EspalierError for a key that a Secret does not have
   */
  secret<const N extends string = string>(keys: readonly N[] | null = null, name: string = this.name): Secret<N> {
    const { apiVersion, kind } = this.document;
    const has = [...keysAt(this.document, 'data'), ...keysAt(this.document, 'stringData')];
    const isSecret = apiVersion === 'v1' && kind === 'Secret';
    const missing = isSecret ? keys?.find((key) => !has.includes(key)) : undefined;
    if (missing !== undefined) {
      refuse(this, {
        field: 'keys',
        value: missing,
        allowed: `one of the keys of this Secret: ${has.join(', ') || 'it has none'}`,
      });
    }
    const known = keys ?? (isSecret ? (has as N[]) : []);
    return new Secret({
      name,
      keys: known,
      open: keys === null && !isSecret,
      ...this.ownNamespace,
      producer: this,
    });
  }
}

function requireKind(scope: Construct, object: { readonly apiVersion?: unknown; readonly kind?: unknown }): void {
  const { apiVersion, kind } = object ?? {};
  if (typeof apiVersion !== 'string' || !/^[^/]+(\/[^/]+)?$/.test(apiVersion)) {
    refuse(scope, {
      field: 'apiVersion',
      value: apiVersion,
      allowed: 'a version, after the group and "/" if it has one',
      example: '"apps/v1"',
    });
  }
  if (typeof kind !== 'string' || kind === '') {
    refuse(scope, { field: 'kind', value: kind, allowed: 'the kind of an object', example: '"Deployment"' });
  }
}

/** The object with its id as its name where it has none; lists have no name. */
function named(id: string, object: JsonObject): JsonObject {
  const { apiVersion, kind, metadata, ...fields } = object;
  if (metadata === null) return { apiVersion, kind, ...fields } as JsonObject;
  const { name, generateName } = objectAt(object, 'metadata') ?? {};
  const isList = String(kind).endsWith('List') && Array.isArray(fields.items);
  const isNamed = name !== undefined || generateName !== undefined;
  if (isNamed || isList || (metadata !== undefined && objectAt(object, 'metadata') === undefined)) return object;
  return { apiVersion, kind, metadata: { name: id, ...(metadata as JsonObject) }, ...fields } as JsonObject;
}
