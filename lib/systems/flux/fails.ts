import type { JsonObject } from '../../json/json';
import { listAt, textAt } from '../../json/read';
import { groupKind, groupVersion } from '../api-version';
import { cronFault } from '../cron';
import { type Fault, fault } from '../fault';
import { Fields, form, lacks, needs, type Rule, when } from '../fields';
import { givenText } from '../given';
import { parseTemplate, TemplateError, TemplateTooLong } from '../go-template';
import { goUrl } from '../go-url';
import { isBefore } from '../release';

/** What Masterminds' semver takes for a range. (v3.4, constraints.go: validConstraintRegex, constraintRangeRegex) */
const number = String.raw`v?[0-9xX*]+(?:\.[0-9xX*]+){0,2}(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?`;
const operator = '(?:=|!=|>|<|>=|=>|<=|=<|~|~>|\\^)?';
const hyphens = new RegExp(String.raw`${number}\s+-\s+${number}`, 'g');
const one = String.raw`${operator}\s*${number}`;
const ranges = new RegExp(String.raw`^\s*${one}(?:(?:\s*,\s*|\s+)${one})*\s*$`);

function isSemverRange(text: string): boolean {
  return text.split('||').every((part) => ranges.test(part.replace(hyphens, '>=1, <=1')));
}

const range = (name: string) => form(name, 'a range of versions such as ">=1.0.0 <2.0.0"', isSemverRange);

/**
 * Whether source-controller takes an address for a repository of a registry. (source-controller 1.9 ocirepository_controller.go,
 * parseRepositoryURL; go-containerregistry 0.21 pkg/name: NewRepository)
 */
export function isOciRepository(url: string): boolean {
  const name = url.replace(/^oci:\/\//, '');
  const [host = '', ...path] = name.split('/');
  const repository = /[.:]/.test(host) && path.length > 0 ? path.join('/') : name;
  return /^[a-z0-9_./-]{2,255}$/.test(repository);
}

const ociAddress =
  'oci://HOST/REPOSITORY without a tag, the repository of 2 to 255 small letters, digits, "-", "_", "." and "/"';

/** (source-controller 1.9 internal/controller/gitrepository_controller.go) */
const gitRepository: readonly Rule[] = [
  form('url', 'an address that Go can parse', (text) => goUrl(text) !== undefined),
  when((spec) => spec.at('provider') === 'github', needs('secretRef')),
  range('ref.semver'),
  function* (spec) {
    const tagged = ['ref.tag', 'ref.semver', 'ref.name'].some((name) => spec.has(name));
    if (!tagged && /^Tag/.test(givenText(spec.at('verify.mode')) ?? ''))
      yield {
        path: spec.path('verify.mode'),
        allowed: 'HEAD, unless ref names a tag',
        says: "cannot verify tag object's signature if a tag reference is not specified",
      };
  },
];

/** (internal/controller/helmrepository_controller.go, helmchart_controller.go) */
function* helmRepository(spec: Fields): Generator<Fault> {
  const oci = spec.at('type') === 'oci';
  const url = givenText(spec.at('url'));
  if (url === undefined || url.startsWith('oci://') === oci) return;
  yield oci
    ? { path: spec.path('url'), allowed: 'oci://… for the type oci', says: 'invalid OCI registry URL' }
    : {
        path: spec.path('type'),
        allowed: 'oci for an address with oci://',
        says: "'oci' URL scheme cannot be used with 'default' HelmRepository type",
      };
}

/** (image-reflector-controller 1.2 internal/registry/helper.go: ParseImageReference) */
const imageRepository: readonly Rule[] = [
  form('image', 'an image without a scheme such as https://', (image) => !image.includes('://')),
  form('image', 'an image without a tag', (image) => image.includes('://') || !/:[^/]*$/.test(image)),
];

/** Providers whose address is the hook that is called, or may lie in the Secret. (notification-controller 1.9 internal/notifier) */
const hooks = `alertmanager discord generic generic-hmac googlechat grafana incidentio lark matrix msteams opsgenie pagerduty rocket slack webex zoom`;
/** Those that need a token, which only a Secret has. */
const tokens = `bitbucket bitbucketserver datadog generic-hmac gitea giteapullrequestcomment github githubdispatch githubpullrequestcomment gitlab
  gitlabmergerequestcomment incidentio opsgenie telegram zoom`;
const channels: Readonly<Record<string, string>> = {
  googlepubsub: 'the name of a topic',
  nats: 'the name of a subject',
  telegram: 'the name of a channel, or the id of a chat',
  zulip: 'a channel and a topic: <channel>/<topic>',
};
const [withHook, withToken] = [hooks, tokens].map((list) => new Set(list.split(/\s+/)));

function* provider(spec: Fields): Generator<Fault> {
  const type = givenText(spec.at('type')) ?? '';
  const address = spec.at('address');
  if (!spec.has('secretRef')) {
    if (withToken?.has(type))
      yield fault(spec.path('secretRef'), `given for the type ${type}: its Secret has the token`);
    else if (withHook?.has(type) && !spec.has('address'))
      yield fault(spec.path('address'), `given for the type ${type}, here or in the Secret of secretRef`);
  }
  if (withHook?.has(type) && givenText(address) !== undefined && goUrl(String(address))?.scheme === '')
    yield fault(spec.path('address'), 'an address with its scheme, such as https://…');
  const channel = channels[type];
  if (channel === undefined || !Object.hasOwn(channels, type)) return;
  if (!spec.has('channel')) yield fault(spec.path('channel'), channel);
  else if (type === 'zulip') yield* form('channel', channel, /^[^/]+\/.+$/)(spec);
}

/** (image-automation-controller 1.2 internal/source/source.go) */
const imageUpdateAutomation: readonly Rule[] = [
  when(lacks('git'), needs('git')),
  form(
    'git.commit.messageTemplate',
    'a template without .Updated and .Changed.ImageResult, which are gone: use .Changed.FileChanges, .Changed.Objects or .Changed.Changes',
    (text) => !/\{\{[^}]*\.(?:Updated\b|Changed\.ImageResult\b)/.test(text),
  ),
  form(
    'git.commit.messageTemplate',
    'a template that Go reads: "}}" for each "{{", and {{ end }} for each block',
    isTemplate,
  ),
];

function isTemplate(text: string): boolean {
  try {
    parseTemplate(text);
    return true;
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return error instanceof TemplateTooLong;
  }
}

/** (Flux Operator 0.3x internal/schedule) */
function* schedules(spec: Fields): Generator<Fault> {
  for (const i of listAt(spec.at('schedule')).keys()) {
    const cron = givenText(spec.at(`schedule.${i}.cron`));
    if (cron !== undefined && !cron.includes('TZ=') && cronFault(cron, 'five') !== undefined)
      yield fault(spec.path(`schedule.${i}.cron`), 'five cron fields: minute hour day-of-month month day-of-week');
  }
}

/** (flux-operator 0.58 internal/builder: MatchVersion in semver.go, ValidateAndPatchComponents in components.go, ValidateSync in sync.go) */
const fluxInstance: readonly Rule[] = [
  range('distribution.version'),
  function* (spec) {
    const version = givenText(spec.at('distribution.version'));
    const components = listAt(spec.at('components'));
    if (components.includes('source-watcher') && isBefore(version, [2, 7]))
      yield {
        path: spec.path('distribution.version'),
        allowed: '2.7 or newer with the component source-watcher',
        says: 'source-watcher is only supported in Flux versions >= 2.7.0',
      };
    const aws = spec.at('sync.kind') === 'GitRepository' && spec.at('sync.provider') === 'aws';
    if (aws && isBefore(version, [2, 9]))
      yield {
        path: spec.path('sync.provider'),
        allowed: 'another for a GitRepository before Flux 2.9',
        says: "sync.provider 'aws' for GitRepository requires Flux version >= 2.9.0",
      };
  },
];

const failing: Readonly<Record<string, readonly Rule[]>> = {
  'fluxcd.controlplane.io/FluxInstance': fluxInstance,
  'source.toolkit.fluxcd.io/GitRepository': gitRepository,
  'source.toolkit.fluxcd.io/HelmRepository': [helmRepository],
  'source.toolkit.fluxcd.io/OCIRepository': [form('url', ociAddress, isOciRepository), range('ref.semver')],
  'image.toolkit.fluxcd.io/ImageRepository': imageRepository,
  'image.toolkit.fluxcd.io/ImagePolicy': [range('policy.semver.range')],
  'image.toolkit.fluxcd.io/ImageUpdateAutomation': imageUpdateAutomation,
  'notification.toolkit.fluxcd.io/Provider': [provider],
  'fluxcd.controlplane.io/ResourceSetInputProvider': [schedules],
};

export const judged = Object.keys(failing).map((key) => {
  const [group = '', kind = ''] = key.split('/');
  return { group, kind };
});

/** What the controllers of Flux 2.9 fail with for as long as the spec stays so: the API server takes it. */
export function* faultsOf(object: JsonObject): Generator<Fault> {
  const { group } = groupVersion(textAt(object, 'apiVersion') ?? '');
  const spec = new Fields(object, ['spec']);
  for (const rule of failing[groupKind({ group, kind: String(object.kind) })] ?? []) yield* rule(spec);
}
