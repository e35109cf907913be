import type { JsonObject } from '../../../json/json';
import { at, keysAt, listAt, textAt } from '../../../json/read';
import { isKnown } from '../../../text/symbolic';
import { groupVersion } from '../../api-version';
import { parseDuration } from '../../duration';
import type { Fault, Refusals } from '../../fault';
import { duration, Fields } from '../../fields';
import { isGiven } from '../../given';
import { externalSecretsGroup } from '../spec';
import { providers } from './providers';
import { conditions, Store } from './store';
import { template } from './template';

const stores: readonly Refusals[] = [conditions, refreshInterval, provider];

/**
 * What the webhooks of External Secrets 2.9 refuse by kind (cmd/controller/webhook.go has no others), but for what externalSecretFaults tells
 * with rules of its own.
 */
const refusals: Readonly<Record<string, readonly Refusals[]>> = {
  ExternalSecret: [template, windows],
  SecretStore: stores,
  ClusterSecretStore: stores,
};

export const judgedKinds = Object.keys(refusals);

export function* faultsOf(object: JsonObject): Generator<Fault> {
  if (groupVersion(textAt(object, 'apiVersion') ?? '').group !== externalSecretsGroup) return;
  for (const find of refusals[String(object.kind)] ?? []) yield* find(object);
}

/** What the webhook cannot read. (externalsecret_types.go: ExternalSecretSyncWindowEntry) */
function* windows(object: JsonObject): Generator<Fault> {
  const spec = new Fields(object, ['spec']);
  for (const i of listAt(object, 'spec', 'syncWindows', 'windows').keys())
    yield* duration(`syncWindows.windows.${i}.duration`)(spec);
}

/** (apis/externalsecrets/v1/secretstore_types.go: GetRefreshInterval) */
function* refreshInterval(store: JsonObject): Generator<Fault> {
  const path = ['spec', 'refreshInterval'];
  const interval = at(store, ...path);
  const allowed = 'a number of seconds, or a duration with the units ns, us, ms, s, m and h';
  if (
    typeof interval === 'number' ? interval < 0 : typeof interval === 'string' && isKnown(interval) && isBad(interval)
  )
    yield { path, allowed, example: '"1h"' };
}

function isBad(interval: string): boolean {
  return parseDuration(interval) === undefined || (interval.startsWith('-') && /[1-9]/.test(interval));
}

/** (apis/externalsecrets/v1/provider_schema.go: getProviderName; ValidateStore of the provider) */
function* provider(object: JsonObject): Generator<Fault> {
  const path = ['spec', 'provider'];
  const given = keysAt(object, ...path).filter((name) => at(object, ...path, name) !== null);
  const says = `secret stores must only have exactly one backend specified, found ${given.length}`;
  const [name] = given;
  if (name === undefined || given.length > 1) {
    const spec = isGiven(at(object, 'spec'));
    yield {
      path: spec ? path : ['spec'],
      allowed: 'an object with exactly one provider, such as vault',
      says,
      value: null,
    };
  } else {
    const store = new Store(object, name);
    for (const rule of Object.hasOwn(providers, name) ? (providers[name] ?? []) : []) yield* rule(store);
  }
}
