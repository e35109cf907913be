import { keysAt, listAt, textAt } from '../../json';
import { addProducer, anyNamespace, type Produce } from './producer';

/** A SealedSecret becomes the Secret of its template's name, else its own (https://github.com/bitnami-labs/sealed-secrets). */
export const sealedSecret: Produce = (resource, found) => {
  addProducer(found, resource, {
    name: textAt(resource.value, 'spec', 'template', 'metadata', 'name') ?? resource.name,
    keys: [...keysAt(resource.value, 'spec', 'encryptedData'), ...keysAt(resource.value, 'spec', 'template', 'data')],
  });
};

/** The Vault Secrets Operator writes what `destination` names. */
export const vaultSecret: Produce = (resource, found) => {
  const path = ['spec', 'destination', 'name'];
  const name = textAt(resource.value, ...path);
  if (name !== undefined) addProducer(found, resource, { name, path, open: true });
};

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
