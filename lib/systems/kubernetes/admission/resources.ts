import type { Json, JsonObject } from '../../../json/json';
import { at, listAt, objectAt } from '../../../json/read';
import { isKnown } from '../../../text/symbolic';
import type { Fault } from '../../fault';
import { dnsLabel, dnsSubdomain } from '../names';
import { billion, parseQuantity, type Quantity } from '../quantity';
import { containerResourceFault, isExtended, isOvercommitted } from './resource-names';
import { all, exactlyOne, fields, isWord, list, none, type Rule, steps, text, unlessEmpty, wrong } from './rules';

/** (validatePodResourceName) */
const podResourceFault = (name: string) =>
  name === 'cpu' || name === 'memory' || isHugePages(name) ? undefined : 'cpu, memory or hugepages-SIZE in a whole pod';
const isHugePages = (name: string) => name.startsWith('hugepages-');

/** (ValidateResourceQuantityValue, validateResourceQuantityHugePageValue) */
function amountFault(name: string, amount: Quantity): string | undefined {
  if (amount.nanos < 0n) return '0 or more';
  if (isExtended(name) && amount.nanos % billion !== 0n) return 'a whole number';
  if (!isHugePages(name)) return undefined;
  const page = parseQuantity(name.slice('hugepages-'.length))?.nanos ?? 0n;
  return page <= 0n || amount.nanos % page !== 0n ? `a multiple of the page size of ${name}` : undefined;
}

/** Requests and limits. (ValidateContainerResourceRequirements) */
function requirements(nameFault: (name: string) => string | undefined, says: string): Rule {
  return steps(function* (resources) {
    const [requests, limits] = [objectAt(resources, 'requests') ?? {}, objectAt(resources, 'limits') ?? {}];
    for (const [field, amounts] of [
      ['limits', limits],
      ['requests', requests],
    ] as const) {
      for (const name in amounts) {
        if (!isKnown(name)) continue;
        const amount = quantityOf(amounts[name]);
        const named = nameFault(name);
        const allowed = amount && amountFault(name, amount);
        if (named !== undefined) yield* wrong(`given to ${named}`, [field, name], { says });
        if (allowed !== undefined) yield* wrong(allowed, [field, name]);
        if (field === 'requests') yield* aboveLimit(name, amount, limits);
      }
    }
    const names = [...Object.keys(requests), ...Object.keys(limits)];
    if (names.some(isHugePages) && !names.includes('cpu') && !names.includes('memory') && names.every(isKnown))
      yield* wrong('set for cpu or memory as well as huge pages', [], {
        value: null,
        says: 'HugePages require cpu or memory',
      });
  });
}

function aboveLimit(name: string, request: Quantity | undefined, limits: JsonObject): readonly Fault[] {
  const path = ['requests', name];
  const given = limits[name];
  if (given === undefined || given === null)
    return !isOvercommitted(name) && Object.keys(limits).every(isKnown)
      ? wrong('set together with requests, to the same amount', ['limits', name], {
          says: 'Limit must be set for non overcommitable resources',
        })
      : none;
  const limit = quantityOf(given);
  if (request === undefined || limit === undefined) return none;
  if (!isOvercommitted(name)) return request.nanos === limit.nanos ? none : wrong(`its limit, ${given}`, path);
  return request.nanos > limit.nanos ? wrong(`at most its limit, ${given}`, path) : none;
}

function quantityOf(value: Json | undefined): Quantity | undefined {
  return typeof value === 'string' || typeof value === 'number' ? parseQuantity(String(value)) : undefined;
}

const ofContainers = requirements(containerResourceFault, 'must be a standard resource for containers');
export const resources: Rule = all(
  ofContainers,
  fields({ claims: list(fields({ request: unlessEmpty(text(dnsLabel)) })) }),
);

/** (validateOverhead) */
export const overhead: Rule = (limits) =>
  ofContainers({ limits }).map(({ path, ...fault }) => ({ ...fault, path: path.slice(1) }));

/** The resources of the whole pod. (validatePodResources) */
export const resourcesOfPod: Rule = all(
  requirements(podResourceFault, 'must be cpu, memory or huge pages'),
  fields({
    claims: () => wrong('left out', [], { value: null, says: 'claims may not be set for Resources at pod-level' }),
  }),
);

/** Containers that ask for more than their pod has. (validatePodResourceConsistency) */
export function withinPod(pod: JsonObject): readonly Fault[] {
  const whole = objectAt(pod, 'resources');
  if (whole === undefined) return none;
  const containers = listAt(pod, 'containers');
  const asked = Object.entries(objectAt(whole, 'requests') ?? {}).flatMap(([name, given]) => {
    const sum = containers.reduce<bigint>(
      (all, container) => all + (quantityOf(at(container, 'resources', 'requests', name))?.nanos ?? 0n),
      0n,
    );
    const most = quantityOf(given);
    return most !== undefined && sum > most.nanos
      ? wrong('at least what its containers request together', ['resources', 'requests', name])
      : [];
  });
  const limited = containers.flatMap((container, i) =>
    Object.entries(objectAt(container, 'resources', 'limits') ?? {}).flatMap(([name, given]) => {
      const [limit, most] = [quantityOf(given), quantityOf(at(whole, 'limits', name))];
      return limit !== undefined && most !== undefined && limit.nanos > most.nanos
        ? wrong(`at most the pod's limit, ${at(whole, 'limits', name)}`, ['containers', i, 'resources', 'limits', name])
        : [];
    }),
  );
  return [...asked, ...limited];
}

/** (validatePodResourceClaims) */
export const resourceClaims = list(
  all(
    fields({
      name: text(dnsLabel),
      resourceClaimName: text(dnsSubdomain),
      resourceClaimTemplateName: text(dnsSubdomain),
    }),
    exactlyOne(['resourceClaimName', 'resourceClaimTemplateName']),
  ),
);

/** Claims that a container takes part in. (validateResourceClaimNames) */
export function claimsOf(pod: JsonObject): Rule {
  const names = listAt(pod, 'resourceClaims').map((claim) => at(claim, 'name') ?? '');
  if (!names.every(isWord)) return () => none;
  const claim: Rule = (name) =>
    isWord(name) && !names.includes(name)
      ? wrong('the name of one of spec.resourceClaims', [], {
          says: 'must be one of the names in pod.spec.resourceClaims',
        })
      : none;
  return fields({ resources: fields({ claims: list(fields({ name: claim })) }) });
}
