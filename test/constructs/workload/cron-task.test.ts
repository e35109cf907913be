import { CronTask, type CronTaskProps } from '../../../lib';
import { at, building, image, resources, write } from './parts';

const least = { image, schedule: '0 6 * * 1-5', resources };

test('a CronTask is a CronJob and a ServiceAccount', () => {
  const { text, findings } = write(({ directory }) => {
    new CronTask(directory, 'report', {
      ...least,
      args: ['report'],
      timeZone: 'Europe/Amsterdam',
      activeDeadlineSeconds: 3600,
    });
  });
  expect(findings).toEqual([]);
  expect(text('report.yaml')).toBe(`---
apiVersion: v1
kind: ServiceAccount
metadata:
  labels:
    app.kubernetes.io/name: report
  name: report
  namespace: shop
automountServiceAccountToken: false
---
apiVersion: batch/v1
kind: CronJob
metadata:
  labels:
    app.kubernetes.io/name: report
  name: report
  namespace: shop
spec:
  concurrencyPolicy: Forbid
  jobTemplate:
    spec:
      activeDeadlineSeconds: 3600
      template:
        metadata:
          labels:
            app.kubernetes.io/name: report
            cdk8s.io/metadata.addr: report
        spec:
          automountServiceAccountToken: false
          containers:
            - args:
                - report
              image: ghcr.io/acme/shop:1.4.2
              name: report
              resources:
                limits:
                  memory: 128Mi
                requests:
                  cpu: 50m
                  memory: 128Mi
              securityContext:
                allowPrivilegeEscalation: false
                capabilities:
                  drop:
                    - ALL
                readOnlyRootFilesystem: true
              volumeMounts:
                - mountPath: /tmp
                  name: tmp
          enableServiceLinks: false
          restartPolicy: Never
          securityContext:
            runAsNonRoot: true
            seccompProfile:
              type: RuntimeDefault
          serviceAccountName: report
          volumes:
            - emptyDir: {}
              name: tmp
  schedule: 0 6 * * 1-5
  startingDeadlineSeconds: 300
  timeZone: Europe/Amsterdam
`);
});

/** The CronJob's spec, without its pods. */
function spec(props: Partial<CronTaskProps>, cluster = {}) {
  const { find } = write(({ directory }) => new CronTask(directory, 'report', { ...least, ...props }), cluster);
  // biome-ignore lint/suspicious/noExplicitAny: tests read what they expect
  const { jobTemplate, ...others } = find('CronJob', 'report').spec as any;
  const { template: _, ...job } = jobTemplate.spec;
  return { ...others, job };
}

test('its deadlines and its history are those of Kubernetes', () => {
  expect(
    spec({
      concurrencyPolicy: 'Replace',
      startingDeadlineSeconds: 60,
      suspend: true,
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 0,
      activeDeadlineSeconds: 600,
      backoffLimit: 0,
      ttlSecondsAfterFinished: 86400,
    }),
  ).toEqual({
    schedule: '0 6 * * 1-5',
    concurrencyPolicy: 'Replace',
    startingDeadlineSeconds: 60,
    suspend: true,
    successfulJobsHistoryLimit: 1,
    failedJobsHistoryLimit: 0,
    job: { activeDeadlineSeconds: 600, backoffLimit: 0, ttlSecondsAfterFinished: 86400 },
  });
});

test('null takes its defaults away, and other fields are given by spec', () => {
  const schedule = '0 6 * * 1-5';
  expect(spec({ concurrencyPolicy: null, startingDeadlineSeconds: null })).toEqual({ schedule, job: {} });
  expect(spec({}, { defaults: false })).toEqual({ schedule, job: {} });
  const completions = { jobTemplate: { spec: { completions: 2, parallelism: 2 } } };
  expect(spec({ concurrencyPolicy: null, spec: { startingDeadlineSeconds: null, ...completions } })).toEqual({
    schedule,
    job: { completions: 2, parallelism: 2 },
  });
});

test('pods may be tried again in place', () => {
  const { find, findings } = write(({ directory }) => {
    new CronTask(directory, 'report', { ...least, pod: { restartPolicy: 'OnFailure' } });
  });
  expect(find('CronJob', 'report')).toMatchObject({
    spec: { jobTemplate: { spec: { template: { spec: { restartPolicy: 'OnFailure' } } } } },
  });
  expect(findings).toEqual([]);
});

test.each<[string, Partial<CronTaskProps>, string]>([
  ['a schedule with seconds', { schedule: '0 0 6 * * *' }, 'schedule is "0 0 6 * * *". Allowed: five cron fields'],
  ['an hour that there is not', { schedule: '0 24 * * *' }, 'schedule is "0 24 * * *". Allowed: five cron fields'],
  ['a zone', { timeZone: 'Europe/Amstelveen' }, 'spec.timeZone is "Europe/Amstelveen". It must be a time zone'],
  ['a policy', { concurrencyPolicy: 'Never' as never }, 'spec.concurrencyPolicy is "Never". It must be'],
  ['a name that is too long', { name: 'a'.repeat(53) }, `metadata.name is "${'a'.repeat(53)}". It must be at most 52`],
  ['pods that run on', { pod: { restartPolicy: 'Always' } }, 'spec.jobTemplate.spec.template.spec.restartPolicy'],
])('%s is refused', (_, props, message) => {
  expect(building((on) => new CronTask(on, 'task', { ...least, ...props }))).toThrow(`${at}/task: ${message}`);
});
