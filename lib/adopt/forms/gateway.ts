import type { Drafting, Said } from '../draft';
import type { Code, CodeObject } from '../program';
import { filledIn } from '../variables';
import type { Lift } from './form';
import { isText, objectIn, objectSaid, restOf } from './said';

/** Kinds of the Gateway API that constructs say. */
export const gateway: Readonly<Record<string, Lift>> = {
  'gateway.networking.k8s.io/HTTPRoute': httpRoute,
};

function httpRoute(drafting: Drafting): Said | undefined {
  const said = objectSaid(drafting, 'gateway.networking.k8s.io/v1');
  if (said === undefined) return undefined;
  const { hostnames, parentRefs, rules } = said.spec;
  const rest = restOf(said.spec, ['hostnames', 'parentRefs', 'rules']);
  const refs = Array.isArray(parentRefs) ? (parentRefs as readonly Code[]) : undefined;
  const service = serviceOf(rules);
  return {
    className: 'HttpRoute',
    props: {
      ...said.metadata,
      hosts: filledIn(hostnames ?? null),
      gateway: refs === undefined ? (parentRefs ?? null) : refs.length === 1 ? (refs[0] as Code) : refs,
      ...(service === undefined ? { rules: rules ?? null } : { service }),
      ...(rest && { spec: rest }),
    },
  };
}

/** The one Service that all requests go to; undefined for rules that say more. */
function serviceOf(rules: Code | undefined): CodeObject | undefined {
  const { backendRefs, ...more } = objectIn(only(rules)) ?? {};
  const { name, port, namespace, ...others } = objectIn(only(backendRefs)) ?? {};
  const surplus = Object.keys({ ...more, ...others }).length;
  if (!isText(name) || typeof port !== 'number' || surplus > 0) return undefined;
  return namespace === undefined ? { name, port } : { name, port, namespace };
}

/** The one item of a list. */
function only(code: Code | undefined): Code | undefined {
  return Array.isArray(code) && code.length === 1 ? (code as readonly Code[])[0] : undefined;
}
