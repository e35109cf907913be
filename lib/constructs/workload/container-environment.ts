import { EnvFrom, EnvValue } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { Format } from '../../systems/format';
import { environmentName } from '../../systems/kubernetes/names';
import { ConfigMapKey } from '../config-map-key';
import { literal } from '../flux/substitution';
import { requireFormat } from '../formats';
import { refuse } from '../input-error';
import { Secret, type SecretKey } from '../secret';
import type { WholeConfigMap } from './config-map';
import { envFrom, envValue, importedConfigMap } from './environment';

/** Keys that the kubelet makes variables of; it leaves out the others without an error. (core/v1 validation: EnvVarName) */
const variableKey: Format = {
  allowed: 'a key that is a valid variable name: letters, digits, "-", "_" and ".", not beginning with a digit',
  example: '"API_TOKEN"',
  accepts: (value) => /^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(value),
};

/** Variables that every container has, whatever its image and manifest say. */
const always = ['HOSTNAME', 'KUBERNETES_SERVICE_HOST', 'KUBERNETES_SERVICE_PORT'];

/**
 * The variables of one container, each from one source: Kubernetes lets the last one win without a word.
 */
export class ContainerEnvironment {
  /** Every variable that the container has. */
  readonly names: Set<string>;
  readonly envFrom: EnvFrom[] = [];
  readonly variables: Record<string, EnvValue> = {};
  private readonly reader: Construct;
  private readonly sources = new Map<string, string>();

  /** @param fromImage variables that the image sets */
  constructor(reader: Construct, fromImage: readonly string[] = []) {
    for (const name of fromImage) requireFormat(reader, 'imageVariables', name, environmentName);
    this.reader = reader;
    this.names = new Set([...always, ...fromImage]);
  }

  /** Whether a ConfigMap, a Secret or a single variable sets it already. */
  sets(name: string): boolean {
    return this.sources.has(name);
  }

  /** All keys of a ConfigMap or a Secret. */
  addAll(from: WholeConfigMap | Secret): void {
    const source = from instanceof Secret ? `Secret ${from.name}` : `ConfigMap ${from.name}`;
    if (from instanceof Secret) this.envFrom.push(envFrom(this.reader, from));
    else this.envFrom.push(new EnvFrom(importedConfigMap(this.reader, from), undefined, undefined));
    for (const key of 'keys' in from ? from.keys : []) {
      requireFormat(this.reader, `envFrom: a key of ${source}`, key, variableKey);
      this.take(key, source);
    }
  }

  /** One variable: a plain value, a key of a Secret or ConfigMap, or what cdk8s-plus has for it. */
  add(name: string, value: string | SecretKey | ConfigMapKey | EnvValue, source: string): void {
    requireFormat(this.reader, source, name, environmentName);
    this.take(name, source);
    if (typeof value === 'string') {
      this.variables[name] = EnvValue.fromValue(literal(this.reader, value));
    } else if (value instanceof EnvValue) {
      this.variables[name] = value;
    } else if (value instanceof ConfigMapKey) {
      this.variables[name] = EnvValue.fromConfigMap(
        importedConfigMap(this.reader, value.configMap as WholeConfigMap),
        value.key,
      );
    } else if (value?.secret instanceof Secret) {
      // key() once more: a handle may be written by hand.
      this.variables[name] = envValue(this.reader, value.secret.key(value.key as never));
    } else {
      // An object may be a construct, which cannot be printed.
      const plain = value !== undefined && typeof value !== 'object';
      const example = plain ? JSON.stringify(String(value)) : "secrets.key('API_TOKEN')";
      const allowed = 'a string, or a key of a Secret or ConfigMap';
      refuse(this.reader, { field: `${source}.${name}`, ...(plain && { value }), allowed, example });
    }
  }

  private take(name: string, source: string): void {
    const other = this.sources.get(name);
    if (other !== undefined) {
      refuse(this.reader, {
        field: `the variable ${name}`,
        value: [other, source],
        allowed: 'one source for each variable: otherwise the later one wins without a message',
        example: `${name} only from ${other}`,
      });
    }
    this.sources.set(name, source);
    this.names.add(name);
  }
}
