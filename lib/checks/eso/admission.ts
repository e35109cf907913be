import type { Cluster } from '../../graph/cluster';
import { type Asked, externalSecrets, pushSecrets } from '../../graph/external-secrets/specs';
import { describe } from '../../graph/identity';
import {
  externalSecretFaults,
  pushSecretFaults,
  type SpecFault,
} from '../../systems/external-secrets/admission/external-secret';
import { memoize } from '../../text/memoize';
import type { ClusterCheck } from '../check';

type Texts = Pick<ClusterCheck, 'title' | 'atRunTime' | 'remedy' | 'source'>;

const refused = 'the ExternalSecret is refused, and with it the whole Kustomization: ';
const validator = 'external-secrets apis/externalsecrets/v1/externalsecret_validator.go';

/** What External Secrets refuses in an ExternalSecret or PushSecret: a rule for each sort of fault. */
const rules: Readonly<Record<SpecFault['kind'], Texts>> = {
  'empty-data-from': {
    title: 'Item of dataFrom that names no source, or several',
    atRunTime: `${refused}"either extract, find, or sourceRef must be set to dataFrom", or "extract, find, or generatorRef cannot be set at the same time"`,
    remedy: 'give each item of dataFrom exactly one of extract, find and sourceRef.generatorRef, with its fields',
    source: validator,
  },
  'no-data': {
    title: 'ExternalSecret that reads nothing',
    atRunTime: `${refused}"either data or dataFrom should be specified"`,
    remedy: 'say what to read in data or dataFrom',
    source: validator,
  },
  'deletion-policy': {
    title: 'Deletion policy for a Secret that is not owned',
    atRunTime: `${refused}"deletionPolicy=… must not be used when the controller doesn't own the secret"; with creationPolicy Orphan it is accepted, but fails once the store no longer has the values: "unable to delete secret …: creationPolicy=Orphan is not Owner"`,
    remedy: 'set deletionPolicy: Retain, or creationPolicy: Owner',
    source: `${validator} (validatePolicies), pkg/controllers/externalsecret/externalsecret_controller.go (errDeleteCreatePolicy)`,
  },
  'duplicate-secret-key': {
    title: 'Two items of data with one secretKey',
    atRunTime: `${refused}"duplicate secretKey found: …"`,
    remedy: 'give each item of data its own secretKey',
    source: `${validator} (validateDuplicateKeys)`,
  },
  'generator-in-data': {
    title: 'Generator in data, where it does not work',
    atRunTime: 'nothing is synced: ESO does not implement generatorRef in data, and looks for a store without a name',
    remedy: 'move it to dataFrom: [{ sourceRef: { generatorRef: … } }], and rename its keys with rewrite or a template',
    source: 'https://external-secrets.io/latest/guides/generator/',
  },
  'template-key': {
    title: 'Key of a template that no Secret can have',
    atRunTime: 'the Secret is not written: the API server refuses it ("a valid config key must consist of …")',
    remedy: 'write a key of letters, digits, "-", "_" and "."',
    source: 'kubernetes 1.36 pkg/apis/core/validation (ValidateSecret)',
  },
  'refresh-interval': {
    title: 'Refresh interval that is not a duration',
    atRunTime:
      'the webhook cannot read an ExternalSecret and refuses it, and with it the whole Kustomization; a PushSecret is stored, and External Secrets can then read none of the PushSecrets in the cluster',
    remedy: 'write a duration with the units h, m and s, without spaces, such as 1h or 2m30s',
    source:
      'external-secrets apis/externalsecrets/v1/externalsecret_types.go, v1alpha1/pushsecret_types.go (metav1.Duration)',
  },
};

export const admission = Object.entries(rules).map(
  ([kind, texts]): ClusterCheck => ({
    id: `eso/${kind}`,
    severity: 'error',
    ...texts,
    *check(cluster) {
      for (const { asked, fault } of faultsIn(cluster)) {
        if (fault.kind !== kind) continue;
        const { resource, path } = asked;
        const subject = fault.path.length === 0 ? `${describe(resource)} ` : '';
        yield {
          at: { resource, path: [...path, ...fault.path], on: fault.onKey ? 'key' : 'value' },
          message: `${subject}${fault.message}`,
          ...(fault.later ? { severity: 'warning' as const } : {}),
        };
      }
    },
  }),
);

/** Found once for all rules. */
const faultsIn: (cluster: Cluster) => readonly { readonly asked: Asked; readonly fault: SpecFault }[] = memoize(
  (cluster) => [
    ...externalSecrets(cluster).flatMap((asked) =>
      [...externalSecretFaults(asked.spec)].map((fault) => ({ asked, fault })),
    ),
    ...pushSecrets(cluster).flatMap((asked) => [...pushSecretFaults(asked.spec)].map((fault) => ({ asked, fault }))),
  ],
);
