import { isJsonObject, type Json, type JsonObject, type Path } from '../../json/json';
import { textAt } from '../../json/read';

/**
 * The Secrets that an issuer reads: `…SecretRef` with a name, and that of a CA. The one of an ACME account's key cert-manager makes. (1.21
 * pkg/apis/certmanager/v1/types_issuer.go, pkg/apis/acme/v1/types_issuer.go)
 */
export function* secretsRead(issuer: JsonObject): Generator<{ readonly name: string; readonly path: Path }> {
  const authority = textAt(issuer, 'spec', 'ca', 'secretName');
  if (authority !== undefined) yield { name: authority, path: ['spec', 'ca', 'secretName'] };
  yield* referencesIn(issuer.spec, ['spec']);
}

function* referencesIn(value: Json | undefined, path: Path): Generator<{ readonly name: string; readonly path: Path }> {
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) yield* referencesIn(item as Json, [...path, i]);
  } else if (isJsonObject(value)) {
    for (const [field, item] of Object.entries(value)) {
      const name = /SecretRef$|^secretRef$/.test(field) ? textAt(item, 'name') : undefined;
      if (name !== undefined && name !== '' && field !== 'privateKeySecretRef')
        yield { name, path: [...path, field, 'name'] };
      // Settings of a webhook are its own.
      else if (field !== 'config') yield* referencesIn(item, [...path, field]);
    }
  }
}
