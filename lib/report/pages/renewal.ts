import type { FluxKustomization } from '../../graph/resource';
import type { MadeSecret } from '../../graph/vault/made-secret';
import { isWrittenOnce } from '../../systems/external-secrets/spec';
import { forceSync, reconcile, refreshTime, target, waitMade, waitReady } from './commands';

/** How External Secrets is brought to write a Secret anew. */
export interface Renewal {
  readonly commands: readonly string[];
  /** Why in this way: a sentence. */
  readonly why: string;
  /** Whether the Secret is deleted and made anew, rather than changed. */
  readonly recreates: boolean;
}

/**
 * The commands that have a Secret written anew, as External Secrets writes it (see isWrittenOnce). A new ExternalSecret, which Flux makes, is
 * one that has never been refreshed.
 */
export function renewal(made: MadeSecret, kustomization: Pick<FluxKustomization, 'namespace' | 'name'>): Renewal {
  const { resource, secret, immutable, creationPolicy, refresh } = made;
  const object = { group: '', kind: 'Secret', namespace: resource.namespace, name: secret ?? '' };
  const deleteSecret = `kubectl delete ${target(object)}`;
  // What Flux cannot bring back must not be deleted: it may be suspended, or wait for something that is not ready.
  const trial = `${reconcile(kustomization)} # must succeed, for the one below`;
  const recreate = [`kubectl delete ${target(resource)}`, reconcile(kustomization)];
  const ready = waitReady(resource);
  const own = creationPolicy === 'Owner' || creationPolicy === 'Orphan';

  if (!isWrittenOnce(made.spec)) {
    const often = refresh === 'periodic' ? 'or wait for the interval' : 'the policy is OnChange';
    return {
      commands: [forceSync(resource), refreshTime(resource)],
      why: `A changed annotation has it refreshed at once (${often}).`,
      recreates: false,
    };
  }
  if (!own) {
    const why = `\`creationPolicy: ${safe(creationPolicy)}\` adds to a Secret that another makes: a new ExternalSecret writes to it once more.`;
    return { commands: [trial, ...recreate, ready], why, recreates: false };
  }
  if (creationPolicy === 'Owner') {
    const why = immutable
      ? 'The Secret is immutable: delete it, and External Secrets, which owns it, makes it again.'
      : 'It is written once: External Secrets, which owns it, makes it again only when it is gone.';
    return { commands: [deleteSecret, waitMade(object)], why, recreates: true };
  }
  if (refresh !== 'once') {
    const why =
      'The Secret is immutable: it must go. Of an orphan External Secrets does not notice that, so it is told to refresh.';
    return { commands: [deleteSecret, forceSync(resource), waitMade(object)], why, recreates: true };
  }
  const why =
    'The Secret is written once, and an orphan: External Secrets neither refreshes it nor notices that it is gone. So once it is sure that Flux can apply the app, both are deleted, the Secret first, and Flux brings the ExternalSecret back, which then makes the Secret again. Pods that start in between wait for it.';
  return { commands: [trial, deleteSecret, ...recreate, ready], why, recreates: true };
}

function safe(word: string): string {
  return word.replace(/[^A-Za-z]/g, '');
}
