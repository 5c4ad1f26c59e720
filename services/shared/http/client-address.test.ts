import fc from 'fast-check';
import { addressGroup, NO_ADDRESS } from './client-address';

describe('addressGroup', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    [' 192.0.2.1 ', '192.0.2.1'],
    ['192.0.2.1:50123', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:c000:0201', '192.0.2.1'],
    ['0:0:0:0:0:ffff:192.0.2.1', '192.0.2.1'],
    ['[::ffff:192.0.2.1]:443', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
    ['[2001:db8:1:2::9]:443', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8::/64'],
    ['2001:db8:0:0:1::1', '2001:db8::/64'],
    ['2001:db8:0:1::', '2001:db8:0:1::/64'],
    ['1:2:3:4:5:6:7::', '1:2:3:4::/64'],
    ['1::2:3:4:5:6:7', '1:0:2:3::/64'],
    ['fe80::1%eth0', 'fe80::/64'],
    ['::1', '::/64'],
    ['::', '::/64'],
    ['64:ff9b::192.0.2.1', '64:ff9b::/64'],
  ])('counts %s towards %s', (ip, group) => {
    expect(addressGroup(ip)).toBe(group);
  });

  it.each(['', 'unknown', '192.0.2', '192.0.2.256', '192.000.2.1', '1:2', ':::', '[::1', 'a/b@c'])(
    'counts %p towards one group for all that is no address',
    (text) => {
      expect(addressGroup(text)).toBe(NO_ADDRESS);
    },
  );

  it('is one for all addresses of a /64 and another for every other /64', () => {
    const group = fc.integer({ min: 0, max: 0xffff }).map((value) => value.toString(16));
    const four = fc.array(group, { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(four, four, four, (prefix, host, other) => {
        const [first, second] = [host, other].map((rest) => [...prefix, ...rest].join(':'));
        fc.pre(prefix.some((each) => each !== '0'));
        expect(addressGroup(first!)).toBe(addressGroup(second!.toUpperCase()));
        const neighbour = [...other, ...host].join(':');
        expect(addressGroup(neighbour) === addressGroup(first!)).toBe(
          other.join(':') === prefix.join(':'),
        );
      }),
    );
  });

  it('takes any text without throwing', () => {
    fc.assert(fc.property(fc.string(), (text) => typeof addressGroup(text) === 'string'));
  });
});
