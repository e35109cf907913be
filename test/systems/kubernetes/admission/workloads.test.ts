import { type Case, refused, refusedWith } from './refused';

const valid = {
  deployment: {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: {
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: { containers: [{ name: 'web', image: 'web:1', volumeMounts: [] }] },
      },
    },
  },
  statefulSet: {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'db' },
    spec: {
      serviceName: 'db',
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: { containers: [{ name: 'web', image: 'web:1', volumeMounts: [{ name: 'data', mountPath: '/data' }] }] },
      },
      volumeClaimTemplates: [
        {
          metadata: { name: 'data' },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
        },
      ],
    },
  },
  daemonSet: {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'agent' },
    spec: {
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: { containers: [{ name: 'web', image: 'web:1', volumeMounts: [] }] },
      },
    },
  },
  controller: {
    apiVersion: 'v1',
    kind: 'ReplicationController',
    metadata: { name: 'old' },
    spec: {
      selector: { app: 'web' },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: { containers: [{ name: 'web', image: 'web:1', volumeMounts: [] }] },
      },
    },
  },
  job: {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'once' },
    spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'web', image: 'web:1' }] } } },
  },
  cronJob: {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'nightly' },
    spec: {
      schedule: '0 3 * * *',
      jobTemplate: {
        spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'web', image: 'web:1' }] } } },
      },
    },
  },
  claim: {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'data' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  },
};

const cases: Readonly<Record<keyof typeof valid, readonly Case[]>> = {
  deployment: [
    ['spec', undefined, 'given: pods need at least one container'],
    ['spec.replicas', -1, '0 or more'],
    ['spec.selector', {}, 'a selector that names labels'],
    [
      'spec.selector.matchExpressions',
      [{ key: 'app', operator: 'NotIn', values: ['web'] }],
      "a selector that the template's labels match",
    ],
    [
      'spec.selector.matchExpressions',
      [{ key: 'app', operator: 'In' }],
      'spec.selector.matchExpressions.0.values: at least one value with the operator In',
    ],
    [
      'spec.selector.matchLabels',
      { 'a b': 'c' },
      'spec.selector.matchLabels.a b: under a key of at most 63 letters, digits, "-", "_" and ".", beginning and ending with a letter or digit, with a DNS prefix and "/" before it or none',
    ],
    [
      'spec.strategy',
      { type: 'Recreate', rollingUpdate: { maxSurge: 1 } },
      'spec.strategy.rollingUpdate: left out with the type Recreate',
    ],
    ['spec.strategy', { type: 'Rolling' }, 'spec.strategy.type: one of RollingUpdate, Recreate'],
    [
      'spec.strategy',
      { rollingUpdate: { maxSurge: 0, maxUnavailable: '0%' } },
      'spec.strategy.rollingUpdate.maxUnavailable: more than 0 where maxSurge is 0',
    ],
    [
      'spec.strategy',
      { rollingUpdate: { maxSurge: 'half', maxUnavailable: '101%' } },
      'spec.strategy.rollingUpdate.maxSurge: a number, or a percentage such as 25%\nspec.strategy.rollingUpdate.maxUnavailable: at most 100%',
    ],
    ['spec.minReadySeconds', 600, 'spec.progressDeadlineSeconds: more than minReadySeconds, 600'],
    ['spec.template.spec.restartPolicy', 'Never', 'Always'],
    ['spec.template.spec.activeDeadlineSeconds', 5, 'left out'],
  ],
  statefulSet: [
    ['spec.podManagementPolicy', 'Serial', 'one of OrderedReady, Parallel'],
    [
      'spec.serviceName',
      'Db',
      'a DNS label: a-z, 0-9 and "-", beginning and ending with a letter or digit, at most 63 characters',
    ],
    ['spec.ordinals', { start: -1 }, 'spec.ordinals.start: 0 or more'],
    [
      'spec.persistentVolumeClaimRetentionPolicy',
      { whenDeleted: 'Keep' },
      'spec.persistentVolumeClaimRetentionPolicy.whenDeleted: one of Retain, Delete',
    ],
    [
      'spec.updateStrategy',
      { type: 'OnDelete', rollingUpdate: {} },
      'spec.updateStrategy.rollingUpdate: left out with the type OnDelete',
    ],
    [
      'spec.updateStrategy',
      { rollingUpdate: { partition: -1 } },
      'spec.updateStrategy.rollingUpdate.partition: 0 or more',
    ],
    [
      'spec.volumeClaimTemplates',
      [],
      "spec.template.spec.containers.0.volumeMounts.0.name: the name of one of the pod's volumes (the pod has none)",
    ],
    [
      'spec.volumeClaimTemplates.0.metadata.name',
      'Data',
      'a DNS label: a-z, 0-9 and "-", beginning and ending with a letter or digit, at most 63 characters\nspec.template.spec.containers.0.volumeMounts.0.name: the name of one of the pod\'s volumes (Data)',
    ],
    [
      'spec.volumeClaimTemplates.0.spec.resources',
      {},
      'spec.volumeClaimTemplates.0.spec.resources.requests.storage: an amount of storage such as 10Gi',
    ],
  ],
  daemonSet: [
    [
      'spec.updateStrategy',
      { rollingUpdate: { maxSurge: 1 } },
      'spec.updateStrategy.rollingUpdate.maxUnavailable: 0 where maxSurge is more',
    ],
    [
      'spec.updateStrategy',
      { rollingUpdate: { maxUnavailable: 0 } },
      'spec.updateStrategy.rollingUpdate.maxUnavailable: more than 0 where maxSurge is 0',
    ],
    ['spec.updateStrategy', { type: 'Recreate' }, 'spec.updateStrategy.type: one of RollingUpdate, OnDelete'],
  ],
  controller: [
    ['spec.selector', { app: 'other' }, 'labels that the template has'],
    ['spec.template', undefined, 'the template of the pods\nspec.selector: labels that the template has'],
  ],
  job: [
    ['spec.template.spec.restartPolicy', undefined, 'Never or OnFailure'],
    ['spec.completions', -1, '0 or more'],
    ['spec.completionMode', 'Ordered', 'one of NonIndexed, Indexed'],
    ['spec.backoffLimitPerIndex', 1, 'left out, unless completionMode is Indexed'],
    [
      'spec',
      {
        completionMode: 'Indexed',
        parallelism: 2,
        template: { spec: { restartPolicy: 'Never', containers: [{ name: 'web', image: 'web:1' }] } },
      },
      'spec.completions: given with the completionMode Indexed',
    ],
    [
      'spec.podFailurePolicy',
      { rules: [{ action: 'FailJob' }] },
      'spec.podFailurePolicy.rules.0: an object with one of onExitCodes, onPodConditions',
    ],
    [
      'spec.podFailurePolicy',
      { rules: [{ action: 'FailJob', onExitCodes: { operator: 'In', values: [0], containerName: 'nope' } }] },
      'spec.podFailurePolicy.rules.0.onExitCodes.values.0: another code than 0 with the operator In\nspec.podFailurePolicy.rules.0.onExitCodes.containerName: the name of one of the containers (web)',
    ],
    [
      'spec.podFailurePolicy',
      { rules: [{ action: 'FailIndex', onExitCodes: { operator: 'NotIn', values: [2, 1] } }] },
      'spec.podFailurePolicy.rules.0.onExitCodes.values: in order, and without repetitions\nspec.podFailurePolicy.rules.0.action: FailJob, Ignore or Count without backoffLimitPerIndex',
    ],
    ['spec.managedBy', 'me', 'a path with a domain before it, at most 63 characters'],
    ['spec.selector', { matchLabels: { app: 'web' } }, 'left out, or given with manualSelector: true'],
    ['spec.template.metadata', { labels: { 'job-name': 'other' } }, 'spec.template.metadata.labels.job-name: once'],
    ['spec.manualSelector', true, 'spec.selector: given with manualSelector'],
    ['spec.podReplacementPolicy', 'Never', 'one of Failed, TerminatingOrFailed'],
  ],
  cronJob: [
    ['metadata.name', 'nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn', 'at most 52 characters long'],
    [
      'spec.schedule',
      '0 0 3 * * *',
      'five cron fields (minute hour day-of-month month day-of-week), or @daily, @hourly, …',
    ],
    ['spec.schedule', 'TZ=UTC 0 3 * * *', 'without a time zone: write that in spec.timeZone'],
    ['spec.timeZone', 'Amsterdam', 'a time zone of the IANA database such as Europe/Amsterdam'],
    ['spec.timeZone', 'europe/amsterdam', 'a time zone of the IANA database such as Europe/Amsterdam'],
    ['spec.concurrencyPolicy', 'forbid', 'one of Allow, Forbid, Replace'],
    ['spec.startingDeadlineSeconds', -1, '0 or more'],
    ['spec.jobTemplate.spec', undefined, 'given: pods need at least one container'],
    ['spec.jobTemplate.spec', null, 'given: pods need at least one container'],
    ['spec.jobTemplate.spec.selector', {}, 'left out'],
    [
      'spec.jobTemplate.spec.completionMode',
      'Indexed',
      'spec.jobTemplate.spec.completions: given with the completionMode Indexed',
    ],
  ],
  claim: [
    ['spec.accessModes', ['ReadWriteOncePod', 'ReadWriteOnce'], 'ReadWriteOncePod without other modes'],
    [
      'spec.accessModes',
      ['RWO'],
      'spec.accessModes.0: one of ReadWriteOnce, ReadOnlyMany, ReadWriteMany, ReadWriteOncePod',
    ],
    ['spec.resources.requests.storage', '0', 'more than 0'],
    ['spec.volumeMode', 'File', 'one of Block, Filesystem'],
  ],
};

describe.each(Object.keys(valid) as (keyof typeof valid)[])('of a %s', (kind) => {
  test('nothing is refused when it is right', () => {
    expect(refused(valid[kind])).toEqual([]);
  });

  test.each(cases[kind])('%s: %j is refused', (at, value, found) => {
    expect(refusedWith(valid[kind], at, value)).toBe(found);
  });
});
