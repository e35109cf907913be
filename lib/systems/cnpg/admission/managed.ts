import type { JsonObject, Path } from '../../../json/json';
import { at, keysAt, listAt, objectAt, textAt } from '../../../json/read';
import { type Fault, fault } from '../../fault';
import { givenText, isGiven, names, repeated } from '../../given';
import { isReservedRole, notReserved } from '../names';

/** (validateManagedRoles) */
export function* roles(cluster: JsonObject): Generator<Fault> {
  const path: Path = ['spec', 'managed', 'roles'];
  const given = listAt(cluster, ...path);
  for (const { index } of repeated(names(given)))
    yield fault([...path, index, 'name'], 'a name that no other role of the list has');
  for (const [i, role] of given.entries()) {
    const name = textAt(role, 'name');
    if (name !== undefined && isReservedRole(name)) yield fault([...path, i, 'name'], notReserved);
    const limit = at(role, 'connectionLimit');
    if (typeof limit === 'number' && limit < -1)
      yield fault([...path, i, 'connectionLimit'], '-1, which is no limit, or more');
    if (at(role, 'disablePassword') === true && objectAt(role, 'passwordSecret'))
      yield fault([...path, i, 'passwordSecret'], 'left out when disablePassword is true', null);
  }
}

/** (validateManagedServices) */
export function* services(cluster: JsonObject): Generator<Fault> {
  const path: Path = ['spec', 'managed', 'services'];
  const off = listAt(cluster, ...path, 'disabledDefaultServices').indexOf('rw');
  if (off >= 0) yield fault([...path, 'disabledDefaultServices', off], 'ro or r: the Service -rw stays');
  const additional = listAt(cluster, ...path, 'additional');
  const given = additional.map((service) => at(service, 'serviceTemplate', 'metadata', 'name'));
  const at_ = (i: number, ...below: readonly string[]): Path => [...path, 'additional', i, 'serviceTemplate', ...below];
  for (const { index } of repeated(given))
    yield fault(at_(index, 'metadata', 'name'), 'a name that no other of the list has');
  const own = ['rw', 'ro', 'r', 'any'].map((suffix) => `${textAt(cluster, 'metadata', 'name')}-${suffix}`);
  for (const [i, name] of given.entries()) {
    if (!isGiven(name)) yield fault(at_(i, 'metadata', 'name'), 'given');
    if (own.includes(String(name)))
      yield fault(at_(i, 'metadata', 'name'), `none of ${own.join(', ')}, which CloudNativePG makes`);
    if (keysAt(additional[i], 'serviceTemplate', 'spec', 'selector').length > 0)
      yield fault(at_(i, 'spec', 'selector'), 'left out: CloudNativePG writes it', null);
  }
}

/** (validatePluginConfiguration) */
export function* archivers(cluster: JsonObject): Generator<Fault> {
  const given = listAt(cluster, 'spec', 'plugins').flatMap((plugin, i) =>
    at(plugin, 'isWALArchiver') === true && at(plugin, 'enabled') !== false
      ? [{ name: textAt(plugin, 'name') ?? `plugins[${i}]`, i }]
      : [],
  );
  const inTree =
    objectAt(cluster, 'spec', 'backup', 'barmanObjectStore') === undefined ? [] : ['spec.backup.barmanObjectStore'];
  const all = [...inTree, ...given.map(({ name }) => name)];
  const last = given.at(-1);
  if (last !== undefined && all.length > 1) {
    const path = ['spec', 'plugins', last.i, 'isWALArchiver'];
    yield fault(path, `true for only one archiver, not for ${all.join(' and ')}`);
  }
}

/** (validateEnv; pkg/postgres/environment.go: IsReservedEnvironmentVariable) */
export function* environment(cluster: JsonObject): Generator<Fault> {
  for (const [i, name] of names(listAt(cluster, 'spec', 'env')).entries())
    if (isReservedVariable(name)) yield fault(['spec', 'env', i, 'name'], reserved);
}

const reserved =
  'none of POD_NAME, NAMESPACE and CLUSTER_NAME, and not beginning with PG or CNPG_: CloudNativePG sets those';

function isReservedVariable(name: unknown): boolean {
  return typeof name === 'string' && /^(?:CNPG_|PG|(?:POD_NAME|NAMESPACE|CLUSTER_NAME)$)/i.test(name);
}

/** (validateExtensions, validateExtensionEnvVars) */
export function* extensions(cluster: JsonObject): Generator<Fault> {
  const path: Path = ['spec', 'postgresql', 'extensions'];
  const given = listAt(cluster, ...path);
  // Volumes are named after them, with "-" for "_".
  for (const { index } of repeated(names(given).map((name) => givenText(name)?.replaceAll('_', '-'))))
    yield fault([...path, index, 'name'], 'a name that no other extension has, "_" and "-" taken for the same');
  const catalog = isGiven(at(cluster, 'spec', 'imageCatalogRef'));
  for (const [i, extension] of given.entries()) {
    if (!catalog && !isGiven(at(extension, 'image', 'reference')))
      yield fault([...path, i, 'image', 'reference'], 'given, since there is no spec.imageCatalogRef');
    for (const field of ['extension_control_path', 'dynamic_library_path', 'ld_library_path', 'bin_path']) {
      const paths = listAt(extension, field);
      for (const { index } of repeated(paths))
        yield fault([...path, i, field, index], 'a path that no other of the list is');
      for (const [j, text] of paths.entries())
        if (text === '' || leaves(givenText(text) ?? ''))
          yield fault([...path, i, field, j], 'a path within the folder of the extension');
    }
    const variables = listAt(extension, 'env');
    for (const { index } of repeated(names(variables)))
      yield fault([...path, i, 'env', index, 'name'], 'a name that no other variable of the extension has');
    for (const [j, name] of names(variables).entries()) {
      if (isReservedVariable(name)) yield fault([...path, i, 'env', j, 'name'], reserved);
      if (name === 'PATH' || name === 'LD_LIBRARY_PATH')
        yield fault(
          [...path, i, 'env', j, 'name'],
          `given as ${name === 'PATH' ? 'bin_path' : 'ld_library_path'} of the extension`,
        );
    }
  }
}

/** Whether a path leads out of its folder. */
function leaves(path: string): boolean {
  let depth = 0;
  for (const step of path.split('/')) {
    if (step !== '' && step !== '.') depth += step === '..' ? -1 : 1;
    if (depth < 0 && !path.startsWith('/')) return true;
  }
  return false;
}
