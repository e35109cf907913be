import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { listAt, textAt } from '../../json/read';
import { compareVersions, parseRange, parseVersion } from '../../systems/helm/versions';
import { parseFile } from '../source/parse';
import type { ChartSource } from './chart';
import type { Credentials } from './credentials';
import { ChartFault } from './fault';
import { type Http, shown } from './http';
import { basic, type Found, largestArchive, statusFault, verify } from './oci';

type RepositorySource = ChartSource & { readonly type: 'repository' };

/** As much as Flux takes (source-controller 1.7 internal/helm/helm.go). */
const largestIndex = 50 * 1024 ** 2;

/** The text of a repository's index. */
export async function fetchIndex(url: string, http: Http, credentials: Credentials): Promise<string> {
  const { login, certificates } = credentials.repository(url);
  const answer = await http.ask(below(url, 'index.yaml'), {
    maximum: largestIndex,
    compressed: true,
    ...(login && { authorization: basic(login) }),
    ...(certificates && { certificates }),
  });
  if (answer.status === 200) return answer.body.toString('utf8');
  throw statusFault(answer, `Log in as Helm does: helm repo add NAME ${shown(new URL(url))} --username NAME`);
}

/**
 * A chart of a repository, as source-controller chooses it: the version as it is written, else the newest in the range; of two that
 * are equal the one made last (1.7 internal/helm/repository/chart_repository.go, getChartVersion, DownloadChart).
 */
export function findInRepository(
  { url, name, version: range }: RepositorySource,
  index: string,
  http: Http,
  credentials: Credentials,
): Found {
  const versions = versionsIn(index, name);
  if (versions === undefined)
    throw new ChartFault(`${shown(new URL(url))} has no chart ${name}`, 'Correct its name, or the repository.');
  const chosen = choose(versions, range);
  if (chosen === undefined) {
    throw new ChartFault(
      `${shown(new URL(url))} has no version of ${name} that matches ${JSON.stringify(range)}`,
      'Correct the version.',
    );
  }
  const version = textAt(chosen, 'version') ?? '';
  const digest = /^(?:sha256:)?([\da-f]{64})$/.exec(textAt(chosen, 'digest') ?? '')?.[1];
  const [reference] = listAt(chosen, 'urls');
  if (typeof reference !== 'string' || !URL.canParse(reference, below(url, '').href)) {
    throw new ChartFault(`the index of ${shown(new URL(url))} has no address for ${name} ${version}`);
  }
  const archive = new URL(reference, below(url, ''));
  // The query of a repository may be what lets one in (helm v4.2 pkg/repo/v1/chartrepo.go, ResolveReferenceURL).
  if (archive.origin === new URL(url).origin && archive.search === '') archive.search = new URL(url).search;
  return {
    version,
    ...(digest === undefined ? {} : { digest: `sha256:${digest}` }),
    fetch: async () => {
      const { login, everywhere, certificates } = credentials.repository(url);
      const isHome = archive.origin === new URL(url).origin;
      const answer = await http.ask(archive, {
        maximum: largestArchive,
        ...(login && (isHome || everywhere) && { authorization: basic(login) }),
        ...(certificates && isHome && { certificates }),
      });
      if (answer.status !== 200) throw statusFault(answer, 'Log in as Helm does: helm repo add');
      return digest === undefined ? answer.body : verify(answer.body, `sha256:${digest}`, shown(archive));
    },
  };
}

function below(url: string, path: string): URL {
  if (!URL.canParse(url)) throw new ChartFault(`${JSON.stringify(url)} is not an address`);
  const address = new URL(url);
  address.pathname = `${address.pathname.replace(/\/+$/, '')}/${path}`;
  return address;
}

function choose(versions: readonly Json[], range: string): Json | undefined {
  const exact = versions.find((each) => textAt(each, 'version') === range);
  if (exact !== undefined) return exact;
  const holds = parseRange(range || '*');
  if (holds === undefined)
    throw new ChartFault(`${JSON.stringify(range)} is neither a version nor a range of versions`);
  const known = versions.flatMap((each) => {
    const version = parseVersion(textAt(each, 'version') ?? '');
    return version !== undefined && holds(version)
      ? [{ each, version, made: Date.parse(textAt(each, 'created') ?? '') || 0 }]
      : [];
  });
  known.sort((a, b) => compareVersions(b.version, a.version) || b.made - a.made);
  return known[0]?.each;
}

/** The versions of a chart that an index has. */
function versionsIn(index: string, name: string): readonly Json[] | undefined {
  const part = entryOf(index, name);
  const { entries } = (part === undefined ? undefined : parse(part).value) ?? parseIndex(index);
  const found = isJsonObject(entries) && Object.hasOwn(entries, name) ? entries[name] : undefined;
  return Array.isArray(found) ? found : undefined;
}

/**
 * The part of an index that is one chart's: to read all of one takes seconds, and they are written in one way, two spaces before each
 * chart's name. Undefined for one that is not.
 */
function entryOf(index: string, name: string): string | undefined {
  const begin = index.startsWith('entries:\n') ? 0 : index.indexOf('\nentries:\n') + 1;
  if (!index.startsWith('entries:\n', begin)) return undefined;
  const start = index.indexOf(`\n  ${name}:\n`, begin);
  if (start < 0) return undefined;
  const next = /^(?: {2}[^\s-]|[^\s#])/gm;
  next.lastIndex = start + name.length + 4;
  const end = next.exec(index)?.index ?? index.length;
  return `entries:${index.slice(start, end)}`;
}

function parseIndex(index: string): JsonObject {
  const { value, wrong } = parse(index);
  if (value !== undefined) return value;
  throw new ChartFault(`the index cannot be read: ${wrong ?? 'it is no object'}`);
}

function parse(text: string): { readonly value?: JsonObject; readonly wrong?: string } {
  const { documents, faults } = parseFile('', text);
  const value = documents[0]?.value;
  if (faults.length === 0 && isJsonObject(value)) return { value };
  return { wrong: faults[0]?.message };
}
