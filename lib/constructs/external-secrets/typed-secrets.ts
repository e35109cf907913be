import { refuseUnknownOption } from '../refuse-unknown';
import { b64enc, expression, requireText, type TemplateText, toJson } from './template';

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
  if (logins.length === 0) requireTexts('dockerConfig', ['registry'], {});
  const auths = logins.map(({ registry, ...login }) => {
    const fields = 'auth' in login ? ['registry', 'auth'] : ['registry', 'username', 'password'];
    requireTexts('dockerConfig', fields, { registry, ...login });
    const auth = 'auth' in login ? login.auth : b64enc(`${login.username}:${login.password}`);
    return [String(registry), { ...login, auth }];
  });
  refuseUnknownOption('dockerConfig', logins);
  return {
    type: 'kubernetes.io/dockerconfigjson',
    data: { '.dockerconfigjson': toJson({ auths: Object.fromEntries(auths) }) },
  };
}

/** A certificate and its key, in one of the forms in which stores hold them. */
export type TlsSource =
  | { readonly certificate: TemplateText; readonly key: TemplateText }
  /** Certificates and a key, which is not encrypted, in one text of PEM. */
  | { readonly pem: TemplateText }
  /** A PKCS #12 archive, which is binary: a store that holds it in base64 needs `k.archive.b64dec`. */
  | { readonly pkcs12: TemplateText; readonly password?: TemplateText };

const privateKey = '(?s)-----BEGIN (RSA |EC )?PRIVATE KEY-----.*?-----END (RSA |EC )?PRIVATE KEY-----';

/**
 * A certificate for an Ingress or a Gateway: `tls.crt` and `tls.key`. Where one of them is missing, the Secret is not written.
 *
 * @example
 * template: (k) => tls({ pkcs12: k.archive.b64dec })
 */
export function tls(source: TlsSource): TypedTemplate<'tls.crt' | 'tls.key'> {
  refuseUnknownOption('tls', source);
  const [certificate, key] = certificateAndKey(source);
  return { type: 'kubernetes.io/tls', data: { 'tls.crt': certificate, 'tls.key': key } };
}

function certificateAndKey(source: TlsSource): readonly [certificate: TemplateText, key: TemplateText] {
  const field = ['pem', 'pkcs12'].find((name) => name in source);
  requireTexts('tls', field ? [field] : ['certificate', 'key'], source);
  if ('certificate' in source) return [source.certificate, source.key];
  if ('pkcs12' in source) {
    const { pkcs12, password = '' } = source;
    return [
      expression((pass, archive) => `pkcs12certPass ${pass} ${archive}`, password, pkcs12),
      expression((pass, archive) => `pkcs12keyPass ${pass} ${archive}`, password, pkcs12),
    ];
  }
  // filterPEM knows one type of keys at a time, and yields nothing for another.
  return [
    expression((pem) => `or (filterPEM "CERTIFICATE" ${pem}) (fail "no certificate in the PEM")`, source.pem),
    expression((pem) => `or (regexFind "${privateKey}" ${pem}) (fail "no private key in the PEM")`, source.pem),
  ];
}

/** A user and a password, as Flux, CloudNativePG and Ingress controllers read them. */
export function basicAuth(data: {
  readonly username: TemplateText;
  readonly password: TemplateText;
}): TypedTemplate<'username' | 'password'> {
  refuseUnknownOption('basicAuth', data);
  return { type: 'kubernetes.io/basic-auth', data };
}

/** A private key of SSH: `ssh-privatekey`. */
export function sshAuth(privateKey: TemplateText): TypedTemplate<'ssh-privatekey'> {
  return { type: 'kubernetes.io/ssh-auth', data: { 'ssh-privatekey': privateKey } };
}

/** Without types, what is missing would be written as `undefined`. */
function requireTexts(call: string, fields: readonly string[], given: Readonly<Record<string, unknown>>): void {
  for (const field of fields) requireText(`${call}: ${field}`, given[field]);
}
