import { isIPv4, isIPv6 } from 'node:net';

/** Group of everything that is no address: clients that hide theirs share one rate limit. */
export const NO_ADDRESS = 'unknown';

const GROUP_COUNT = 8;
const PREFIX_GROUPS = 4;
const MAPPED_PREFIX = '0:0:0:0:0:ffff';
const HEX = 16;
const BYTE = 256;

/** Some proxies add the port: `192.0.2.1:80`, `[2001:db8::1]:80`. */
const WITH_PORT = /^(?:\[([^\]]+)\]|([\d.]+))(?::\d{1,5})?$/;
/** Zone of a link-local address (RFC 4007), e.g. `%eth0`. */
const ZONE = /%.*$/;

/** Returns the canonical text of an IPv6 address (RFC 5952), by way of the URL parser. */
function canonicalIpv6(address: string): string {
  return new URL(`http://[${address}]/`).hostname.slice(1, -1);
}

/** Returns the eight groups of an IPv6 address: hexadecimal, lower case, no leading zeros. */
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
 * Returns the rate limit group of a client address. An IPv4 address is its own group, also when
 * IPv4-mapped (RFC 4291, 2.5.5.2). An IPv6 address belongs to its /64, the least that one household
 * gets (RFC 6177): single addresses cost an attacker nothing. Anything else is `NO_ADDRESS`.
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
 * Returns the rate limit group of the client that sent a request: of the first entry of
 * `X-Forwarded-For`, set by the gateway. Sidecars append theirs.
 */
export function clientAddress(headers: Readonly<Record<string, string | undefined>>): string {
  const [first = ''] = (headers['x-forwarded-for'] ?? '').split(',');
  return addressGroup(first);
}
