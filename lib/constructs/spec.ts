import type { Construct } from 'constructs';
import type { JsonObject } from '../json/json';
import { type Handle, type HandleReading, resolveHandles } from './handles';
import { namespaceAt } from './scopes';

/** Fields whose names in imports/ differ from the API's own. A test holds the table against imports/. */
export const apiNames = {
  accessKeyIdSecretRef: 'accessKeyIDSecretRef',
  appId: 'appID',
  backupId: 'backupID',
  baseDn: 'baseDN',
  binPath: 'bin_path',
  bindDn: 'bindDN',
  clientCaSecret: 'clientCASecret',
  clientIp: 'clientIP',
  clusterIp: 'clusterIP',
  clusterProjectId: 'clusterProjectID',
  downwardApi: 'downwardAPI',
  dynamicLibraryPath: 'dynamic_library_path',
  enablePdb: 'enablePDB',
  endpointCa: 'endpointCA',
  endpointUrl: 'endpointURL',
  extensionControlPath: 'extension_control_path',
  externalId: 'externalID',
  groupId: 'groupID',
  inheritFromAzureAd: 'inheritFromAzureAD',
  inheritFromIamRole: 'inheritFromIAMRole',
  installId: 'installID',
  isWalArchiver: 'isWALArchiver',
  ldLibraryPath: 'ld_library_path',
  loadBalancerIp: 'loadBalancerIP',
  matchOidcIdentity: 'matchOIDCIdentity',
  metricsQueriesTtl: 'metricsQueriesTTL',
  onepasswordSdk: 'onepasswordSDK',
  pgBasebackup: 'pg_basebackup',
  pgHba: 'pg_hba',
  pgIdent: 'pg_ident',
  postImportApplicationSql: 'postImportApplicationSQL',
  postInitApplicationSql: 'postInitApplicationSQL',
  postInitApplicationSqlRefs: 'postInitApplicationSQLRefs',
  postInitSql: 'postInitSQL',
  postInitSqlRefs: 'postInitSQLRefs',
  postInitTemplateSql: 'postInitTemplateSQL',
  postInitTemplateSqlRefs: 'postInitTemplateSQLRefs',
  postgresGid: 'postgresGID',
  postgresUid: 'postgresUID',
  projectId: 'projectID',
  replicationTlsSecret: 'replicationTLSSecret',
  reusePvc: 'reusePVC',
  serverAltDnsNames: 'serverAltDNSNames',
  serverCaSecret: 'serverCASecret',
  serverTlsSecret: 'serverTLSSecret',
  sharedPreloadLibraries: 'shared_preload_libraries',
  targetLsn: 'targetLSN',
  targetTli: 'targetTLI',
  targetXid: 'targetXID',
  vaultAwsIamServerId: 'vaultAwsIamServerID',
} as const;

type ApiNames = typeof apiNames;
type NameOf<K> = K extends keyof ApiNames ? K | ApiNames[K] : K;

/**
 * What imports/ knows of a spec, as YAML has it: fields under the API's own names or those of imports/, an enum as its text, a quantity as
 * text or number, a handle where a name stands, and `null` for what shall not be written.
 */
export type SpecOf<T> = T extends string
  ? T | `${T}` | (string extends T ? Handle : never)
  : T extends readonly (infer Item)[]
    ? readonly SpecOf<Item>[]
    : T extends Date
      ? T | string
      : T extends object
        ? keyof T extends 'value'
          ? T | T[keyof T]
          : { readonly [K in keyof T as NameOf<K>]?: SpecOf<T[K]> | null }
        : T;

/**
 * A spec as the API takes it, handles resolved. Fields that are `undefined` are left out, `null` stays: it takes defaults away.
 *
 * @param names 'as given' for a spec that imports/ does not know: its fields have the API's own names already
 */
export function specJson(
  reader: Construct,
  spec: unknown,
  { names, ...reading }: Pick<HandleReading, 'anyNamespace'> & { readonly names?: 'as given' } = {},
): JsonObject {
  const within = { field: 'spec', namespace: namespaceAt(reader), ...reading };
  return json(resolveHandles(reader, spec ?? {}, within), names === 'as given' ? {} : apiNames) as JsonObject;
}

function json(value: unknown, names: Readonly<Record<string, string>>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => json(item, names));
  if (value instanceof Date) return value.toISOString();
  if (Object.getPrototypeOf(value) !== Object.prototype) {
    // What imports/ takes for a text or a number, such as a quantity. Others are cdk8s' own, which it resolves itself.
    return Object.keys(value).join() === 'value' ? (value as { value: unknown }).value : value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([name, item]) => [Object.hasOwn(names, name) ? names[name] : name, json(item, names)]),
  );
}
