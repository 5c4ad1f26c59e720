import { isIPv4, isIPv6 } from 'node:net';

/** Group of everything that is not an address: whoever hides theirs shares one limit. */
export const NO_ADDRESS = 'unknown';

const GROUP_COUNT = 8;
const PREFIX_GROUPS = 4;
const MAPPED_PREFIX = '0:0:0:0:0:ffff';
const HEX = 16;
const BYTE = 256;

/** Some proxies write the port too: `192.0.2.1:80`, `[2001:db8::1]:80`. */
const WITH_PORT = /^(?:\[([^\]]+)\]|([\d.]+))(?::\d{1,5})?$/;
/** Zone of a link-local address (RFC 4007), e.g. `%eth0`. */
const ZONE = /%.*$/;

/** Canonical text of an IPv6 address as RFC 5952 asks for, by way of the URL standard. */
function canonicalIpv6(address: string): string {
  return new URL(`http://[${address}]/`).hostname.slice(1, -1);
}

/** The eight groups of an IPv6 address: hexadecimal, lower case, without leading zeros. */
function groupsOf(address: string): string[] {
  const [head = '', tail] = canonicalIpv6(address).split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array<string>(GROUP_COUNT - left.length - right.length).fill('0');
  return [...left, ...zeros, ...right];
}

function ipv4Of(high: string, low: string): string {
  const bytes = [high, low].flatMap((group) => {
    const value = parseInt(group, HEX);
    return [Math.floor(value / BYTE), value % BYTE];
  });
  return bytes.join('.');
}

/**
 * The limit that this client address counts towards. An IPv4 address stands for itself, in its
 * IPv4-mapped form too (RFC 4291, 2.5.5.2). An IPv6 address counts with its /64: that is the
 * least that one household gets (RFC 6177), so single addresses cost an attacker nothing.
 * Anything else is `NO_ADDRESS`.
 */
export function addressGroup(ip: string): string {
  const text = ip.trim();
  const [, bracketed, dotted] = WITH_PORT.exec(text) ?? [];
  const address = (bracketed ?? dotted ?? text).replace(ZONE, '');
  if (isIPv4(address)) return address;
  if (!isIPv6(address)) return NO_ADDRESS;
  const groups = groupsOf(address);
  if (groups.slice(0, -2).join(':') === MAPPED_PREFIX) return ipv4Of(groups[6]!, groups[7]!);
  return `${canonicalIpv6(`${groups.slice(0, PREFIX_GROUPS).join(':')}::`)}/64`;
}

/**
 * The group of the client that a request came from. The first entry is the one that the gateway
 * set; sidecars add theirs behind it.
 */
export function clientAddress(headers: Readonly<Record<string, string | undefined>>): string {
  const [first = ''] = (headers['x-forwarded-for'] ?? '').split(',');
  return addressGroup(first);
}
