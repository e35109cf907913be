import type { JsonObject, Path } from '../../../json/json';
import { at, listAt, objectAt } from '../../../json/read';
import { isKnown } from '../../../text/symbolic';
import { type Fault, fault } from '../../fault';
import { givenText, isGiven } from '../../given';
import { goPattern, patternFault } from '../../go-pattern';
import { goUrl } from '../../go-url';

/** What is asked of the settings of a store's provider: below `spec.provider.<name>`. */
export type Rule = (store: Store) => Iterable<Fault>;

/** A SecretStore or ClusterSecretStore, with its one provider. */
export class Store {
  readonly wide: boolean;

  constructor(
    readonly object: JsonObject,
    readonly provider: string,
  ) {
    this.wide = object.kind === 'ClusterSecretStore';
  }

  path(field: string): Path {
    return ['spec', 'provider', this.provider, ...field.split('.')];
  }

  at(field: string) {
    return at(this.object, ...this.path(field));
  }

  has(field: string): boolean {
    return isGiven(this.at(field));
  }
}

/** (2.9 runtime/esutils/utils.go: ValidateReferentSecretSelector, ValidateReferentServiceAccountSelector) */
export function own(...fields: readonly string[]): Rule {
  return function* (store) {
    const home = givenText(at(store.object, 'metadata', 'namespace'));
    if (store.wide || home === undefined) return;
    for (const field of fields) {
      const namespace = store.at(`${field}.namespace`);
      if (typeof namespace !== 'string' || namespace === home) continue;
      yield {
        path: store.path(`${field}.namespace`),
        allowed: `left out in a SecretStore, or its own namespace, ${home}`,
        says: 'namespace should either be empty or match the namespace of the SecretStore for a namespaced SecretStore',
      };
    }
  };
}

/** Those, and in a ClusterSecretStore a namespace. (ValidateSecretSelector, ValidateServiceAccountSelector) */
export function scoped(...fields: readonly string[]): Rule {
  return function* (store) {
    yield* own(...fields)(store);
    for (const field of store.wide ? fields : [])
      if (objectAt(store.at(field)) && !isGiven(store.at(`${field}.namespace`)))
        yield {
          path: store.path(`${field}.namespace`),
          allowed: 'given in a ClusterSecretStore',
          says: 'cluster scope requires namespace',
        };
  };
}

/** A caProvider, whose namespace is given in a ClusterSecretStore alone. */
export function authority(field: string): Rule {
  return function* (store) {
    if (!objectAt(store.at(field)) || isGiven(store.at(`${field}.namespace`)) === store.wide) return;
    const allowed = store.wide ? 'given in a ClusterSecretStore' : 'left out in a SecretStore';
    yield fault(store.path(`${field}.namespace`), allowed);
  };
}

/** Fields that say something, which may lie in an object that is there: `auth.jwt?.account`. */
export function needs(...fields: readonly string[]): Rule {
  return function* (store) {
    for (const field of fields) {
      const [parent] = field.split('?');
      const plain = field.replace('?', '');
      if (parent !== field && !objectAt(store.at(parent ?? ''))) continue;
      if (!store.has(plain)) yield fault(store.path(plain), 'given');
    }
  };
}

/** References to a Secret with its name and key. */
export function named(...fields: readonly string[]): Rule {
  return needs(...fields.flatMap((field) => [`${field}.name`, `${field}.key`]));
}

export function oneOf(...fields: readonly string[]): Rule {
  return function* (store) {
    const given = fields.filter((field) => store.has(field));
    if (given.length === 1) return;
    const path = store.path(given[1] ?? fields[0] ?? '');
    yield {
      path,
      allowed: `the only one of ${fields.join(', ')} that is given`,
      value: given.length ? null : undefined,
    };
  };
}

/** A value or a reference to a Secret, not both. (ValidateValueOrRef) */
export function valueOrRef(...fields: readonly string[]): Rule {
  return function* (store) {
    for (const field of fields) {
      if (!objectAt(store.at(field))) continue;
      if (store.has(`${field}.value`) === store.has(`${field}.secretRef`))
        yield fault(store.path(field), 'either a value or a secretRef', null);
      if (store.has(`${field}.secretRef`)) yield* named(`${field}.secretRef`)(store);
    }
    yield* own(...fields.map((field) => `${field}.secretRef`))(store);
  };
}

export function url(
  field: string,
  allowed: string,
  accepts: (url: NonNullable<ReturnType<typeof goUrl>>) => boolean,
): Rule {
  return function* (store) {
    const text = givenText(store.at(field));
    if (text === undefined) return;
    const parts = goUrl(text);
    if (parts === undefined || !accepts(parts)) yield fault(store.path(field), allowed);
  };
}

export function when(condition: (store: Store) => boolean, ...rules: readonly Rule[]): Rule {
  return function* (store) {
    if (condition(store)) for (const rule of rules) yield* rule(store);
  };
}

/** (apis/externalsecrets/v1/secretstore_validator.go: validateConditions) */
export function* conditions(store: JsonObject): Generator<Fault> {
  for (const i of listAt(store, 'spec', 'conditions').keys()) {
    const path = ['spec', 'conditions', i, 'namespaceRegexes'];
    for (const [r, pattern] of listAt(store, ...path).entries()) {
      const says = typeof pattern === 'string' && isKnown(pattern) ? patternFault(pattern) : undefined;
      if (says !== undefined) yield { path: [...path, r], allowed: goPattern(String(pattern)), says };
    }
  }
}
