/** What a Secret of a type must hold. (k8s.io/kubernetes 1.36, pkg/apis/core/validation: ValidateSecret) Other types hold anything. */
export interface SecretType {
  readonly keys: readonly string[];
  /** Whether one of the keys is enough. */
  readonly any?: boolean;
  /** Whether what they hold is an object of JSON, or may not be empty. */
  readonly holds?: 'json' | 'something';
}

const types: Readonly<Record<string, SecretType>> = {
  'kubernetes.io/tls': { keys: ['tls.crt', 'tls.key'] },
  'kubernetes.io/dockerconfigjson': { keys: ['.dockerconfigjson'], holds: 'json' },
  'kubernetes.io/dockercfg': { keys: ['.dockercfg'], holds: 'json' },
  'kubernetes.io/basic-auth': { keys: ['username', 'password'], any: true },
  'kubernetes.io/ssh-auth': { keys: ['ssh-privatekey'], holds: 'something' },
};

export function secretType(type: unknown): SecretType | undefined {
  return typeof type === 'string' && Object.hasOwn(types, type) ? types[type] : undefined;
}

/** The keys that a Secret of a type lacks. */
export function missingKeys({ keys, any }: SecretType, has: (key: string) => boolean): readonly string[] {
  const missing = keys.filter((key) => !has(key));
  return any && missing.length < keys.length ? [] : missing;
}

/** Whether a text is an object in JSON, as Go reads one into a map: null is none, but no error. */
export function isJsonMap(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && !Array.isArray(value);
  } catch {
    return false;
  }
}
