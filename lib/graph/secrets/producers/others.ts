import type { Path } from '../../../json/json';
import { keysAt, listAt, textAt } from '../../../json/read';
import { addProducer, anyNamespace, type Produce } from './producer';

/** A SealedSecret becomes the Secret of its template's name, else its own (https://github.com/bitnami-labs/sealed-secrets). */
export const sealedSecret: Produce = (resource, found) => {
  addProducer(found, resource, {
    name: textAt(resource.value, 'spec', 'template', 'metadata', 'name') ?? resource.name,
    keys: [...keysAt(resource.value, 'spec', 'encryptedData'), ...keysAt(resource.value, 'spec', 'template', 'data')],
  });
};

/** The Vault Secrets Operator writes what `destination` names. */
export const vaultSecret = named(['spec', 'destination', 'name']);

/** trust-manager writes a Bundle's certificates into every namespace that it selects. */
export const bundle: Produce = (resource, found) => {
  const { name } = resource;
  addProducer(found, resource, { kind: 'ConfigMap', namespace: anyNamespace, name, open: true });
  addProducer(found, resource, { kind: 'Secret', namespace: anyNamespace, name, open: true });
};

/** The sops-secrets-operator writes one Secret for each template. */
export const sopsSecret: Produce = (resource, found) => {
  for (const [i, template] of listAt(resource.value, 'spec', 'secretTemplates').entries()) {
    const name = textAt(template, 'name');
    const path = ['spec', 'secretTemplates', i, 'name'];
    if (name !== undefined) addProducer(found, resource, { name, path, open: true });
  }
};

/** The object makes a Secret of its own name, with keys that depend on what lies elsewhere. */
export const ofItsOwnName: Produce = (resource, found) => {
  addProducer(found, resource, { name: resource.name, open: true });
};

/** The object names the Secret that it makes, and perhaps the namespace, in fields of its own. */
export function named(path: Path, namespacePath: Path = []): Produce {
  return (resource, found) => {
    const name = textAt(resource.value, ...path);
    const namespace = textAt(resource.value, ...namespacePath) || resource.namespace;
    if (name !== undefined) addProducer(found, resource, { namespace, name, path, open: true });
  };
}

/** https://github.com/zakkg3/ClusterSecret: the same Secret in many namespaces. */
export const clusterSecret: Produce = (resource, found) => {
  const keys = [...keysAt(resource.value, 'data'), ...keysAt(resource.value, 'stringData')];
  addProducer(found, resource, { namespace: anyNamespace, name: resource.name, keys, open: keys.length === 0 });
};

/** A claim of a bucket gets a Secret and a ConfigMap of its name (https://rook.io/docs/rook/latest/Storage-Configuration/Object-Storage-RGW/ceph-object-bucket-claim/). */
export const bucketClaim: Produce = (resource, found) => {
  const { name } = resource;
  addProducer(found, resource, { name, keys: ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'] });
  const keys = ['BUCKET_HOST', 'BUCKET_NAME', 'BUCKET_PORT', 'BUCKET_REGION', 'BUCKET_SUBREGION'];
  addProducer(found, resource, { kind: 'ConfigMap', name, keys });
};

/** What the driver mounts it also syncs into Secrets (https://secrets-store-csi-driver.sigs.k8s.io/topics/sync-as-kubernetes-secret). */
export const secretProviderClass: Produce = (resource, found) => {
  for (const [i, secret] of listAt(resource.value, 'spec', 'secretObjects').entries()) {
    const name = textAt(secret, 'secretName');
    const keys = listAt(secret, 'data').flatMap((item) => textAt(item, 'key') ?? []);
    const path = ['spec', 'secretObjects', i, 'secretName'];
    if (name !== undefined) addProducer(found, resource, { name, path, keys });
  }
};

/** tofu-controller writes outputs where it is told (https://flux-iac.github.io/tofu-controller/use-tf-controller/to-provision-resources-and-write-output-data/). */
export const terraform = named(['spec', 'writeOutputsToSecret', 'name']);

/** The operator of movetokube calls a user's Secret by both names (https://github.com/movetokube/postgres-operator, postgresuser_controller.go). */
export const postgresUser: Produce = (resource, found) => {
  const path = ['spec', 'secretName'];
  const name = textAt(resource.value, ...path);
  if (name !== undefined) addProducer(found, resource, { name: `${name}-${resource.name}`, path, open: true });
};
