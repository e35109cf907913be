import { isJsonObject, type Json } from '../../../json/json';
import { isGiven } from '../../given';
import { dataKey, dnsLabel, dnsSubdomain, labelKey, namePrefix, printableName } from '../names';
import { parseQuantity } from '../quantity';
import { localPath, withoutBacksteps } from './paths';
import {
  all,
  exactlyOne,
  fields,
  isWord,
  list,
  needs,
  none,
  object,
  type Rule,
  text,
  unlessEmpty,
  words,
  wrong,
} from './rules';

const ofPods = ['metadata.name', 'metadata.namespace', 'metadata.uid'];
const ofEnvironments = [
  ...ofPods,
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];
const ofVolumes = [...ofPods, 'metadata.labels', 'metadata.annotations'];

/** A field of the pod. (pkg/apis/core/validation: validateObjectFieldSelector) */
function fieldRef(paths: readonly string[]): Rule {
  const allowed = `one of ${paths.join(', ')}, metadata.labels['KEY'], metadata.annotations['KEY']`;
  return all(
    fields({
      apiVersion: unlessEmpty(words('v1')),
      fieldPath: (value) => {
        // The old name of spec.nodeName is still read.
        if (!isWord(value) || paths.includes(value) || (value === 'spec.host' && paths === ofEnvironments)) return none;
        const [, of, key = ''] = /^metadata\.(labels|annotations)\['(.*)'\]$/s.exec(value) ?? [];
        if (of === undefined) return wrong(allowed);
        return labelKey.accepts(of === 'labels' ? key : key.toLowerCase())
          ? none
          : wrong(`metadata.${of}['KEY'] with a key of ${labelKey.allowed}`);
      },
    }),
    needs({ fieldPath: allowed }),
  );
}

const resources = ['cpu', 'memory', 'ephemeral-storage'];
const ofContainers = ['limits', 'requests'].flatMap((of) => resources.map((name) => `${of}.${name}`));
const divisors = ['', ...'kMGTPE', ...[...'KMGTPE'].map((letter) => `${letter}i`)].map((unit) => `1${unit}`);

/** A request or limit of a container. (validateContainerResourceFieldSelector, validateContainerResourceDivisor) */
const resourceFieldRef = all(
  fields({
    resource: (value) =>
      !isWord(value) || ofContainers.includes(value) || /^(?:requests|limits)\.hugepages-/.test(value)
        ? none
        : wrong(`one of ${ofContainers.join(', ')}`),
  }),
  object(({ resource, divisor }) => {
    if (!isWord(resource)) return none;
    const units = resource.endsWith('.cpu') ? ['1m', '1'] : divisors;
    return isOneOf(divisor, ['0', ...units]) ? none : wrong(`one of ${units.join(', ')}`, ['divisor']);
  }),
);

function isOneOf(divisor: Json | undefined, units: readonly string[]): boolean {
  const given = typeof divisor === 'object' ? undefined : parseQuantity(String(divisor));
  return given === undefined || units.some((unit) => parseQuantity(unit)?.nanos === given.nanos);
}

/** A file of the downward API. (validateDownwardAPIVolumeFile) */
export const downwardFile = all(
  fields({
    path: localPath,
    fieldRef: fieldRef(ofVolumes),
    resourceFieldRef: all(resourceFieldRef, needs({ containerName: 'the name of a container' })),
  }),
  exactlyOne(['fieldRef', 'resourceFieldRef'], 'one of fieldRef and resourceFieldRef is required'),
);

/** (validateSecretKeySelector, validateConfigMapKeySelector) */
const keyRef = (kind: string) =>
  all(fields({ name: unlessEmpty(text(dnsSubdomain)), key: text(dataKey) }), needs({ name: `the name of a ${kind}` }));

const sources = {
  fieldRef: fieldRef(ofEnvironments),
  resourceFieldRef,
  configMapKeyRef: keyRef('ConfigMap'),
  secretKeyRef: keyRef('Secret'),
  fileKeyRef: fields({
    key: text(printableName),
    volumeName: text(dnsLabel),
    path: all(withoutBacksteps, (path) => (path === '' ? wrong('the path of a file') : none)),
  }),
};

/** A variable. (ValidateEnv, validateEnvVarValueFrom) */
export const variable = all(
  fields({ name: text(printableName), valueFrom: all(fields(sources), exactlyOne(Object.keys(sources))) }),
  object(({ value, valueFrom }) =>
    isGiven(value) && isJsonObject(valueFrom)
      ? wrong('left out, since value is given', ['valueFrom'], {
          value: null,
          says: 'may not be specified when `value` is not empty',
        })
      : none,
  ),
);

/** (ValidateEnvFrom) */
const nameOf = (kind: string) =>
  all(fields({ name: unlessEmpty(text(namePrefix)) }), needs({ name: `the name of a ${kind}` }));

export const environmentFrom = list(
  all(
    fields({
      prefix: unlessEmpty(text(printableName)),
      configMapRef: nameOf('ConfigMap'),
      secretRef: nameOf('Secret'),
    }),
    exactlyOne(['configMapRef', 'secretRef'], 'must specify one of: `configMapRef` or `secretRef`'),
  ),
);
