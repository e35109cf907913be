import { BlockList, isIP } from 'node:net';
import type * as Cel from '@marcbachmann/cel-js' with { 'resolution-mode': 'import' };
import { push } from '../../text/group-by';
import { isCidr, isUri } from '../kubernetes/string-formats';

/**
 * Addresses as rules see them.
 *
 * Source: https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-ip-address-library, #kubernetes-cidr-library and
 * #kubernetes-url-library
 */
class Ip {
  constructor(readonly text: string) {}

  get family(): 4 | 6 {
    return isIP(this.text) === 4 ? 4 : 6;
  }
}

class Cidr {
  readonly ip: Ip;
  readonly bits: number;

  constructor(text: string) {
    const [address = '', bits] = text.split('/');
    this.ip = new Ip(canonicalIp(address));
    this.bits = Number(bits);
  }

  contains({ text, family }: Ip): boolean {
    if (family !== this.ip.family) return false;
    const block = new BlockList();
    const version = family === 4 ? 'ipv4' : 'ipv6';
    block.addSubnet(this.ip.text, this.bits, version);
    return block.check(text, version);
  }
}

class Url {
  readonly scheme: string;
  readonly host: string;
  readonly path: string;
  readonly query: string;

  constructor(text: string) {
    const [, scheme = '', host = '', path = '', query = ''] =
      /^(?:([a-z][a-z0-9+.-]*):)?(?:\/\/([^/?]*))?([^?]*)(?:\?(.*))?$/i.exec(text) ?? [];
    this.scheme = scheme.toLowerCase();
    this.host = host.replace(/^.*@/, '');
    this.path = path;
    this.query = query;
  }
}

function isAddress(text: string): boolean {
  // Neither zones nor IPv4 addresses inside IPv6 ones.
  return isIP(text) !== 0 && !text.includes('%') && !/^::ffff:.*\./i.test(text);
}

function canonicalIp(text: string): string {
  return isIP(text) === 6 ? new URL(`http://[${text}]`).hostname.slice(1, -1) : text;
}

function parsed<T>(isIt: (text: string) => boolean, make: (text: string) => T) {
  return (text: string): T => {
    if (!isIt(text)) throw new Error(`not an address: ${text}`);
    return make(text);
  };
}

class IpNamespace {}

export function registerNetwork(cel: Cel.Environment): void {
  const makeIp = parsed(isAddress, (text) => new Ip(canonicalIp(text)));
  const makeCidr = parsed(isCidr, (text) => new Cidr(text));
  cel.registerType('net.IP', { ctor: Ip, fields: {} });
  cel.registerType('net.CIDR', { ctor: Cidr, fields: {} });
  cel.registerType('kubernetes.URL', { ctor: Url, fields: {} });

  cel.registerFunction('isIP(string): bool', isAddress);
  cel.registerFunction('ip(string): net.IP', makeIp);
  cel.registerFunction('string(net.IP): string', (ip: Ip) => ip.text);
  cel.registerOperator('net.IP == net.IP', (a: Ip, b: Ip) => a.text === b.text);
  cel.registerFunction('net.IP.family(): int', (ip: Ip) => BigInt(ip.family));
  const within = (name: string, ...blocks: string[]) =>
    cel.registerFunction(`net.IP.${name}(): bool`, (ip: Ip) => isWithin(ip, blocks));
  within('isUnspecified', '0.0.0.0/32', '::/128');
  within('isLoopback', '127.0.0.0/8', '::1/128');
  within('isLinkLocalMulticast', '224.0.0.0/24', 'ff02::/16');
  within('isLinkLocalUnicast', '169.254.0.0/16', 'fe80::/10');
  const local = ['0.0.0.0/32', '::/128', '127.0.0.0/8', '::1/128', '169.254.0.0/16', 'fe80::/10', '255.255.255.255/32'];
  cel.registerFunction(
    'net.IP.isGlobalUnicast(): bool',
    (ip: Ip) => !isWithin(ip, [...local, '224.0.0.0/4', 'ff00::/8']),
  );
  cel.registerType('IpNamespace', IpNamespace);
  cel.registerConstant('ip', 'IpNamespace', new IpNamespace());
  cel.registerFunction(
    'IpNamespace.isCanonical(string): bool',
    (_self: unknown, text: string) => makeIp(text).text === text,
  );

  cel.registerFunction('isCIDR(string): bool', isCidr);
  cel.registerFunction('cidr(string): net.CIDR', makeCidr);
  const holds = (cidr: Cidr, ip: Ip) => cidr.contains(ip);
  const covers = (cidr: Cidr, other: Cidr) => other.bits >= cidr.bits && cidr.contains(other.ip);
  cel.registerFunction('net.CIDR.containsIP(net.IP): bool', holds);
  cel.registerFunction('net.CIDR.containsIP(string): bool', (cidr: Cidr, ip: string) => holds(cidr, makeIp(ip)));
  cel.registerFunction('net.CIDR.containsCIDR(net.CIDR): bool', covers);
  cel.registerFunction('net.CIDR.containsCIDR(string): bool', (cidr: Cidr, text: string) =>
    covers(cidr, makeCidr(text)),
  );
  cel.registerFunction('net.CIDR.ip(): net.IP', (cidr: Cidr) => cidr.ip);
  cel.registerFunction('net.CIDR.prefixLength(): int', (cidr: Cidr) => BigInt(cidr.bits));

  cel.registerFunction('isURL(string): bool', isUri);
  cel.registerFunction(
    'url(string): kubernetes.URL',
    parsed(isUri, (text) => new Url(text)),
  );
  const part = (name: string, type: string, get: (url: Url) => unknown) =>
    cel.registerFunction(`kubernetes.URL.${name}(): ${type}`, get);
  part('getScheme', 'string', ({ scheme }) => scheme);
  part('getHost', 'string', ({ host }) => host);
  part('getHostname', 'string', ({ host }) => /^\[(.*)\](:\d*)?$/.exec(host)?.[1] ?? host.replace(/:\d*$/, ''));
  part('getPort', 'string', ({ host }) => /:(\d+)$/.exec(host)?.[1] ?? '');
  part('getEscapedPath', 'string', ({ path }) => path);
  part('getQuery', 'map<string, list<string>>', ({ query }) => queryOf(query));
}

function isWithin(ip: Ip, blocks: readonly string[]): boolean {
  return blocks.some((block) => new Cidr(block).contains(ip));
}

function queryOf(query: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [key, value] of new URLSearchParams(query)) push(found, key, value);
  return found;
}
