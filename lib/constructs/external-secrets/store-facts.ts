import type { IConstruct } from 'constructs';
import type { JsonObject } from '../../json/json';
import type { ProviderFacts } from '../../systems/external-secrets/providers';
import {
  inability,
  type Misuse,
  misuses,
  misusesOfFind,
  misusesOfPolicies,
  misusesOfPush,
  type Use,
} from '../../systems/external-secrets/references';
import { pushesOf } from '../../systems/external-secrets/stores';
import { refuse } from '../input-error';
import type { SecretStoreHandle, StoreReference } from './store-handle';

/*
 * What constructs refuse of a store whose provider is known. Of others nothing is.
 */

type Store = SecretStoreHandle<never> | StoreReference;

/** What the provider of a store does with references; undefined where nobody has said which it is. */
export function factsOfStore(store: Store): ProviderFacts | undefined {
  return (store as { readonly facts?: ProviderFacts }).facts;
}

/** @throws EspalierError where External Secrets cannot do that with stores of the provider */
export function requireAbility(
  reader: IConstruct,
  field: string,
  store: Store,
  verb: Parameters<typeof inability>[1],
): void {
  const facts = factsOfStore(store);
  const says = facts && inability(facts, verb);
  if (says === undefined) return;
  const value = 'storeName' in store ? store.storeName : store.name;
  refuse(reader, { field, value, allowed: `one of another provider: ${says}` });
}

/** @throws EspalierError for what the provider would refuse of a reference, or take no notice of */
export function requireUse(reader: IConstruct, field: string, store: Store, use: Use, reference: JsonObject): void {
  const facts = factsOfStore(store);
  if (facts) refuseMisuses(reader, field, reference, misuses(facts, use, reference));
}

/** The same of a search. */
export function requireSearch(reader: IConstruct, field: string, store: Store, search: JsonObject): void {
  const facts = factsOfStore(store);
  if (facts) refuseMisuses(reader, field, search, misusesOfFind(facts, search));
}

/** The same of a value that is written; `secretKey` is undefined for a whole Secret. */
export function requirePush(
  reader: IConstruct,
  field: string,
  store: Store,
  secretKey: string | undefined,
  reference: JsonObject,
): void {
  const facts = factsOfStore(store);
  if (facts)
    refuseMisuses(
      reader,
      field,
      { ...reference, secretKey: secretKey ?? null },
      misusesOfPush(facts, secretKey, reference),
    );
}

/** The same of the policies of a PushSecret, whose spec is given. */
export function requirePolicies(pusher: IConstruct, store: Store, spec: JsonObject): void {
  const facts = factsOfStore(store);
  if (facts) refuseMisuses(pusher, '', spec, misusesOfPolicies(facts, spec, pushesOf(spec, [])));
}

function refuseMisuses(reader: IConstruct, field: string, given: JsonObject, found: Iterable<Misuse>): void {
  for (const { field: name, allowed, example } of found)
    refuse(reader, {
      field: name === 'key' ? field : field === '' ? name : `${field}.${name}`,
      value: given[name],
      allowed,
      example,
    });
}
