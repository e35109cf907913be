import type { FieldSpec } from './specs';

/** The fields in which `$(NAME)` is replaced (api/internal/konfig/builtinpluginconsts/varreference.go of kustomize 5.8). */
export const varFields: readonly FieldSpec[] = [
  ...inPods('Pod', 'spec', 'spec/volumes'),
  ...['DaemonSet', 'Deployment', 'Job', 'ReplicaSet'].flatMap((kind) =>
    inPods(kind, 'spec/template/spec', 'spec/template/spec/volumes'),
  ),
  ...inPods('StatefulSet', 'spec/template/spec', 'spec/volumeClaimTemplates/spec'),
  ...inPods('CronJob', 'spec/jobTemplate/spec/template/spec', 'spec/jobTemplate/spec/template/volumes'),
  { kind: 'Deployment', path: 'spec/template/metadata/annotations' },
  ...['rules/host', 'tls/hosts', 'tls/secretName'].map((path) => ({ kind: 'Ingress', path: `spec/${path}` })),
  ...['port', 'targetPort'].map((path) => ({ kind: 'Service', path: `spec/ports/${path}` })),
  { kind: 'PersistentVolume', path: 'spec/nfs/server' },
  { path: 'metadata/labels' },
  { path: 'metadata/annotations' },
];

function inPods(kind: string, pod: string, volumes: string): FieldSpec[] {
  const fields = ['containers', 'initContainers'].flatMap((containers) =>
    ['args', 'command', 'env/value', 'volumeMounts/mountPath'].map((field) => `${pod}/${containers}/${field}`),
  );
  return [...fields, `${volumes}/nfs/server`].map((path) => ({ kind, path }));
}
