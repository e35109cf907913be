import type { ObjectType } from '../../systems/helm/value-types/value-type';
import { quoted } from '../typescript';
import { namesOf, namesOfKind } from './names';
import { Writer } from './writer';

/** How every such file begins. */
export const madeConstructs = '// Made by `espalier import`, do not edit';

/**
 * The TypeScript of typed constructs, a class for each kind, as `cdk8s import` names them: `Certificate` with `CertificateProps`, for
 * which cdk8s and constructs are enough. Fields have the API's own names, and choices are texts. The same for the same kinds.
 *
 * @param kinds by `apiVersion/kind`, as `kindTypes` makes them of whole objects; of the versions of a kind the first has the plain name
 * @param isClusterScoped whether objects of a kind lie in no namespace: then that of their chart is left out
 */
export function constructsText(
  kinds: ReadonlyMap<string, ObjectType>,
  isClusterScoped: (id: string) => boolean = () => false,
): string {
  const own = [...kinds.keys()].flatMap(namesOfKind).map((name) => `${name}Props`);
  const names = namesOf([...kinds], [...reserved, ...own]);
  const classes = [...kinds].map(([id, type]) => [id, type, names.get(type) as string] as const);
  const writer = new Writer(
    new Map([...names].filter(([type]) => !classes.some(([, root]) => root === type))),
    'string',
  );
  return [
    `${madeConstructs}. Run it again for other definitions.\n`,
    "import { ApiObject, type ApiObjectMetadata, type GroupVersionKind } from 'cdk8s';\n",
    "import type { Construct } from 'constructs';\n",
    ...classes.map(
      ([id, type, name]) => classText(id, type, name, isClusterScoped(id)) + propsText(type, name, writer),
    ),
    writer.interfaces(),
  ].join('');
}

/** The kinds that such a text has, by `apiVersion/kind`. */
export function kindsOfConstructs(text: string): string[] {
  const gvk = /^ {2}static readonly GVK: GroupVersionKind = \{ apiVersion: '([^'\\]+)', kind: '([^'\\]+)' \};$/gm;
  return [...text.matchAll(gvk)].map(([, apiVersion = '', kind = '']) => `${apiVersion}/${kind}`);
}

/** What the file has from elsewhere, and the one name that no class may have. */
const reserved = ['ApiObject', 'ApiObjectMetadata', 'Construct', 'GroupVersionKind', 'Object'];

function classText(id: string, { keys }: ObjectType, name: string, clusterScoped: boolean): string {
  const slash = id.lastIndexOf('/');
  const [apiVersion, kind] = [id.slice(0, slash), id.slice(slash + 1)];
  const props = `props: ${name}Props${[...keys.values()].some(({ required }) => required) ? '' : ' = {}'}`;
  return `
/** ${kind} of ${apiVersion}. */
export class ${name} extends ApiObject {
  /** Its apiVersion and kind. */
  static readonly GVK: GroupVersionKind = { apiVersion: ${quoted(apiVersion)}, kind: ${quoted(kind)} };

  /** The object, to stand within another. */
  static manifest(${props}): any {
    return { ...${name}.GVK, ...props };
  }

  constructor(scope: Construct, id: string, ${props}) {
    super(scope, id, { ...${name}.GVK, ...props });
  }
${clusterScoped ? withoutNamespace : ''}}
`;
}

const withoutNamespace = `
  /** It lies in no namespace. */
  override toJson(): any {
    const object = super.toJson();
    delete object.metadata.namespace;
    return object;
  }
`;

function propsText(type: ObjectType, name: string, writer: Writer): string {
  const fields = writer.lines(type).replace(/^\{\n?|\}$/g, '');
  return `\nexport interface ${name}Props {\n  metadata?: ApiObjectMetadata;\n${fields}}\n`;
}
