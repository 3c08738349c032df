/** The address of a queue, and that its password is in nothing that is said. */
import { expect, it } from 'vitest';
import { parseAddress, withoutPassword } from '../../../src/queue/address.ts';

it('takes user, password, port and database', () => {
  const { name, options } = parseAddress('redis://me:s%2Fecret@redis.lan:7000/3');
  expect(name).toBe('redis://redis.lan:7000/3');
  expect(options).toEqual({ host: 'redis.lan', port: 7000, db: 3, family: 0, username: 'me', password: 's/ecret' });
});

it('takes the usual port and database, TLS by name, and addresses of IPv6', () => {
  expect(parseAddress('rediss://redis.lan').options).toMatchObject({
    port: 6379,
    db: 0,
    tls: { servername: 'redis.lan' },
  });
  expect(parseAddress('redis://[::1]:7000')).toMatchObject({ name: 'redis://[::1]:7000/0', options: { host: '::1' } });
});

it('takes a password from elsewhere where the address has none', () => {
  expect(parseAddress('redis://me@host', 'secret').options).toMatchObject({ username: 'me', password: 'secret' });
  expect(parseAddress('redis://:own@host', 'secret').options).toMatchObject({ password: 'own' });
});

it.each([
  'host:6379',
  'http://me:secret@host',
  'redis://',
  'redis://me:secret@host/one',
  'redis://me:secret@host/0?secret',
  'redis://me:%E0%A4%A@secret',
])('refuses %s without quoting it', (text) => {
  expect(() => parseAddress(text)).toThrow(/^--queue: is no address/);
  expect(() => parseAddress(text)).not.toThrow(/secret/);
});

it('is written down without user and password, wherever it stands in a command', () => {
  const words = [
    '--queue',
    'redis://me:secret@redis.lan:7000/3',
    '--queue=rediss://:sec@ret@[::1]/0',
    'a@b.csv',
    'redis://host/0',
  ];
  expect(words.map(withoutPassword)).toEqual([
    '--queue',
    'redis://redis.lan:7000/3',
    '--queue=rediss://[::1]/0',
    'a@b.csv',
    'redis://host/0',
  ]);
});
