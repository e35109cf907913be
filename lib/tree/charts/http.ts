import { promises as dns, lookup as resolveName } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import type { Dispatcher } from 'undici';
import { codeOf } from '../read';
import { isAllowed, isPublicAddress } from './address';
import { ChartFault } from './fault';

/** A certificate authority and a certificate of one's own, as PEM. */
export interface Certificates {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

export interface Request {
  readonly accept?: string;
  /** The header that logs in. It goes to the URL's own origin, and not on where that sends elsewhere. */
  readonly authorization?: string;
  /** @default POST with a form, else GET */
  readonly method?: 'HEAD' | 'POST' | 'PUT';
  /** What is sent. */
  readonly form?: URLSearchParams;
  readonly content?: { readonly type: string; readonly bytes: Uint8Array };
  /** The most bytes that are read. */
  readonly maximum: number;
  /** Whether the answer may come compressed: of texts. */
  readonly compressed?: boolean;
  readonly certificates?: Certificates;
}

export interface Answer {
  readonly status: number;
  /** By names in small letters. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
  /** Where it is from, after all redirects. */
  readonly url: URL;
}

/** What asks servers for charts. */
export interface Http {
  /** @throws ChartFault for an address that may not be asked, and where nothing sound comes of it; every status is an answer */
  ask(address: string | URL, request: Request): Promise<Answer>;
}

export interface HttpLimits {
  /** Until a connection stands, and until the next part of an answer comes; milliseconds. */
  readonly stall: number;
  /** For an answer with all its redirects. */
  readonly total: number;
  readonly redirects: number;
}

const httpLimits: HttpLimits = { stall: 30_000, total: 300_000, redirects: 5 };

/**
 * Asks over https alone, and never what is not on the public internet, be it by name, by redirect or by a name that leads there: what
 * counts is the address that is connected to. Hosts that the configuration allows may be anywhere, and speak plain HTTP.
 *
 * @param hosts `host` or `host:port`, as the configuration allows them
 */
export function makeHttp(hosts: readonly string[], limits: HttpLimits = httpLimits): Http {
  const dispatchers = new Map<string, Dispatcher>();
  const dispatcherFor = (url: URL, certificates: Certificates | undefined) => {
    const find = isAllowed(url, hosts) ? undefined : publicOnly;
    const proxied = usesProxy() && !isLoopback(url.hostname);
    const key = JSON.stringify([find === undefined, proxied, certificates]);
    const known = dispatchers.get(key) ?? makeDispatcher({ find, proxied, certificates }, limits);
    dispatchers.set(key, known);
    return known;
  };

  const once = async (start: URL, request: Request, signal: AbortSignal): Promise<Answer> => {
    const { request: send } = require('undici') as typeof import('undici');
    const method = request.method ?? (request.form === undefined ? 'GET' : 'POST');
    const type = request.form === undefined ? request.content?.type : 'application/x-www-form-urlencoded';
    let url = start;
    // Who was sent elsewhere, and back, does not log in either.
    let isHome = true;
    for (let redirects = 0; ; redirects++) {
      await refuse(url, hosts);
      isHome &&= url.origin === start.origin;
      const response = await send(url, {
        dispatcher: dispatcherFor(url, isHome ? request.certificates : undefined),
        method,
        headers: {
          'user-agent': 'espalier',
          'accept-encoding': request.compressed ? 'gzip' : 'identity',
          ...(request.accept === undefined ? {} : { accept: request.accept }),
          ...(type === undefined ? {} : { 'content-type': type }),
          ...(isHome && request.authorization !== undefined ? { authorization: request.authorization } : {}),
        },
        body: request.form?.toString() ?? request.content?.bytes ?? null,
        signal,
      });
      const { statusCode: status, headers } = response;
      const location = headers.location;
      if (![301, 302, 303, 307, 308].includes(status) || typeof location !== 'string') {
        return { status, headers, url, body: await readBody(response, url, request) };
      }
      await response.body.dump();
      if (request.form !== undefined) throw new ChartFault(`${shown(url)} sends a login elsewhere`);
      if (method === 'POST' || method === 'PUT') throw new ChartFault(`${shown(url)} sends an upload elsewhere`);
      if (redirects === limits.redirects)
        throw new ChartFault(`${shown(start)} leads to more than ${redirects} redirects`);
      if (!URL.canParse(location, url.href)) throw new ChartFault(`${shown(url)} leads to what is no address`);
      url = new URL(location, url);
    }
  };

  return {
    ask: async (address, request) => {
      if (!URL.canParse(String(address))) throw new ChartFault(`${JSON.stringify(String(address))} is not an address`);
      const url = new URL(address);
      const signal = AbortSignal.timeout(limits.total);
      for (let attempt = 0; ; attempt++) {
        try {
          const answer = await once(url, request, signal);
          if (attempt > 0 || ![429, 500, 502, 503, 504].includes(answer.status)) return answer;
        } catch (error) {
          const fault = faultOf(url, error, limits);
          if (attempt > 0 || error instanceof ChartFault || !isPassing(error)) throw fault;
        }
        await setTimeout(pause);
      }
    },
  };
}

/** Before a request that failed is tried once more. */
const pause = 500;

/** An address as it is told: without what may be secret in it. */
export function shown(url: URL): string {
  return url.origin + url.pathname;
}

async function refuse(url: URL, hosts: readonly string[]): Promise<void> {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new ChartFault(`${url.protocol}//${url.host} is neither https nor oci`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new ChartFault(
      `the address of ${url.host} has a name or password in it`,
      'Take it out, and log in with helm.',
    );
  }
  if (isAllowed(url, hosts)) return;
  if (url.protocol !== 'https:') {
    throw new ChartFault(`${url.origin} speaks plain HTTP, which anybody on the way can change`, allow(url));
  }
  const host = bare(url.hostname);
  if (isIP(host) !== 0 && !isPublicAddress(host)) throw notPublic(url.hostname, host);
  // A proxy finds the address itself: where this machine can, too, it is looked at beforehand.
  if (isIP(host) === 0 && usesProxy()) await addressesOf(host);
}

function notPublic(host: string, address: string): ChartFault {
  const what = bare(host) === address ? `${host} is` : `${host} leads to ${address},`;
  return new ChartFault(`${what} an address that is not on the public internet`, allow({ host }));
}

function allow({ host }: { readonly host: string }): string {
  return `If you trust it, allow it in the configuration: charts: { hosts: [${JSON.stringify(host)}] }.`;
}

/** Finds the addresses of a name, and refuses one that leads off the public internet. */
const publicOnly: LookupFunction = (host, options, done) => {
  resolveName(host, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return done(error, []);
    const wrong = addresses.find(({ address }) => !isPublicAddress(address));
    if (wrong !== undefined) return done(notPublic(host, wrong.address), []);
    const [first] = addresses;
    if (options.all) done(null, addresses);
    else done(null, first?.address ?? '', first?.family);
  });
};

/**
 * The address that another program must connect to for a URL, so that it goes where this has looked; undefined where it may go anywhere,
 * or where a proxy is asked.
 */
export async function addressToUse(url: URL, hosts: readonly string[]): Promise<string | undefined> {
  await refuse(url, hosts);
  if (isAllowed(url, hosts) || isIP(bare(url.hostname)) !== 0) return undefined;
  const found = await addressesOf(url.hostname);
  if (found.length > 0 || usesProxy()) return found[0];
  throw unreachable(url, reasons.ENOTFOUND as string);
}

/** @throws ChartFault where one of them is not on the public internet */
async function addressesOf(host: string): Promise<string[]> {
  const found = await dns.lookup(host, { all: true }).catch(() => []);
  const wrong = found.find(({ address }) => !isPublicAddress(address));
  if (wrong !== undefined) throw notPublic(host, wrong.address);
  return found.map(({ address }) => address);
}

/** An address of IPv6 without its brackets. */
function bare(host: string): string {
  return host.replace(/^\[|\]$/g, '');
}

function usesProxy(): boolean {
  const names = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'];
  return names.some((name) => (process.env[name] ?? '') !== '');
}

/** No proxy is asked for this machine, as Go has it (golang.org/x/net/http/httpproxy). */
function isLoopback(hostname: string): boolean {
  return /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
}

interface Way {
  /** What finds addresses; undefined for the system's own. */
  readonly find: LookupFunction | undefined;
  readonly proxied: boolean;
  readonly certificates: Certificates | undefined;
}

function makeDispatcher({ find, proxied, certificates }: Way, { stall }: HttpLimits): Dispatcher {
  const { Agent, EnvHttpProxyAgent } = require('undici') as typeof import('undici');
  const options = {
    connect: { ...(find && { lookup: find }), ...certificates, timeout: stall },
    headersTimeout: stall,
    bodyTimeout: stall,
    // As many as a browser opens to one server.
    connections: 6,
  };
  return proxied
    ? new EnvHttpProxyAgent({ ...options, ...(certificates && { requestTls: certificates }) })
    : new Agent(options);
}

async function readBody(response: Dispatcher.ResponseData, url: URL, request: Request): Promise<Buffer> {
  const tooLarge = () => new ChartFault(`${shown(url)} is larger than ${request.maximum / 1024 ** 2} MiB`);
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of response.body as AsyncIterable<Buffer>) {
    size += part.length;
    // Leaving the loop ends the connection.
    if (size > request.maximum) throw tooLarge();
    parts.push(part);
  }
  const body = Buffer.concat(parts);
  if (!request.compressed || response.headers['content-encoding'] !== 'gzip') return body;
  try {
    return gunzipSync(body, { maxOutputLength: request.maximum });
  } catch (error) {
    throw codeOf(error) === 'ERR_BUFFER_TOO_LARGE' ? tooLarge() : new ChartFault(`${shown(url)} is damaged on its way`);
  }
}

/** What may be otherwise a moment later. */
function isPassing(error: unknown): boolean {
  return ['ECONNRESET', 'ECONNREFUSED', 'EAI_AGAIN', 'EPIPE', 'UND_ERR_SOCKET'].includes(codeOf(error) ?? '');
}

const reasons: Readonly<Record<string, string>> = {
  ENOTFOUND: 'there is no host of this name',
  EAI_AGAIN: 'the name of the host cannot be looked up; is there a network?',
  ECONNREFUSED: 'nothing answers there',
  ENETUNREACH: 'there is no network',
  EHOSTUNREACH: 'the host cannot be reached',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS',
};

/** Whoever has signed the server's certificate is not known here. */
const unknownSigner =
  /^(?:DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_(?:VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT(?:_LOCALLY)?))$/;

function faultOf(url: URL, error: unknown, { stall, total }: HttpLimits): ChartFault {
  if (error instanceof ChartFault) return error;
  const { name, message, cause } = error as Error;
  if (cause instanceof ChartFault) return cause;
  if (/^UND_ERR_(?:CONNECT|HEADERS|BODY)_TIMEOUT$/.test(codeOf(error) ?? ''))
    return new ChartFault(`${shown(url)} does not answer within ${stall / 1000} seconds`, howToReach);
  if (name === 'TimeoutError') return new ChartFault(`${shown(url)} takes longer than ${total / 1000} seconds`);
  const code = codeOf(error) ?? '';
  const reason = reasons[code];
  if (reason !== undefined) return unreachable(url, reason);
  const fix = unknownSigner.test(code) ? 'Name who signed its certificate: NODE_EXTRA_CA_CERTS=FILE.' : undefined;
  return new ChartFault(`${shown(url)} cannot be fetched: ${message}`, fix);
}

const howToReach = 'Correct the address, or run where the network leads there.';

/** What is the same for all charts of a host, and so is told once. */
function unreachable({ origin }: URL, reason: string): ChartFault {
  return new ChartFault(`${origin} cannot be reached: ${reason}`, howToReach);
}
