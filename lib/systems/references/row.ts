import type { Json, JsonObject } from '../../json/json';
import type { FluxController } from '../flux/controllers';

/** How a Secret or ConfigMap is read. */
export type ReferenceUse =
  | 'env'
  | 'envFrom'
  | 'volume'
  | 'imagePullSecret'
  | 'tls'
  | 'bootstrap'
  | 'superuser'
  | 'managedRole'
  | 'certificate'
  | 'credentials'
  | 'configuration'
  | 'push'
  | 'store'
  | 'values'
  | 'flux';

/** What a field refers to. */
export interface Row {
  /** The kinds that it may name, `group/Kind`: the first, unless `kind` beside the name says another. */
  readonly to: readonly string[];
  /** The field of the name; the value itself is the name where it is a text. @default name */
  readonly name?: string;
  /** The field of the kind. @default kind */
  readonly kind?: string;
  /** `own`: the namespace of the object, whatever is written. @default the field `namespace`, else the object's own */
  readonly namespace?: 'own';
  /** The controller of Flux that refuses another namespace than the object's own where it runs with `--no-cross-namespace-refs`. */
  readonly refusedBy?: FluxController;
  /** The field of the key that is read of a Secret or ConfigMap, or of a list `items` of them. */
  readonly key?: string;
  /** The key that is read where no field says one. */
  readonly fixedKey?: string;
  /** Of a Secret or ConfigMap: how it is read. */
  readonly use?: ReferenceUse;
  /** The types of Secrets that are read here: others are passed over. */
  readonly types?: readonly string[];
  /** What is named within the target, beside its name. */
  readonly parts?: readonly Part[];
  /** What a text stands for that is more than a name: undefined for none. */
  readonly read?: (
    text: string,
  ) => { readonly kind?: string; readonly namespace?: string; readonly name: string } | undefined;
  /** Whether the object, as it is, refers to nothing by this field. */
  readonly unless?: (object: JsonObject) => boolean;
  /** The rule that reports a target which is not there. @default references/missing */
  readonly rule?: string;
  /** What goes wrong without the target, with the system's own words. */
  readonly fails?: string;
  /**
   * Whether people often make it by hand, so that no tree shows it: always, or where it belongs to what Flux begins with. A name is wrong
   * only where another was meant.
   */
  readonly byHand?: 'always' | 'first';
  /** Where nothing breaks without it. @default error */
  readonly severity?: 'warning';
}

/** Something that a reference names within its target: a listener of a Gateway, say. */
export interface Part {
  /** The field beside the name; one that is missing names nothing. */
  readonly field: string;
  /** What it is: "listener". */
  readonly what: string;
  /** Those that the target has; undefined where nobody can tell. */
  readonly of: (target: JsonObject) => readonly Json[] | undefined;
  /** What goes wrong without it. */
  readonly fails?: string;
}

/** The rows of a kind by where the field stands: `[]` for each entry of a list, `*` for any field, `**` for any field below of that ending. */
export type Rows = Readonly<Record<string, Row>>;

/** Rows below a field. */
export function within(prefix: string, rows: Rows): Rows {
  return Object.fromEntries(Object.entries(rows).map(([path, row]) => [`${prefix}${path}`, row]));
}

/** A Secret, by its name or by `name` in an object. */
export function secret(use: ReferenceUse, more: Partial<Row> = {}): Row {
  return { to: ['/Secret'], use, ...more };
}

/** The credentials of images, which often are made in every namespace by hand or by another tool. */
export const imagePullSecret = secret('imagePullSecret', {
  byHand: 'always',
  types: ['kubernetes.io/dockerconfigjson', 'kubernetes.io/dockercfg'],
});

/** A key of a Secret: `name` and `key`, as Kubernetes' and most operators' selectors have them. */
export function secretKey(use: ReferenceUse, more: Partial<Row> = {}): Row {
  return secret(use, { key: 'key', ...more });
}

export function configMap(use: ReferenceUse, more: Partial<Row> = {}): Row {
  return { to: ['/ConfigMap'], use, ...more };
}

export function configMapKey(use: ReferenceUse, more: Partial<Row> = {}): Row {
  return configMap(use, { key: 'key', ...more });
}

/** An object of the same namespace. */
export function own(to: string | readonly string[], fails?: string, more: Partial<Row> = {}): Row {
  return { to: typeof to === 'string' ? [to] : to, namespace: 'own', ...(fails !== undefined && { fails }), ...more };
}

/** An object of the namespace that the reference says, or of the same. */
export function named(to: string | readonly string[], fails?: string, more: Partial<Row> = {}): Row {
  return { to: typeof to === 'string' ? [to] : to, ...(fails !== undefined && { fails }), ...more };
}
