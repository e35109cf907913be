import type { JsonObject } from '../../json/json';
import { at, textAt } from '../../json/read';
import { isKnown } from '../../text/symbolic';

/**
 * What the specs of External Secrets 2.9 say, with its defaults (apis/externalsecrets/v1/externalsecret_types.go, v1alpha1/pushsecret_types.go).
 */

export const externalSecretsGroup = 'external-secrets.io';
export const generatorGroup = 'generators.external-secrets.io';

/** The values that fields of an ExternalSecret and of a PushSecret may have, the default first. */
export const values = {
  refreshPolicy: ['Periodic', 'OnChange', 'CreatedOnce'],
  creationPolicy: ['Owner', 'Orphan', 'Merge', 'None', 'CreateOrMerge'],
  deletionPolicy: ['Retain', 'Delete', 'Merge'],
  updatePolicy: ['Replace', 'IfNotExists'],
  deletionPolicyOfPush: ['None', 'Delete'],
} as const;

/** The same of a reference to a value in a store. (ExternalSecretDataRemoteRef) */
export const referenceValues: Readonly<Record<string, readonly string[]>> = {
  metadataPolicy: ['None', 'Fetch'],
  decodingStrategy: ['None', 'Auto', 'Base64', 'Base64URL'],
  conversionStrategy: ['Default', 'Unicode'],
  nullBytePolicy: ['Ignore', 'Fail'],
};

export const defaultInterval = '1h';

/** How an ExternalSecret writes its Secret. */
export function creationPolicy(spec: JsonObject): string {
  return textAt(spec, 'target', 'creationPolicy') ?? values.creationPolicy[0];
}

/** What becomes of the Secret of an ExternalSecret when its values are gone from the store. */
export function deletionPolicy(spec: JsonObject | undefined): string {
  return textAt(spec, 'target', 'deletionPolicy') ?? values.deletionPolicy[0];
}

/** Whether what a PushSecret has pushed is deleted with it, and with its Secret. */
export function deletesPushed(spec: JsonObject | undefined): boolean {
  return textAt(spec, 'deletionPolicy') === 'Delete';
}

/** The Secret that an ExternalSecret of a name writes. */
export function targetName(spec: JsonObject, name: string): string {
  return textAt(spec, 'target', 'name') ?? name;
}

/** An interval of zero, as Go reads it: `0`, `0s`, `0h0m0s`. */
const zero = /^[+-]?(?:0|(?:0+(?:\.0*)?|\.0+)(?:ns|us|µs|μs|ms|s|m|h))+$/;

/** Whether it is done again each interval. (shouldRefresh in externalsecret_controller.go and pushsecret_controller.go) */
export function isPeriodic(spec: JsonObject): boolean {
  const policy = textAt(spec, 'refreshPolicy') ?? values.refreshPolicy[0];
  const interval = at(spec, 'refreshInterval') ?? defaultInterval;
  return policy === 'Periodic' && typeof interval === 'string' && isKnown(interval) && !zero.test(interval);
}

/** When an ExternalSecret that has written its Secret writes it again. */
export type Refresh = 'periodic' | 'on-change' | 'once';

export function refreshOf(spec: JsonObject): Refresh {
  if (textAt(spec, 'refreshPolicy') === 'OnChange') return 'on-change';
  return isPeriodic(spec) ? 'periodic' : 'once';
}

/**
 * Whether the Secret of an ExternalSecret stays as it is first written. (externalsecret_controller.go: shouldRefresh, isSecretValid)
 *
 * - Others are refreshed when an annotation changes, and so is what a PushSecret pushes (pushsecret_controller.go: shouldRefresh).
 * - An immutable Secret is left as it is, until it is gone.
 * - A Secret that is gone is made anew, but not with `creationPolicy: Orphan`: of those nobody looks whether they are there.
 */
export function isWrittenOnce(spec: JsonObject): boolean {
  return isImmutable(spec) || refreshOf(spec) === 'once';
}

export function isImmutable(spec: JsonObject): boolean {
  return at(spec, 'target', 'immutable') === true;
}
