import type { IConstruct } from 'constructs';
import type { JsonObject } from '../../json/json';
import { at, keysAt, listAt } from '../../json/read';
import { restoreOf } from '../../systems/cnpg/archive';
import { literal } from '../flux/substitution';
import { refuse } from '../input-error';
import type { Resource } from '../resource';
import { specJson } from '../spec';
import type { Origin } from './origin';
import type { PostgresClusterProps } from './postgres-cluster-props';

/** spec.bootstrap: initdb, unless an origin or an override says otherwise. */
export function bootstrapSpec(
  cluster: Resource,
  props: PostgresClusterProps,
  override: JsonObject,
  origin: Origin | undefined,
  application: object,
): JsonObject {
  const ofOrigin = origin?.method === 'initdb' ? undefined : origin?.method;
  const restored = ['recovery', 'pg_basebackup'].filter(
    (method) => method === ofOrigin || at(override, 'bootstrap', method),
  );
  if (restored.length > 0) {
    for (const field of ['postInitSql', 'postInitApplicationSql'] as const) {
      if (props[field] === undefined) continue;
      refuse(cluster, {
        field,
        value: props[field],
        allowed: 'left out if the database is restored: CNPG runs it only after initdb',
        example: 'leave it out; the restored database already has the result',
      });
    }
    const settings = (method: string) => ({ ...(method === ofOrigin && origin?.settings), ...application });
    return specJson(cluster, Object.fromEntries(restored.map((method) => [method, settings(method)])));
  }
  const sql = (statements: readonly string[] | undefined) => statements?.map((text) => literal(cluster, text));
  const initdb = specJson(cluster, {
    ...application,
    postInitSQL: sql(props.postInitSql),
    postInitApplicationSQL: sql(props.postInitApplicationSql),
    ...origin?.settings,
  });
  return keysAt(initdb).length > 0 ? { initdb } : {};
}

/**
 * @throws EspalierError for a database that archives where it is restored from (plugin-barman-cloud: "Expected empty archive"), and for
 *   one that is imported beside the databases that it is made for
 */
export function requireOwnPlace(scope: IConstruct, name: string, props: PostgresClusterProps, spec: JsonObject): void {
  const restore = restoreOf({ metadata: { name, annotations: { ...props.annotations } }, spec });
  if (restore && restore.from.server === restore.to.server && same(restore.from.store, restore.to.store)) {
    refuse(scope, {
      field: 'backup.serverName',
      value: restore.to.server,
      allowed:
        'another folder than the one that the database is restored from: the plugin archives only to an empty one',
      example: `"${restore.to.server}-2"`,
    });
  }
  const databases = listAt(spec, 'bootstrap', 'initdb', 'import', 'databases');
  const database = at(spec, 'bootstrap', 'initdb', 'database');
  const isEmpty = props.import?.type === 'monolith' && props.database === undefined && database !== undefined;
  if (!isEmpty || databases.includes('*') || databases.includes(database as string)) return;
  refuse(scope, {
    field: 'database',
    value: undefined,
    allowed: `one of the databases that are imported: CNPG would make an empty one, "${database}", beside them`,
    example: JSON.stringify(databases[0] ?? 'shop'),
  });
}

function same(one: object, other: object): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
