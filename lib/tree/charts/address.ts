import { BlockList, isIP } from 'node:net';
import { lazy } from '../../text/memoize';

/** Lists of addresses, made when the first is asked for: that takes as long as to open ten charts that are kept. */
const lists = lazy(() => ({
  special: listOf('ipv4', special),
  global: listOf('ipv6', global),
  unroutable: listOf('ipv6', unroutable),
  translated: listOf('ipv6', translated),
}));

type Networks = readonly (readonly [network: string, prefix: number])[];

function listOf(family: 'ipv4' | 'ipv6', networks: Networks): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of networks) list.addSubnet(network, prefix, family);
  return list;
}

/**
 * Addresses of IPv4 that are not on the public internet (IANA IPv4 Special-Purpose Address Registry): this host, private networks,
 * carriers' own, loopback, link-local, protocols and documentation, benchmarks, multicast and what is reserved.
 */
const special: Networks = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
];

/** Of IPv6 only global unicast addresses are public (RFC 4291), without what stands for IPv4 or for nothing in them. */
const global: Networks = [['2000::', 3]];
const unroutable: Networks = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];
/** NAT64 (RFC 6052): the last 32 bits are an address of IPv4. */
const translated: Networks = [['64:ff9b::', 96]];

/** Whether an IP address is on the public internet: no loopback, link-local or private network, whatever form it has. */
export function isPublicAddress(address: string): boolean {
  const { special, global, unroutable, translated } = lists();
  if (isIP(address) === 4) return !special.check(address, 'ipv4');
  if (isIP(address) !== 6) return false;
  if (translated.check(address, 'ipv6')) return isPublicAddress(lastFour(address));
  return global.check(address, 'ipv6') && !unroutable.check(address, 'ipv6');
}

function lastFour(address: string): string {
  // The URL parser writes the last 32 bits as two groups of hexadecimal digits, or leaves zeros out.
  const groups = new URL(`http://[${address}]`).hostname.slice(1, -1).split(':');
  const [high, low] = groups.slice(-2).map((group) => Number.parseInt(group || '0', 16)) as [number, number];
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/** Whether the configuration allows the host of a URL: its name alone for all ports, or with the port. */
export function isAllowed({ hostname, port, protocol }: URL, hosts: readonly string[]): boolean {
  const shown = port || (protocol === 'http:' ? '80' : '443');
  const names = [hostname, `${hostname}:${shown}`];
  return hosts.some((host) => names.includes(host.toLowerCase()));
}
