import type { IServiceAccount } from 'cdk8s-plus-28';
import { requireObject } from '../formats';
import { refuse } from '../input-error';
import type { Resource } from '../resource';
import { clusterOf } from '../scopes';

/**
 * Declares that a construct speaks of a service account by its name.
 *
 * @throws EspalierError when it is in another cluster or another namespace than the construct.
 */
export function needServiceAccount(reader: Resource, account: IServiceAccount): void {
  requireObject(reader, 'serviceAccount', account, {
    allowed: 'the service account of the pods',
    example: "new ServiceAccount(directory, 'serviceaccount')",
  });
  const { namespace = 'default' } = account.toSubjectConfiguration();
  const { clusterName } = clusterOf(reader);
  if (clusterOf(account) !== clusterOf(reader) || namespace !== reader.namespace) {
    refuse(reader, {
      field: 'serviceAccount',
      value: `${namespace}/${account.name} (${account.node.path})`,
      allowed: `one of namespace ${reader.namespace} in cluster ${clusterName}: pods cannot use one from elsewhere`,
      example: `ServiceAccount.fromServiceAccountName(directory, 'existing', '${account.name}', { namespaceName: '${reader.namespace}' })`,
    });
  }
  reader.node.addDependency(account);
}
