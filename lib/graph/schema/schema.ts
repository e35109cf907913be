import type { Json } from '../../json/json';

/** A rule in the Common Expression Language, as `x-kubernetes-validations` holds it. */
export interface ValidationRule {
  readonly rule: string;
  readonly message?: string;
  readonly messageExpression?: string;
  /** A field of the value that the rule is about: `.a.b`. */
  readonly fieldPath?: string;
}

/**
 * Kubernetes' structural schema: what `openAPIV3Schema` of a custom resource definition holds. An object takes no other fields
 * than its properties unless it says otherwise; `$ref` is ours, it shares repeated parts.
 *
 * Source: https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema
 */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly nullable?: boolean;
  readonly default?: Json;
  readonly enum?: readonly Json[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  /** A boolean in OpenAPI 3.0, a number in newer JSON Schemas. */
  readonly exclusiveMinimum?: boolean | number;
  readonly exclusiveMaximum?: boolean | number;
  readonly multipleOf?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly required?: readonly string[];
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly not?: Schema;
  readonly 'x-kubernetes-int-or-string'?: boolean;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  readonly 'x-kubernetes-embedded-resource'?: boolean;
  readonly 'x-kubernetes-list-type'?: string;
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
  readonly 'x-kubernetes-validations'?: readonly ValidationRule[];
  /** Ours: the keys of a map are those of labels or of annotations. */
  readonly 'x-keys'?: 'label' | 'annotation';
  /** Ours: the release of Kubernetes (36 of 1.36) that a field came with, and the first one without it. */
  readonly 'x-since'?: number;
  readonly 'x-until'?: number;
}

/** What is wrong with a value. */
export type SchemaFaultKind =
  | 'unknown-field'
  | 'type'
  | 'required'
  | 'enum'
  | 'pattern'
  | 'format'
  | 'range'
  | 'length'
  | 'one-of'
  | 'list-map-key'
  | 'cel';

/** Where an object breaks its schema, and how. */
export interface SchemaFault {
  readonly path: readonly (string | number)[];
  /** Whether the fault lies in the field's name (it is unknown, or lacks something) or in its value. */
  readonly on: 'key' | 'value';
  readonly kind: SchemaFaultKind;
  /** A sentence with the field's path; the value only where it cannot be a secret. */
  readonly message: string;
  /** How to fix it, where that can be told. */
  readonly remedy?: string;
  /** What was surely meant: another name of the field, another value, or the same characters as text. */
  readonly meant?: { readonly name: string } | { readonly value: Json } | { readonly quoted: true };
  /** The fields that are required and not there. */
  readonly lacks?: readonly string[];
}

export interface ValidateOptions {
  /**
   * Whether a text is known: false for one that holds a variable which nobody has a value for. What is not known is never wrong.
   *
   * @default - every text is known
   */
  readonly known?: (text: string) => boolean;
  /**
   * Whether null is a value, which a field must allow.
   *
   * @default false - it counts as not given
   */
  readonly nulls?: boolean;
}
