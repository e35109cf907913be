import { at, textAt, textsIn } from '../../json/read';
import { ownersSecret } from '../../systems/cnpg/made';
import { group } from '../../systems/cnpg/names';
import { groupBy } from '../../text/group-by';
import { lazy } from '../../text/memoize';
import { nearest } from '../../text/nearest';
import type { Cluster } from '../cluster';
import { describe } from '../identity';
import type { Producer, SecretKind, SecretReference } from './secret-index';

type Named = Pick<SecretReference, 'kind' | 'namespace' | 'name'>;

/** What may have been meant by the name of a Secret that is not there, and why it is not. */
export class Neighbours {
  constructor(private readonly cluster: Cluster) {}

  // Something is missing seldom.
  private readonly byName = lazy(() => groupBy(this.cluster.secrets.producers, ({ kind, name }) => `${kind}/${name}`));
  private readonly byNamespace = lazy(() =>
    groupBy(this.cluster.secrets.producers, ({ kind, namespace }) => `${kind}/${namespace}`),
  );

  private called(kind: SecretKind, name: string): readonly Producer[] {
    return this.byName().get(`${kind}/${name}`) ?? [];
  }

  /** A name in the same namespace that is a slip of the keyboard away. */
  near({ kind, namespace, name }: Named): string | undefined {
    const here = this.byNamespace().get(`${kind}/${namespace}`) ?? [];
    return nearest(name, [...new Set(here.map((producer) => producer.name))]);
  }

  /** The names in the same namespace that a reference may be written with: kustomize gives some of them another ending or beginning. */
  written({ kind, namespace }: SecretReference): readonly string[] {
    const here = this.byNamespace().get(`${kind}/${namespace}`) ?? [];
    return here.filter(isNamedAsWritten).map(({ name }) => name);
  }

  /** What is there under the same name: in another namespace, or of the other kind. */
  elsewhere({ kind, namespace, name }: Named): string | undefined {
    const other = this.called(kind, name).find((producer) => producer.namespace !== namespace);
    if (other !== undefined) {
      const where = other.namespace ? `in namespace ${other.namespace}` : 'without a namespace';
      const isItself = other.resource.group === '' && other.resource.kind === kind;
      return isItself ? `there is one ${where}` : `${describe(other.resource)} creates one ${where}`;
    }
    const otherKind = kind === 'Secret' ? 'ConfigMap' : 'Secret';
    const same = this.called(otherKind, name).find((producer) => producer.namespace === namespace);
    return same === undefined ? undefined : `a ${otherKind} has that name`;
  }

  /** Why what seems to make it does not. */
  reason({ kind, namespace, name }: SecretReference): string | undefined {
    const adding = this.called(kind, name).find((made) => made.namespace === namespace && made.adds);
    if (adding !== undefined) return `${describe(adding.resource)} only adds to it (creationPolicy: Merge)`;
    const [, base = '', suffix] = /^(.+)-(app|superuser)$/.exec(name) ?? [];
    if (kind !== 'Secret' || base === '') return undefined;
    const [database] = this.cluster.find({ group, kind: 'Cluster', namespace, name: base });
    if (database === undefined) return undefined;
    if (suffix === 'superuser') {
      return at(database.value, 'spec', 'enableSuperuserAccess') === true
        ? `Cluster ${base} uses spec.superuserSecret instead`
        : `Cluster ${base} creates it only with enableSuperuserAccess: true`;
    }
    const own = ownersSecret(database.value);
    return own && `Cluster ${base} uses bootstrap.${own.method}.secret, ${own.name}, instead of creating one`;
  }
}

/** Whether the name of a Secret stands in the file of what makes it, or follows from a name that does. */
export function isNamedAsWritten({ resource, name }: Producer): boolean {
  const { document, path, generated } = resource;
  if (!generated && textAt(document.value, ...path, 'metadata', 'name') === resource.name) return true;
  return textsIn(document.value).some(({ text }) => text === name);
}
