import type { Path } from '../../json/json';
import { keysAt, listAt, textAt } from '../../json/read';
import { anyNamespace, type Makes } from './made';

/** A SealedSecret becomes the Secret of its template's name, else its own (https://github.com/bitnami-labs/sealed-secrets). */
export const sealedSecret: Makes = function* (object) {
  yield {
    name: textAt(object.value, 'spec', 'template', 'metadata', 'name') ?? object.name,
    keys: [...keysAt(object.value, 'spec', 'encryptedData'), ...keysAt(object.value, 'spec', 'template', 'data')],
  };
};

/** The Vault Secrets Operator writes what `destination` names. */
export const vaultSecret = named(['spec', 'destination', 'name']);

/** trust-manager writes a Bundle's certificates into every namespace that it selects. */
export const bundle: Makes = function* (object) {
  const { name } = object;
  yield { kind: 'ConfigMap', namespace: anyNamespace, name, open: true };
  yield { kind: 'Secret', namespace: anyNamespace, name, open: true };
};

/** The sops-secrets-operator writes one Secret for each template. */
export const sopsSecret: Makes = function* (object) {
  for (const [i, template] of listAt(object.value, 'spec', 'secretTemplates').entries()) {
    const name = textAt(template, 'name');
    const path = ['spec', 'secretTemplates', i, 'name'];
    if (name !== undefined) yield { name, path, open: true };
  }
};

/** The object makes a Secret of its own name, with keys that depend on what lies elsewhere. */
export const ofItsOwnName: Makes = function* (object) {
  yield { name: object.name, open: true };
};

/** The object names the Secret that it makes, and perhaps the namespace, in fields of its own. */
export function named(path: Path, namespacePath: Path = []): Makes {
  return function* (object) {
    const name = textAt(object.value, ...path);
    const namespace = textAt(object.value, ...namespacePath) || object.namespace;
    if (name !== undefined) yield { namespace, name, path, open: true };
  };
}

/** https://github.com/zakkg3/ClusterSecret: the same Secret in many namespaces. */
export const clusterSecret: Makes = function* (object) {
  const keys = [...keysAt(object.value, 'data'), ...keysAt(object.value, 'stringData')];
  yield { namespace: anyNamespace, name: object.name, keys, open: keys.length === 0 };
};

/** A claim of a bucket gets a Secret and a ConfigMap of its name (https://rook.io/docs/rook/latest/Storage-Configuration/Object-Storage-RGW/ceph-object-bucket-claim/). */
export const bucketClaim: Makes = function* (object) {
  const { name } = object;
  yield { name, keys: ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'] };
  const keys = ['BUCKET_HOST', 'BUCKET_NAME', 'BUCKET_PORT', 'BUCKET_REGION', 'BUCKET_SUBREGION'];
  yield { kind: 'ConfigMap', name, keys };
};

/** What the driver mounts it also syncs into Secrets (https://secrets-store-csi-driver.sigs.k8s.io/topics/sync-as-kubernetes-secret). */
export const secretProviderClass: Makes = function* (object) {
  for (const [i, secret] of listAt(object.value, 'spec', 'secretObjects').entries()) {
    const name = textAt(secret, 'secretName');
    const keys = listAt(secret, 'data').flatMap((item) => textAt(item, 'key') ?? []);
    const path = ['spec', 'secretObjects', i, 'secretName'];
    if (name !== undefined) yield { name, path, keys };
  }
};

/** tofu-controller writes outputs where it is told (https://flux-iac.github.io/tofu-controller/use-tf-controller/to-provision-resources-and-write-output-data/). */
export const terraform = named(['spec', 'writeOutputsToSecret', 'name']);

/** The operator of movetokube calls a user's Secret by both names (https://github.com/movetokube/postgres-operator, postgresuser_controller.go). */
export const postgresUser: Makes = function* (object) {
  const path = ['spec', 'secretName'];
  const name = textAt(object.value, ...path);
  if (name !== undefined) yield { name: `${name}-${object.name}`, path, open: true };
};
