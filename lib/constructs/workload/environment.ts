import {
  ConfigMap as ConfigMapL2,
  EnvFrom,
  EnvValue,
  type IConfigMap,
  type ISecret,
  Secret as SecretL2,
} from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { readSecret, type Secret, type SecretKey } from '../secret';
import { readConfigMap, type WholeConfigMap } from './config-map';

/**
 * One key of a Secret as the value of an environment variable of a cdk8s-plus container.
 *
 * @param reader the workload, or a construct beside it: order and namespace follow from where it stands
 * @throws EspalierError when the Secret is in another namespace or cluster
 * @example
 * container.env.addVariable('DB_PASSWORD', envValue(deployment, credentials.secret.key('password')));
 */
export function envValue(reader: Construct, { secret, key }: SecretKey): EnvValue {
  return EnvValue.fromSecretValue({ secret: imported(reader, secret), key });
}

/**
 * All keys of a Secret as environment variables of a cdk8s-plus container.
 *
 * @throws EspalierError when the Secret is in another namespace or cluster
 * @example
 * container.env.copyFrom(envFrom(deployment, secrets.secret));
 */
export function envFrom(reader: Construct, secret: Secret): EnvFrom {
  return new EnvFrom(undefined, undefined, imported(reader, secret));
}

/** The Secret as cdk8s-plus knows it, by name; one for each reader. */
export function imported(reader: Construct, secret: Secret): ISecret {
  readSecret(reader, secret);
  const id = `secret-${secret.name}`;
  return (reader.node.tryFindChild(id) as ISecret | undefined) ?? SecretL2.fromSecretName(reader, id, secret.name);
}

/** The ConfigMap as cdk8s-plus knows it, by name; one for each reader. */
export function importedConfigMap(reader: Construct, configMap: WholeConfigMap): IConfigMap {
  readConfigMap(reader, configMap);
  const { name } = configMap;
  const id = `configmap-${name}`;
  return (reader.node.tryFindChild(id) as IConfigMap | undefined) ?? ConfigMapL2.fromConfigMapName(reader, id, name);
}
