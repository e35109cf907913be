/** The way to the pod of each of Kubernetes' own kinds, by `group/kind`: to what holds its `metadata` and `spec`. */
export const podTemplatePaths: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    '/Pod': [],
    '/ReplicationController': ['spec', 'template'],
    'apps/Deployment': ['spec', 'template'],
    'apps/ReplicaSet': ['spec', 'template'],
    'apps/StatefulSet': ['spec', 'template'],
    'apps/DaemonSet': ['spec', 'template'],
    'batch/Job': ['spec', 'template'],
    'batch/CronJob': ['spec', 'jobTemplate', 'spec', 'template'],
  }),
);
