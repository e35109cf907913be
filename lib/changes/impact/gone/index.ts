import type { Subject } from '../../../graph/subjects';
import { isSecretKind } from '../changed';
import { ofEntry, ofExternalSecret, ofStore } from './external-secrets';
import type { Found, Loss, Setting } from './loss';
import { ofHost, ofPods, ofRoute, ofService } from './network';
import { ofDefinition, ofKustomization, ofNamespace, ofOwned, ofRelease, ofWaiting } from './owned';
import { ofReferences, ofSecret } from './readers';

export type { Loss } from './loss';

/** What fails, and what is deleted, once something is gone or fails. */
export function* ifGone(subject: Subject, loss: Loss, setting: Setting): Generator<Found> {
  const { cluster } = setting;
  if (loss === 'kept') return;
  if (subject.type === 'entry') return yield* ofEntry(subject.entry, subject.property, cluster);
  if (subject.type === 'host') return yield* ofHost(subject.host, cluster);
  const { identity, key } = subject;
  if (isSecretKind(identity)) return yield* ofSecret(identity.kind, identity, key, cluster);
  if (loss === 'gone') yield* ofReferences(identity, cluster);
  if (identity.group === '' && identity.kind === 'Service') yield* ofService(identity, loss, cluster);
  const [resource] = cluster.find(identity);
  if (resource === undefined) return;
  if (loss === 'gone') {
    yield* ofOwned(resource, cluster);
    yield* ofNamespace(resource, setting);
    yield* ofDefinition(resource, cluster);
    yield* ofRelease(resource, cluster);
  }
  yield* ofKustomization(resource, loss, setting);
  yield* ofExternalSecret(resource, loss, cluster);
  yield* ofStore(resource, cluster);
  yield* ofPods(resource, loss, cluster);
  yield* ofRoute(resource, cluster);
  if (loss !== 'gone') yield* ofWaiting(resource, cluster);
}
