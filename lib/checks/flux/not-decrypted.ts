import { isFluxKustomization } from '../../graph/flux/objects';
import { describe, step } from '../../graph/identity';
import { isSuspended, nameOf, policyOf } from '../../graph/kustomization';
import type { FluxKustomization, Resource } from '../../graph/resource';
import { at, keysAt, objectAt, textAt } from '../../json/read';
import { isReadTyped } from '../../systems/kinds/scope';
import { holdsCiphertext } from '../../tree/source/encrypted';
import type { ClusterCheck } from '../check';

/** Seen with kustomize-controller 1.9.4. */
export const notDecrypted: ClusterCheck = {
  id: 'flux/not-decrypted',
  severity: 'error',
  title: 'Encrypted object that Flux does not decrypt',
  atRunTime:
    'Flux applies a Secret with the ciphertext as its values and becomes ready, so programs read ENC[AES256_GCM,…]; a custom resource is refused because of its field sops',
  remedy: 'set spec.decryption with provider: sops, and name the Secret with the key in secretRef',
  source: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#decryption',
  *check({ kustomizations }) {
    for (const kustomization of kustomizations) {
      const { resource, spec, resources } = kustomization;
      if (isSuspended(kustomization) || mayDecrypt(kustomization)) continue;
      const [first, ...others] = resources.filter(isEncrypted);
      if (first === undefined) continue;
      const more = others.length === 0 ? '' : ` and ${others.length} more`;
      const result = isReadTyped(first) ? 'as it is' : 'as it is, which the API server refuses';
      const { value } = resource.document;
      yield {
        ...(!isFluxKustomization(value) && {
          remedy:
            'add a patch to spec.kustomize.patches of the FluxInstance, of target kind Kustomization, that sets spec.decryption with provider: sops and the Secret with the key',
        }),
        at: { resource, path: at(spec, 'decryption') === undefined ? ['metadata', 'name'] : ['spec', 'decryption'] },
        message: `Kustomization ${nameOf(kustomization)} has no spec.decryption: Flux applies ${describe(first)}${more}, which SOPS has encrypted, ${result}`,
        chain: [step(resource), step(first)],
      };
    }
  },
};

/** Whether it says how to decrypt; of one that the Flux Operator makes, patches beside its sync may (spec.kustomize.patches). */
function mayDecrypt({ spec, resource: { document } }: FluxKustomization): boolean {
  if (textAt(spec, 'decryption', 'provider') !== undefined) return true;
  return !isFluxKustomization(document.value) && /\bdecryption\b/.test(document.file.text);
}

/** Whether an object reaches the cluster as SOPS wrote it; not those that an operator decrypts (https://github.com/isindir/sops-secrets-operator). */
function isEncrypted(resource: Resource): boolean {
  const { document, value, kind, group, generated } = resource;
  if (group === 'isindir.github.com' || policyOf(resource, 'ssa') === 'ignore') return false;
  if (document.encrypted && objectAt(document.value, 'sops') !== undefined) return true;
  if (kind !== 'Secret' || group !== '') return false;
  if (!generated) return document.encrypted && holdsCiphertext(value);
  return keysAt(value, 'data').some((key) =>
    holdsCiphertext(Buffer.from(textAt(value, 'data', key) ?? '', 'base64').toString('latin1')),
  );
}
