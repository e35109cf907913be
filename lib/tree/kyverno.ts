import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { EspalierError } from '../errors';
import type { Json, JsonObject } from '../json/json';
import { at, listAt, textAt } from '../json/read';
import { fileOnPath } from './charts/helm-process';

/** What Kyverno says of one object by one rule of a policy. */
export interface KyvernoResult {
  readonly policy: string;
  readonly rule: string;
  /** `warn`: the policy audits only. */
  readonly result: 'fail' | 'warn' | 'error';
  readonly message: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** Longer than that nobody waits for policies. */
const timeout = 300_000;

/**
 * Has the command `kyverno` on the PATH evaluate policies on objects. It asks no cluster and no registry.
 *
 * @throws EspalierError where there is none, or it cannot read the policies
 */
export async function runKyverno(
  policies: readonly JsonObject[],
  objects: readonly JsonObject[],
): Promise<readonly KyvernoResult[]> {
  // For nobody else to read: Secrets are among the objects.
  const folder = await mkdtemp(join(tmpdir(), 'espalier-kyverno-'));
  try {
    const [policyFile, objectFile] = [join(folder, 'policies.yaml'), join(folder, 'objects.yaml')];
    await writeFile(policyFile, documents(policies), { mode: 0o600 });
    await writeFile(objectFile, documents(objects), { mode: 0o600 });
    const args = [
      'apply',
      policyFile,
      '--resource',
      objectFile,
      '--policy-report',
      '--audit-warn',
      '--continue-on-fail',
      '--remove-color',
    ];
    return resultsIn(await output(args, folder));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** JSON is YAML. */
function documents(all: readonly JsonObject[]): string {
  return all.map((each) => JSON.stringify(each)).join('\n---\n');
}

function output(args: readonly string[], folder: string): Promise<string> {
  const env = { ...process.env, KUBECONFIG: join(folder, 'no-cluster'), HOME: folder };
  const program = fileOnPath('kyverno');
  if (program === undefined) {
    throw new EspalierError(
      '--kyverno needs the command kyverno on the PATH: https://kyverno.io/docs/kyverno-cli/install/',
    );
  }
  return new Promise((done, fail) => {
    execFile(program, args, { timeout, maxBuffer: 256 * 1024 * 1024, env }, (error, stdout, stderr) => {
      if (error !== null && reportIn(stdout) === undefined) {
        const said = (stderr.trim() || stdout.trim() || error.message).split('\n').at(-1);
        fail(new EspalierError(`kyverno apply fails: ${said}`));
      } else done(stdout);
    });
  });
}

/** The report, which stands below what Kyverno says of its progress. */
function reportIn(stdout: string): string | undefined {
  return /^apiVersion: (?:wgpolicyk8s\.io|openreports\.io)\/[\s\S]*/m.exec(stdout)?.[0];
}

/**
 * What of its reports is told. (kyverno 1.14 and 1.18 cmd/cli/kubectl-kyverno/report: ClusterPolicyReport of wgpolicyk8s.io, later
 * ClusterReport of openreports.io, one for policies of the cluster and one for each namespace)
 */
function resultsIn(stdout: string): readonly KyvernoResult[] {
  const reports = (reportIn(stdout) ?? '').split(/^---$/m).map((text) => parse(text) as Json);
  return reports.flatMap((report) => listAt(report, 'results').flatMap(resultsOf));
}

function resultsOf(entry: Json): readonly KyvernoResult[] {
  const result = textAt(entry, 'result');
  if (result !== 'fail' && result !== 'warn' && result !== 'error') return [];
  return listAt(entry, 'resources').map((resource) => ({
    result,
    policy: (textAt(entry, 'policy') ?? '').replace(/^.*\//, ''),
    rule: textAt(entry, 'rule') ?? '',
    message: String(at(entry, 'message') ?? ''),
    kind: textAt(resource, 'kind') ?? '',
    namespace: textAt(resource, 'namespace') ?? '',
    name: textAt(resource, 'name') ?? '',
  }));
}
