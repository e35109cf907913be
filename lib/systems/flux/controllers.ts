import { type GroupKind, groupKind } from '../api-version';

/** The controllers that Flux consists of (https://github.com/fluxcd/flux2/tree/main/manifests/bases). */
export const fluxControllers = [
  'source-controller',
  'kustomize-controller',
  'helm-controller',
  'notification-controller',
  'image-reflector-controller',
  'image-automation-controller',
  'source-watcher',
] as const;

export type FluxController = (typeof fluxControllers)[number];

const byGroup: Readonly<Record<string, FluxController>> = {
  'source.toolkit.fluxcd.io': 'source-controller',
  'kustomize.toolkit.fluxcd.io': 'kustomize-controller',
  'helm.toolkit.fluxcd.io': 'helm-controller',
  'notification.toolkit.fluxcd.io': 'notification-controller',
  'image.toolkit.fluxcd.io': 'image-reflector-controller',
  'source.extensions.fluxcd.io': 'source-watcher',
};

/** The controller that reconciles objects of a kind; undefined for what is not Flux's. */
export function controllerOf(kind: GroupKind): FluxController | undefined {
  const automates = groupKind(kind) === 'image.toolkit.fluxcd.io/ImageUpdateAutomation';
  return automates ? 'image-automation-controller' : byGroup[kind.group];
}

/** The controller that a container's image is. */
export function controllerOfImage(image: string): FluxController | undefined {
  const name = /([^/:@]+)(?::[^/]*)?(?:@.*)?$/.exec(image)?.[1];
  return fluxControllers.find((controller) => controller === name);
}

/**
 * What a controller is told by a flag: of `--name=value` and `--name value` the last, `true` where nothing follows (spf13/pflag).
 *
 * @param args all arguments of the controller
 */
export function flagOf(args: readonly string[], name: string): string | undefined {
  const i = args.findLastIndex((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`));
  const arg = args[i];
  if (arg === undefined) return undefined;
  if (arg.includes('=')) return arg.slice(arg.indexOf('=') + 1);
  const next = args[i + 1];
  return next === undefined || next.startsWith('-') ? 'true' : next;
}

/** Whether a flag that is on or off is on (strconv.ParseBool). */
export function isOn(args: readonly string[], name: string): boolean {
  return /^(?:1|t|T|true|TRUE|True)$/.test(flagOf(args, name) ?? '');
}

/** Flags of the lockdown for several tenants (https://fluxcd.io/flux/installation/configuration/multitenancy/, Flux 2.9). */
export const lockdownFlags = {
  ownNamespace: 'no-cross-namespace-refs',
  noRemoteBases: 'no-remote-bases',
  account: 'default-service-account',
} as const;

/** What a controller's objects must be labelled to be its own (https://fluxcd.io/flux/installation/configuration/sharding/). */
/**
 * The Secret of Flux's namespace with age keys that kustomize-controller decrypts with where a Kustomization names none (Flux 2.7,
 * https://fluxcd.io/flux/components/kustomize/kustomizations/#controller-global-decryption).
 */
export const ageSecretFlag = 'sops-age-secret';

export const shardFlag = 'watch-label-selector';

/** The label that says which shard's controllers reconcile an object. */
export const shardKey = 'sharding.fluxcd.io/key';
