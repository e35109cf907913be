import type { JsonObject } from '../../../json/json';
import { at, listAt, objectAt } from '../../../json/read';
import { isKnown } from '../../../text/symbolic';
import { type Fault, fault } from '../../fault';
import { Fields, named, type Rule } from '../../fields';
import { givenText, isGiven } from '../../given';
import { goPattern, patternFault } from '../../go-pattern';

/** The settings of a store's one provider. */
export class Store extends Fields {
  readonly wide: boolean;

  constructor(object: JsonObject, provider: string) {
    super(object, ['spec', 'provider', provider]);
    this.wide = object.kind === 'ClusterSecretStore';
  }
}

/** (2.9 runtime/esutils/utils.go: ValidateReferentSecretSelector, ValidateReferentServiceAccountSelector) */
export function own(...fields: readonly string[]): Rule<Store> {
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
export function scoped(...fields: readonly string[]): Rule<Store> {
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
export function authority(field: string): Rule<Store> {
  return function* (store) {
    if (!objectAt(store.at(field)) || isGiven(store.at(`${field}.namespace`)) === store.wide) return;
    const allowed = store.wide ? 'given in a ClusterSecretStore' : 'left out in a SecretStore';
    yield fault(store.path(`${field}.namespace`), allowed);
  };
}

/** A value or a reference to a Secret, not both. (ValidateValueOrRef) */
export function valueOrRef(...fields: readonly string[]): Rule<Store> {
  return function* (store) {
    for (const field of fields)
      if (objectAt(store.at(field)) && store.has(`${field}.value`) === store.has(`${field}.secretRef`))
        yield fault(store.path(field), 'an object with either a value or a secretRef', null);
    yield* own(...fields.map((field) => `${field}.secretRef`))(store);
  };
}

/** The same, where the reference has a name and a key. */
export function valueOrKey(...fields: readonly string[]): Rule<Store> {
  return function* (store) {
    yield* valueOrRef(...fields)(store);
    for (const field of fields) if (store.has(`${field}.secretRef`)) yield* named(`${field}.secretRef`)(store);
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
