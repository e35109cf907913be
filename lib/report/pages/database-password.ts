import { identityKey } from '../../graph/identity';
import type { MadeSecret } from '../../graph/vault/made-secret';
import { textAt } from '../../json/read';
import { reloadLabel } from '../../systems/cnpg/names';
import { groupBy } from '../../text/group-by';
import { target } from './commands';
import { block, marks, paragraphs } from './markdown';

/**
 * CloudNativePG sets the password again whenever the Secret's version changes (instance_controller.go: reconcileUser), and looks at
 * once at those that carry its label.
 */
export function databasesText(made: MadeSecret): string[] {
  const uses = made.readers.filter(({ use }) => use === 'bootstrap' || use === 'managedRole' || use === 'superuser');
  if (uses.length === 0) return [];
  const databases = [...groupBy(uses, ({ resource }) => identityKey(resource)).values()].map(
    ([{ resource }]) => resource.name,
  );
  const check = roleCheck(made, uses);
  const takes = `CloudNativePG sets the new password in ${marks(databases)} by itself, on the primary; no SQL is needed.`;
  if (textAt(made.spec, 'target', 'template', 'metadata', 'labels', reloadLabel) !== undefined) {
    return [paragraphs(`${takes} The label \`${reloadLabel}\` has it look at once.${check.text}`, check.commands)];
  }
  const object = { group: '', kind: 'Secret', namespace: made.resource.namespace, name: made.secret ?? '' };
  return [
    paragraphs(
      `${takes} The Secret lacks the label \`${reloadLabel}\`, without which that may take long:`,
      block('sh', [`kubectl label ${target(object)} ${reloadLabel}=true --overwrite`]),
      check.text.trim() || undefined,
      check.commands,
    ),
  ];
}

/**
 * How to see that a managed role has the new password: CloudNativePG says of which version of the Secret it has set it
 * (https://cloudnative-pg.io/documentation/current/declarative_role_management/).
 */
function roleCheck(made: MadeSecret, uses: MadeSecret['readers']): { text: string; commands: string | undefined } {
  const clusters = new Map(
    uses.filter(({ use }) => use === 'managedRole').map(({ resource }) => [identityKey(resource), resource]),
  );
  if (clusters.size === 0) return { text: '', commands: undefined };
  const object = { group: '', kind: 'Secret', namespace: made.resource.namespace, name: made.secret ?? '' };
  const status = '{.status.managedRolesStatus.passwordStatus}{"\\n"}';
  return {
    text: ' It is done when the role has the resource version that the Secret has:',
    commands: block('sh', [
      `kubectl get ${target(object)} --output=jsonpath='{.metadata.resourceVersion}{"\\n"}'`,
      ...[...clusters.values()].map((cluster) => `kubectl get ${target(cluster)} --output=jsonpath='${status}'`),
    ]),
  };
}
