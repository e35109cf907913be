import { setTimeout } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import { EspalierError } from '../../errors';

/** The header that logs in. */
export type Login = Readonly<Record<string, string>>;

/** Of what messages speak. */
export interface Called {
  /** `GitHub`. */
  readonly forge: string;
  /** `acme/fleet#7`. */
  readonly change: string;
  /** The variable that the token is from. */
  readonly variable: string;
  /** What to do for a token that may write. */
  readonly grant: string;
}

/** A status that is no success. */
export class Refused extends EspalierError {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** More than a hundred comments of the longest. */
const largest = 64 * 1024 * 1024;
/** Milliseconds that one request takes at most. */
const patience = 30_000;
const tries = 3;
/** Seconds that are waited at most before a request is made again, whatever the server asks for. */
const longestPause = 20;

/** The API of a forge: JSON over HTTP, by one token, which goes nowhere else and into no message. */
export class Api {
  constructor(
    private readonly base: string,
    private readonly login: Login,
    private readonly called: Called,
  ) {}

  get<T>(path: string): Promise<T> {
    return this.send('GET', path);
  }

  /** All of a list whose pages are asked for by number. */
  async all<T>(path: string): Promise<readonly T[]> {
    const size = 100;
    const found: T[] = [];
    for (let page = 1; ; page++) {
      const part = await this.get<readonly T[]>(`${path}?per_page=${size}&page=${page}`);
      found.push(...part);
      if (part.length < size) return found;
    }
  }

  /**
   * @param path below the address of the API, or an address at the same server
   * @throws Refused for a status that is no success, EspalierError where no answer comes
   */
  async send<T>(method: Method, path: string, body?: unknown): Promise<T> {
    const url = new URL(/^https?:/.test(path) ? path : `${this.base.replace(/\/$/, '')}${path}`);
    for (let attempt = 1; ; attempt++) {
      // Who asks for the same once more may get two: what was made by the first is not known.
      const repeatable = attempt < tries && method !== 'POST';
      let answer: { readonly status: number; readonly text: string; readonly wait: number };
      try {
        answer = await this.once(url, method, body);
      } catch (error) {
        if (!repeatable) throw new EspalierError(this.unanswered(url, error as Error));
        await setTimeout(1000 * attempt);
        continue;
      }
      const { status, text, wait } = answer;
      if (status >= 200 && status < 300) return parsed(text) as T;
      const passing = status === 429 || (method !== 'POST' && [500, 502, 503, 504].includes(status));
      if (!passing || attempt >= tries) throw new Refused(status, this.refusal(method, url, status, text));
      await setTimeout(1000 * Math.min(wait || attempt, longestPause));
    }
  }

  private async once(url: URL, method: Method, body: unknown) {
    const { request } = require('undici') as typeof import('undici');
    const response = await request(url, {
      method,
      dispatcher: dispatcher(),
      headers: {
        'user-agent': 'espalier',
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...this.login,
      },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(patience),
    });
    let size = 0;
    const parts: Buffer[] = [];
    for await (const part of response.body as AsyncIterable<Buffer>) {
      size += part.length;
      if (size > largest) throw new Error('the answer is too large');
      parts.push(part);
    }
    const wait = Number(response.headers['retry-after'] ?? 0) || 0;
    return { status: response.statusCode, text: Buffer.concat(parts).toString('utf8'), wait };
  }

  private unanswered(url: URL, { message, name }: Error): string {
    const why = name === 'TimeoutError' ? `no answer within ${patience / 1000} seconds` : message;
    return this.hidden(`${url.origin} of ${this.called.forge} cannot be asked (${why}). Run it again once it can.`);
  }

  private refusal(method: Method, url: URL, status: number, text: string): string {
    const { forge, change, variable, grant } = this.called;
    const said = sentence(text);
    const answer = `${forge} answered ${status}${said === '' ? '' : ` (${said})`} to ${method} ${url.pathname}`;
    const todo =
      status === 401
        ? `The token in ${variable} is wrong or has expired. ${grant}`
        : status === 403 || status === 404
          ? `The token in ${variable} may not do that for ${change}, or the change is gone. ${grant}`
          : status === 423
            ? `Nothing can be written to ${change} until that is undone.`
            : status < 400
              ? `${change} has moved: run it where it is now.`
              : status === 429 || status >= 500
                ? 'Run it again later.'
                : `Please report it: espalier and ${forge} do not understand each other.`;
    return this.hidden(`${answer}. ${todo}`);
  }

  /** Servers may repeat what they were sent. */
  private hidden(text: string): string {
    const secrets = Object.values(this.login).flatMap((value) => [value, value.replace(/^\S+ /, '')]);
    return secrets.reduce((result, secret) => (secret === '' ? result : result.replaceAll(secret, '***')), text);
  }
}

/** Proxies as HTTPS_PROXY and NO_PROXY say. */
function dispatcher(): Dispatcher {
  const { EnvHttpProxyAgent } = require('undici') as typeof import('undici');
  shared ??= new EnvHttpProxyAgent();
  return shared;
}

let shared: Dispatcher | undefined;

function parsed(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    throw new EspalierError('The forge answered with what is not JSON: is the address of its API right?');
  }
}

/** What a forge says of a refusal, in a few words. */
function sentence(text: string): string {
  let said: unknown;
  try {
    const { message, error } = JSON.parse(text) as { message?: unknown; error?: unknown };
    said = message ?? error;
  } catch {
    return '';
  }
  const words = typeof said === 'string' ? said : JSON.stringify(said ?? '');
  return words.replace(/\s+/g, ' ').trim().slice(0, 200).replace(/\.$/, '');
}
