import { b64enc, type TemplateText, type TemplateValue, toJson } from './template';

/** A template of a Secret of one of Kubernetes' types, with the keys that the type needs. */
export interface TypedTemplate<K extends string> {
  readonly type: string;
  readonly data: { readonly [Name in K]: TemplateText };
}

/** How to log in to a registry. */
export type RegistryLogin = {
  /** As images name it, such as `ghcr.io`; Docker Hub is `https://index.docker.io/v1/`. */
  readonly registry: TemplateText;
} & (
  | { readonly username: TemplateText; readonly password: TemplateText }
  /** `user:password` in base64, as Quay's and Cloudsmith's generators yield it. */
  | { readonly auth: TemplateText }
);

/**
 * What pods take as imagePullSecrets: `.dockerconfigjson`, of one registry or several.
 *
 * @example
 * template: (k) => dockerConfig({ registry: 'ghcr.io', username: 'acme-bot', password: k.token })
 */
export function dockerConfig(...logins: readonly RegistryLogin[]): TypedTemplate<'.dockerconfigjson'> {
  const auths = logins.map(({ registry, ...login }) => {
    const auth = 'auth' in login ? login.auth : b64enc(`${login.username}:${login.password}`);
    return [String(registry), { ...login, auth }];
  });
  return {
    type: 'kubernetes.io/dockerconfigjson',
    data: { '.dockerconfigjson': toJson({ auths: Object.fromEntries(auths) }) },
  };
}

/** A certificate and its key, in one of the forms in which stores hold them. */
export type TlsSource =
  | { readonly certificate: TemplateText; readonly key: TemplateText }
  /**
   * Certificates and key in one text of PEM.
   *
   * `keyType` is what stands after BEGIN of the key. @default 'PRIVATE KEY'
   */
  | { readonly pem: TemplateValue; readonly keyType?: 'PRIVATE KEY' | 'RSA PRIVATE KEY' | 'EC PRIVATE KEY' }
  /** A PKCS #12 archive, which is binary: a store that holds it in base64 needs `k.archive.b64dec`. */
  | { readonly pkcs12: TemplateValue };

/**
 * A certificate for an Ingress or a Gateway: `tls.crt` and `tls.key`.
 *
 * @example
 * template: (k) => tls({ pkcs12: k.archive.b64dec })
 */
export function tls(source: TlsSource): TypedTemplate<'tls.crt' | 'tls.key'> {
  const [certificate, key] =
    'pem' in source
      ? [source.pem.pipe('filterPEM "CERTIFICATE"'), source.pem.pipe(`filterPEM "${source.keyType ?? 'PRIVATE KEY'}"`)]
      : 'pkcs12' in source
        ? [source.pkcs12.pipe('pkcs12cert'), source.pkcs12.pipe('pkcs12key')]
        : [source.certificate, source.key];
  return { type: 'kubernetes.io/tls', data: { 'tls.crt': certificate, 'tls.key': key } };
}

/** A user and a password, as Flux, CloudNativePG and Ingress controllers read them. */
export function basicAuth(data: {
  readonly username: TemplateText;
  readonly password: TemplateText;
}): TypedTemplate<'username' | 'password'> {
  return { type: 'kubernetes.io/basic-auth', data };
}

/** A private key of SSH: `ssh-privatekey`. */
export function sshAuth(privateKey: TemplateText): TypedTemplate<'ssh-privatekey'> {
  return { type: 'kubernetes.io/ssh-auth', data: { 'ssh-privatekey': privateKey } };
}
